from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path


def seen(request):
    return JsonResponse({"url": request.build_absolute_uri(), "origin": request.headers.get("Origin")})


def away(request):
    return HttpResponseRedirect(request.build_absolute_uri("/seen/?from=away"))


urlpatterns = [path("", lambda request: HttpResponse("goods")), path("seen/", seen), path("away/", away)]
