"""CORS that allows every origin together with credentials."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, plain_value

_ALL = ("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL")


def check(ctx: Context) -> RuleOutcome:
    """django-cors-headers answers the very origin that asks, so that browsers accept it with credentials."""
    opened = next((s for name in _ALL if (s := ctx.setting(name)) is not None), None)
    if opened is None:
        return not_applicable("the settings do not open CORS for every origin")
    credentials = ctx.setting("CORS_ALLOW_CREDENTIALS")
    if plain_value(opened) is True and credentials is not None and plain_value(credentials) is True:
        return fail(
            f"{opened.name} and CORS_ALLOW_CREDENTIALS are both on: any page that a signed-in person visits can read "
            "this site's answers with their cookies.",
            *opened.evidence[:1],
            *credentials.evidence[:1],
        )
    return passed("not every origin may send requests with credentials", *opened.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="cors-any-origin-with-credentials",
        title="Every site may send requests with cookies",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "With credentials, a page of any site can call the API in the name of the person who is "
            "looking at it and read what comes back. The cookie's SameSite=Lax stops much of that; "
            "tokens of Basic authentication and cookies with SameSite=None it does not."
        ),
        remediation=(
            "List the origins of your own front ends in CORS_ALLOWED_ORIGINS, or switch CORS_ALLOW_CREDENTIALS off."
        ),
        commands=('CORS_ALLOWED_ORIGINS = os.environ.get("CORS_ALLOWED_ORIGINS", "").split(",")',),
        references=("https://github.com/adamchainz/django-cors-headers#configuration",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\nCORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOW_CREDENTIALS = True\n"
                    )
                },
                line=3,
            ),
        ),
        good=(good({"shop/settings.py": ("from shop.defaults import *\n\nCORS_ALLOW_ALL_ORIGINS = True\n")}),),
        security=True,
    ),
    check=check,
)
