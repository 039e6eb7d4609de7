"""A cache in the memory of a process is another one in each worker process and in each container."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.facts import CacheFact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import CACHE_LINE, cache_variables, keep_cache, planned_value

_BACKEND = "django.core.cache.backends.locmem.LocMemCache"


def check(ctx: Context) -> RuleOutcome:
    """What Django takes without CACHES is no decision of the project, so it is left out."""
    caches = ctx.facts.django.caches
    setting = ctx.setting("CACHES")
    if setting is None or not isinstance(caches, Fact):
        return not_applicable("the settings have no CACHES that could be told")
    found = fail_all(
        Problem(
            message=f"CACHES[{alias!r}] is kept in the memory of each process{_unless(ctx, cache)}: what one writes, "
            "no other sees.",
            evidence=setting.place(alias, "BACKEND"),
            certainty=Certainty.LIKELY if _unless(ctx, cache) else Certainty.CERTAIN,
            remediation=keep_cache(ctx, alias)[0],
            commands=keep_cache(ctx, alias)[1],
        )
        for alias, cache in sorted(caches.value.items())
        if (cache.configured_backend or cache.backend) == _BACKEND
        if not any(planned_value(ctx, name) for name in cache_variables(ctx, cache))
    )
    return found or passed("no cache is kept in the memory of one process", *caches.evidence)


def _unless(ctx: Context, cache: CacheFact) -> str:
    variables = cache_variables(ctx, cache)
    return f" unless {' or '.join(variables)} says otherwise" if variables else ""


rule = Rule(
    info=RuleInfo(
        id="local-memory-cache",
        title="Cache lives in the memory of one process",
        severity=Severity.ADVICE,
        category=Category.SESSIONS,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "Each worker process of the web server, and each container, has a cache of its own. Rate limits, locks and "
            "counters that rely on it count per process, invalidation reaches one process, and a deploy empties it."
        ),
        remediation="Keep the cache in Valkey, whose address the app spec gives to the app.",
        commands=(CACHE_LINE,),
        references=("https://docs.djangoproject.com/en/stable/topics/cache/#local-memory-caching",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\n"
                        'CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}\n'
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "import os\n\nfrom shop.defaults import *\n\n"
                        'CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", '
                        '"LOCATION": os.environ["REDIS_URL"]}}\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
