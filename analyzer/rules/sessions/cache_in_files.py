"""A cache on a disk that each container has for itself."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import CACHE_LINE, keep_cache

_BACKEND = "FileBasedCache"


def check(ctx: Context) -> RuleOutcome:
    """Every alias of CACHES."""
    caches = ctx.facts.django.caches
    setting = ctx.setting("CACHES")
    if setting is None or not isinstance(caches, Fact):
        return not_applicable("the settings have no CACHES that could be told")
    found = fail_all(
        Problem(
            message=f"CACHES[{alias!r}] is a folder of the container: each container has its own, each deployment "
            "empties it, and it takes from the 4 GiB of the disk.",
            evidence=setting.place(alias, "BACKEND")[:1],
            remediation=keep_cache(ctx, alias)[0],
            commands=keep_cache(ctx, alias)[1],
        )
        for alias, cache in sorted(caches.value.items())
        if (cache.configured_backend or cache.backend or "").endswith(_BACKEND)
    )
    return found or passed("no cache is kept in files", *caches.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="cache-in-files",
        title="Cache lives in files of the container",
        severity=Severity.ADVICE,
        category=Category.SESSIONS,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "The disk is local, slow to reach, limited to 4 GiB and lost with the container. What "
            "one container writes or removes, the worker and the second container do not see; a full "
            "disk makes the container unhealthy."
        ),
        remediation="Keep the cache in Valkey, whose address the app spec gives to the app.",
        commands=(CACHE_LINE,),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/cache/#filesystem-caching",
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'CACHES = {"default": {"BACKEND": '
                        '"django.core.cache.backends.filebased.FileBasedCache", "LOCATION": '
                        '"/tmp/cache"}}\n'
                    )
                },
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
                        "CACHES = {\n"
                        '    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", '
                        '"LOCATION": os.environ["REDIS_URL"]},\n'
                        "}\n"
                    )
                }
            ),
        ),
    ),
    check=check,
)
