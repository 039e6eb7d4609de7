"""WhiteNoise answers for static files; what stands before it runs for each of them."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
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
    before = [name for name in answer.value[: answer.value.index(_WHITENOISE)] if name in _LATER]
    setting = ctx.setting("MIDDLEWARE")
    places = setting.place(_WHITENOISE) if setting is not None else answer.evidence
    if before:
        names = ", ".join(name.rpartition(".")[2] for name in before)
        run = "runs" if len(before) == 1 else "run"
        return fail(f"In front of WhiteNoiseMiddleware, {names} {run} for each style sheet and script.", *places)
    return passed("WhiteNoise comes before the middleware of sessions, users and caches", *places)


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
