"""SESSION_COOKIE_DOMAIN or CSRF_COOKIE_DOMAIN with a fixed domain."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed

_NAMES = ("SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", "LANGUAGE_COOKIE_DOMAIN")


def check(ctx: Context) -> RuleOutcome:
    """A domain that a variable gives can be changed with the deployment."""
    settings = [s for name in _NAMES if (s := ctx.setting(name)) is not None]
    domains = {d.domain for d in (ctx.plan.domains.value if ctx.plan.domains is not None else ())}
    found = fail_all(
        Problem(
            message=f"{one.name} is {one.configured!r}: at the app's own address browsers refuse the cookie, so that "
            "nobody can sign in there.",
            evidence=one.evidence[:1],
        )
        for one in settings
        if isinstance(one.configured, str)
        and one.configured
        and not one.env
        and one.configured.lstrip(".") not in domains
    )
    return found or passed("cookies belong to the host that sets them")


rule = Rule(
    info=RuleInfo(
        id="cookie-domain-fixed",
        title="Cookies are bound to another domain",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "A browser drops a cookie for a domain that the page is not on. The app starts at an "
            "address of ondigitalocean.app, where sessions and forms do not work until the custom "
            "domain leads to it."
        ),
        remediation="Leave the setting out, or read it from a variable.",
        commands=('SESSION_COOKIE_DOMAIN = os.environ.get("SESSION_COOKIE_DOMAIN")',),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-domain",),
        bad=(
            bad(
                {"shop/settings.py": ('from shop.defaults import *\n\nSESSION_COOKIE_DOMAIN = ".shop.example"\n')},
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "import os\n"
                        "\n"
                        "from shop.defaults import *\n"
                        "\n"
                        'SESSION_COOKIE_DOMAIN = os.environ.get("COOKIE_DOMAIN")\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
