"""A backend of the cache that no requirement brings, or whose client none does."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import redis_caches, with_settings
from analyzer.tables import load_table

_CACHE = (
    'CACHES = {{\n    "default": {{\n        "BACKEND": "{}",\n'
    '        "LOCATION": os.environ["REDIS_URL"],\n    }}\n}}\n'
)


def check(ctx: Context) -> RuleOutcome:
    """By the beginning of the backend's name (data/cache_backends.toml)."""
    caches, setting, dependencies = redis_caches(ctx), ctx.setting("CACHES"), ctx.facts.dependencies
    if not caches or setting is None or not dependencies.dependencies:
        return not_applicable("no cache is kept in Redis")
    rows = load_table("analyzer.rules", "cache_backends")["packages"]
    problems = (
        Problem(
            message=f"CACHES[{alias!r}] is {backend}, and production does not install {packages[0]}: the first use of "
            "the cache raises an error.",
            evidence=setting.place(alias, "BACKEND"),
            commands=(f"pip install {packages[0]}",),
        )
        for alias, backend in caches.items()
        for start, packages in rows.items()
        if backend.startswith(start) and not any(dependencies.has(name) for name in packages)
    )
    return fail_all(problems) or passed("the clients of the caches are installed", *setting.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="redis-client-missing",
        title="Client of the Redis cache is not installed",
        severity=Severity.BLOCKER,
        category=Category.REDIS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Django imports the backend of a cache and its client when the cache is first used: with the first "
            "request at the latest, at the start where middleware or sessions use it. What only development installs "
            "is not in the image."
        ),
        remediation="Add the package to the requirements of production.",
        commands=("pip install redis",),
        references=("https://docs.djangoproject.com/en/stable/topics/cache/#redis",),
        bad=(bad(with_settings(_CACHE.format("django_redis.cache.RedisCache")), line=7),),
        good=(good(with_settings(_CACHE.format("django.core.cache.backends.redis.RedisCache"))),),
    ),
    check=check,
)
