"""Session and CSRF cookies without the Secure attribute."""

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import Unknown
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, plain_value

_COOKIES = {
    "SESSION_COOKIE_SECURE": "django.contrib.sessions.middleware.SessionMiddleware",
    "CSRF_COOKIE_SECURE": "django.middleware.csrf.CsrfViewMiddleware",
}
"""Settings and the middleware that sets the cookie."""


def check(ctx: Context) -> RuleOutcome:
    """What only a run can tell is taken for set."""
    middleware = ctx.facts.django.middleware
    used = middleware.value if isinstance(middleware, Fact) else ()
    in_session = ctx.setting("CSRF_USE_SESSIONS")
    no_cookie = (
        {"CSRF_COOKIE_SECURE"} if in_session is not None and True in (in_session.bare, in_session.configured) else ()
    )
    names = [name for name, one in _COOKIES.items() if one in used and name not in no_cookie]
    if not names:
        return not_applicable("no middleware sets a cookie")
    unset = [name for name in names if (s := ctx.setting(name)) is None or plain_value(s) is False]
    if not unset:
        return passed("cookies have the Secure attribute")
    places = [s.evidence[0] for name in unset if (s := ctx.setting(name)) is not None]
    variables = sorted({name for one in unset if (s := ctx.setting(one)) is not None for name in s.env})
    unless = f" unless {' or '.join(variables)} says otherwise" if variables else ""
    hsts = ctx.setting("SECURE_HSTS_SECONDS")
    forgets = hsts is not None and not isinstance(hsts.configured, Unknown) and hsts.configured
    browser = "a browser that does not know the app's HSTS header" if forgets else "the browser"
    cookie = "the cookie" if names != ["CSRF_COOKIE_SECURE"] else "the cookie, which a page with a form sets,"
    return fail(
        f"{' and '.join(unset)} {'is' if len(unset) == 1 else 'are'} not on{unless}: {browser} also sends {cookie} "
        "with a request by plain HTTP, before the platform's edge redirects that to HTTPS.",
        *(places or _of_middleware(ctx, unset)),
        commands=tuple(f"{name} = True" for name in unset),
    )


def _of_middleware(ctx: Context, unset: list[str]) -> tuple[Evidence, ...]:
    """The line of the middleware that sets the first of these cookies."""
    setting = ctx.setting("MIDDLEWARE")
    return setting.place(_COOKIES[unset[0]])[:1] if setting is not None else ctx.facts.django.middleware.evidence[:1]


rule = Rule(
    info=RuleInfo(
        id="cookies-without-secure",
        title="Cookies are sent over plain HTTP as well",
        severity=Severity.ADVICE,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "The app is only reached by HTTPS, and the edge redirects plain HTTP. A first request by "
            "HTTP still carries a cookie without the Secure attribute, which the network in between "
            "can read."
        ),
        remediation="Switch them on in the settings of production.",
        commands=(
            "SESSION_COOKIE_SECURE = True",
            "CSRF_COOKIE_SECURE = True",
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-secure",
            "https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#https",
        ),
        bad=(bad({"shop/settings.py": ("from shop.defaults import *\n\nSESSION_COOKIE_SECURE = False\n")}, line=3),),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\nSESSION_COOKIE_SECURE = True\nCSRF_COOKIE_SECURE = True\n"
                    )
                }
            ),
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\nCSRF_USE_SESSIONS = True\nCSRF_COOKIE_SECURE = False\n"
                    )
                }
            ),
        ),
        security=True,
    ),
    check=check,
)
