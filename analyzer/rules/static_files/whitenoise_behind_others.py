"""WhiteNoise answers for static files; what stands before it runs for each of them."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.plan import Component
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"
_LATER = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
)


def check(ctx: Context) -> RuleOutcome:
    """Only middleware of Django that has no business with static files; SecurityMiddleware belongs before it."""
    answer = ctx.facts.django.middleware
    if not isinstance(answer, Fact) or _WHITENOISE not in answer.value:
        return not_applicable("WhiteNoise is not among the middleware")
    site = next((one for one in ctx.plan.components if one.static is not None and _serves(ctx, one)), None)
    if site is not None:
        return passed(f"the site {site.name} answers for static files", *site.because.evidence[:1])
    before = [name for name in answer.value[: answer.value.index(_WHITENOISE)] if name in _LATER]
    setting = ctx.setting("MIDDLEWARE")
    places = setting.place(_WHITENOISE) if setting is not None else answer.evidence
    if before:
        names = ", ".join(name.rpartition(".")[2] for name in before)
        run = "runs" if len(before) == 1 else "run"
        return fail(f"In front of WhiteNoiseMiddleware, {names} {run} for each style sheet and script.", *places)
    return passed("WhiteNoise comes before the middleware of sessions, users and caches", *places)


def _serves(ctx: Context, site: Component) -> bool:
    """Whether the address of static files is one of the site's routes."""
    url = ctx.facts.django.static.url
    path = f"/{url.value.strip('/')}/" if isinstance(url, Fact) and url.value else "/static/"
    return any(path.startswith(f"{route.path.rstrip('/')}/") for route in site.routes if route.path != "/")


rule = Rule(
    info=RuleInfo(
        id="whitenoise-behind-others",
        title="WhiteNoise stands behind other middleware",
        severity=Severity.ADVICE,
        category=Category.STATIC_FILES,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "WhiteNoise answers a request for a static file without calling what stands behind it. "
            "Middleware before it runs for each of these files: sessions are loaded from the database, "
            "and the answers vary by cookie so that no cache may keep them."
        ),
        remediation="Put WhiteNoiseMiddleware right behind SecurityMiddleware.",
        commands=(
            "MIDDLEWARE = [",
            '    "django.middleware.security.SecurityMiddleware",',
            '    "whitenoise.middleware.WhiteNoiseMiddleware",',
            "    ...",
            "]",
        ),
        references=("https://whitenoise.readthedocs.io/en/stable/django.html",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")\n'
                        'MIDDLEWARE.append("whitenoise.middleware.WhiteNoiseMiddleware")\n'
                    ),
                },
                line=4,
            ),
        ),
        good=(good({}),),
    ),
    check=check,
)
