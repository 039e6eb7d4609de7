"""Without a health endpoint the platform only knows that the port is open."""

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.plan import Role
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """A path that the app spec or the configuration names counts as one."""
    web = next((one for one in ctx.plan.components if one.role is Role.WEB), None)
    if web is None or web.health_check is None:
        return not_applicable("no component takes requests")
    if web.health_check.value.path is not None or ctx.facts.urls.health:
        return passed("there is a path that says whether the app is up", *web.health_check.evidence[:1])
    urls = ctx.facts.django.root_urlconf
    return fail(
        "No URL and no middleware looks like a health check: the app spec checks whether the port is open, and a "
        "deployment that answers each request with an error goes live.",
        *urls.evidence[:1],
        certainty=Certainty.CERTAIN if ctx.facts.urls.complete else Certainty.LIKELY,
    )


rule = Rule(
    info=RuleInfo(
        id="health-endpoint-missing",
        title="No path says whether the app is up",
        severity=Severity.ADVICE,
        category=Category.HEALTH,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "gunicorn opens the port before Django is loaded, unless it is preloaded. A new version "
            "that cannot load its settings or reach its database passes a check of the port, and the "
            "platform replaces the old one with it."
        ),
        remediation=(
            "Add a middleware at the front of MIDDLEWARE that answers /healthz with 200, before "
            "Django looks at the host."
        ),
        references=("https://docs.digitalocean.com/products/app-platform/how-to/manage-health-checks/",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nMIDDLEWARE = MIDDLEWARE[1:]\nROOT_URLCONF = "shop.urls"\n'
                    )
                },
                line=4,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'MIDDLEWARE = ["shop.health.HealthMiddleware", *MIDDLEWARE[1:]]\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
