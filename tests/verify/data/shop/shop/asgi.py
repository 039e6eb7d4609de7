from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

http = get_asgi_application()

from goods.consumers import Counter, Shelf  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(
            URLRouter([re_path(r"^ws/shelf/(?P<shelf>\d+)/$", Shelf.as_asgi()), path("ws/counter/", Counter.as_asgi())])
        ),
    }
)
