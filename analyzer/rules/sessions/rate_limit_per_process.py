"""Throttling that counts in a local-memory cache."""

from collections.abc import Mapping

from analyzer.model.evidence import Certainty, Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, plain_value
from analyzer.rules.services import CACHE_LINE, cache_variables, keep_cache, planned_value

_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
_PACKAGES = ("django-ratelimit",)


def check(ctx: Context) -> RuleOutcome:
    """The throttles of Django REST framework, and a package that counts in a cache."""
    caches = ctx.facts.django.caches
    counting = _throttles(ctx) or _package(ctx)
    if counting is None or not isinstance(caches, Fact):
        return not_applicable("nothing limits the rate of requests")
    name, place = counting
    alias = str(plain_value(ctx.setting("RATELIMIT_USE_CACHE")) or "default") if name in _PACKAGES else "default"
    cache = caches.value.get(alias)
    backend = (cache.configured_backend or cache.backend) if cache is not None else _MEMORY
    if backend != _MEMORY:
        return passed("rate limits count in a cache that all processes share", place)
    variables = cache_variables(ctx, cache) if cache is not None else ()
    if any(planned_value(ctx, name) for name in variables):
        return passed("a variable of the app leads to another cache", place)
    remedy, commands = keep_cache(ctx, alias)
    unless = f" unless {' or '.join(variables)} says otherwise" if variables else ""
    return fail(
        f"{name} counts in CACHES[{alias!r}], the memory of each process{unless}: with two workers a client gets "
        "about twice the limit, and each restart begins at zero.",
        *_places(ctx, alias, place),
        remediation=remedy,
        commands=commands,
        certainty=Certainty.LIKELY if variables else Certainty.CERTAIN,
    )


def _places(ctx: Context, alias: str, counting: Evidence) -> tuple[Evidence, ...]:
    """The cache comes first where the settings have one: it is what changes."""
    setting = ctx.setting("CACHES")
    return (*(setting.place(alias, "BACKEND")[:1] if setting is not None else ()), counting)


def _throttles(ctx: Context) -> tuple[str, Evidence] | None:
    setting = ctx.setting("REST_FRAMEWORK")
    value = setting.configured if setting is not None else None
    if setting is None or not isinstance(value, Mapping) or not value.get("DEFAULT_THROTTLE_CLASSES"):
        return None
    return "The throttling of REST_FRAMEWORK", setting.place("DEFAULT_THROTTLE_CLASSES")[0]


def _package(ctx: Context) -> tuple[str, Evidence] | None:
    found = next((d for name in _PACKAGES if (d := ctx.facts.dependencies.get(name)) is not None), None)
    return (found.name, found.evidence) if found is not None and found.group is None and found.direct else None


rule = Rule(
    info=RuleInfo(
        id="rate-limit-per-process",
        title="Rate limits count in each process for itself",
        severity=Severity.ADVICE,
        category=Category.SESSIONS,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "A limit protects sign-in forms and costly calls. In local memory each worker process of "
            "each container has its own count, so that the limit grows with them and a deployment "
            "resets it."
        ),
        remediation="Keep the default cache in Valkey, whose address the app spec gives to the app.",
        commands=(CACHE_LINE,),
        references=(
            "https://www.django-rest-framework.org/api-guide/throttling/#setting-up-the-cache",
            "https://docs.djangoproject.com/en/stable/topics/cache/#local-memory-caching",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'CACHES = {"default": {"BACKEND": '
                        '"django.core.cache.backends.locmem.LocMemCache"}}\n'
                        "REST_FRAMEWORK = {\n"
                        '    "DEFAULT_THROTTLE_CLASSES": '
                        '["rest_framework.throttling.AnonRateThrottle"],\n'
                        '    "DEFAULT_THROTTLE_RATES": {"anon": "30/minute"},\n'
                        "}\n"
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "REST_FRAMEWORK = {\n"
                        '    "DEFAULT_THROTTLE_CLASSES": '
                        '["rest_framework.throttling.AnonRateThrottle"],\n'
                        '    "DEFAULT_THROTTLE_RATES": {"anon": "30/minute"},\n'
                        "}\n"
                    )
                }
            ),
        ),
        security=True,
    ),
    check=check,
)
