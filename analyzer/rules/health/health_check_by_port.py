"""A path that says whether the app is up, and that the platform's check would not get a 200 from."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """The planner follows the request through the middleware."""
    if not ctx.facts.urls.health:
        return not_applicable("the project has no health endpoint")
    places = [endpoint.evidence for endpoint in ctx.facts.urls.health[:1]]
    return ctx.noted("health-check-by-port") or passed("the health check asks the project's endpoint", *places)


rule = Rule(
    info=RuleInfo(
        id="health-check-by-port",
        title="The health endpoint cannot be the health check",
        severity=Severity.ADVICE,
        category=Category.HEALTH,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "The check comes by plain HTTP from inside the platform, with the container's own "
            "address as its host: ALLOWED_HOSTS answers it with 400, SECURE_SSL_REDIRECT with 301, a "
            "login with 302. The app spec checks the port in its place, which an app answers that "
            "fails each request."
        ),
        remediation=("Answer the path in a middleware that stands first in MIDDLEWARE, before the host is looked at."),
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-health-checks/",
            "https://docs.djangoproject.com/en/stable/ref/settings/#secure-redirect-exempt",
        ),
        bad=(
            bad(
                {
                    "shop/urls.py": (
                        "from django.http import HttpResponse\n"
                        "from django.urls import path\n"
                        "\n"
                        'urlpatterns = [path("healthz", lambda request: HttpResponse("ok"))]\n'
                    ),
                    "shop/settings.py": ("from shop.defaults import *\n\nMIDDLEWARE = MIDDLEWARE[1:]\n"),
                },
                line=4,
            ),
        ),
        good=(
            good(
                {
                    "shop/urls.py": (
                        "from django.http import HttpResponse\n"
                        "from django.urls import path\n"
                        "\n"
                        'urlpatterns = [path("healthz", lambda request: HttpResponse("ok"))]\n'
                    )
                }
            ),
        ),
        notes=("health-check-by-port",),
    ),
    check=check,
)
