"""Forms of the app's own pages that Django refuses, because their origin is not trusted."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import (
    Context,
    Rule,
    bad,
    django_at_least,
    fail,
    good,
    not_applicable,
    passed,
    server_tells_scheme,
)

_MIDDLEWARE = "django.middleware.csrf.CsrfViewMiddleware"
_OURS = (".ondigitalocean.app", "https://*.ondigitalocean.app")


def check(ctx: Context) -> RuleOutcome:
    """Django 4.0 and later compare the Origin header with scheme and host, then with the list."""
    middleware = ctx.facts.django.middleware
    if not isinstance(middleware, Fact) or _MIDDLEWARE not in middleware.value:
        return not_applicable("no middleware checks the origin of forms")
    if not django_at_least(ctx.facts, (4, 0)):
        return not_applicable("Django before 4.0 does not look at the Origin header")
    origins, setting = ctx.facts.django.csrf_trusted_origins, ctx.setting("CSRF_TRUSTED_ORIGINS")
    if not isinstance(origins, Fact):
        return not_applicable("CSRF_TRUSTED_ORIGINS could not be told")
    reaches = {text.variable for text in ctx.facts.django.setting_texts if text.setting == "CSRF_TRUSTED_ORIGINS"}
    by_variable = set(setting.env if setting is not None else ()) | reaches
    if by_variable & ctx.given_variables or any(one.endswith(_OURS) for one in origins.value):
        return passed("CSRF_TRUSTED_ORIGINS has the app's address", *origins.evidence[:1])
    header = ctx.setting("SECURE_PROXY_SSL_HEADER")
    if header is None and not server_tells_scheme(ctx.plan):
        return fail(
            "CSRF_TRUSTED_ORIGINS does not have the app's address, and Django takes requests for plain HTTP behind "
            "this web server: it answers each form with 403.",
            *origins.evidence[:1],
            certainty=Certainty.LIKELY,
        )
    if origins.value and not by_variable and ctx.facts.dependencies.has("django-cors-headers"):
        listed = ", ".join(origins.value[:3])
        return fail(
            f"CSRF_TRUSTED_ORIGINS is fixed to {listed}: a form from a page of another origin, such as a front "
            "end at a new address of its own, gets 403 until the code changes.",
            *origins.evidence[:1],
            severity=Severity.ADVICE,
        )
    return passed("forms come from the very host that they go to, which Django trusts", *origins.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="csrf-origins-missing",
        title="CSRF_TRUSTED_ORIGINS lacks the app's address",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "Since Django 4.0 the Origin header of a POST must be the request's own scheme and host, "
            "or stand in CSRF_TRUSTED_ORIGINS. The app gets a new domain; what Django takes for "
            "plain HTTP, and pages of another host, need the entry with its scheme."
        ),
        remediation="Read CSRF_TRUSTED_ORIGINS from a variable, which the app spec sets to the app's address.",
        commands=(
            ('CSRF_TRUSTED_ORIGINS = os.environ.get("CSRF_TRUSTED_ORIGINS", "http://localhost:8000").split(",")'),
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#csrf-trusted-origins",
            "https://docs.djangoproject.com/en/stable/releases/4.0/#csrf",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nCSRF_TRUSTED_ORIGINS = ["https://shop.example"]\n'
                    ),
                    "requirements.txt": (
                        "dj-database-url==3.1.0\ndjango==5.2.8\ndjango-cors-headers==4.9.0\ngunicorn==23.0.0\n"
                        "psycopg[binary]==3.2.13\nredis==7.1.0\nwhitenoise==6.11.0\n"
                    ),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {"shop/settings.py": 'from shop.defaults import *\n\nCSRF_TRUSTED_ORIGINS = ["https://shop.example"]\n'}
            ),
            good(
                {
                    "shop/settings.py": (
                        "import os\n"
                        "\n"
                        "from shop.defaults import *\n"
                        "\n"
                        'CSRF_TRUSTED_ORIGINS = os.environ.get("CSRF_TRUSTED_ORIGINS", '
                        '"http://localhost").split(",")\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
