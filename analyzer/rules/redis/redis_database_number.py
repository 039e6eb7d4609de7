"""Managed Valkey has database 0 only."""

from dataclasses import replace

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.services import has_valkey, with_settings

_CACHE = (
    'CACHES = {{\n    "default": {{\n        "BACKEND": "django.core.cache.backends.redis.RedisCache",\n'
    '        "LOCATION": {},\n        "KEY_PREFIX": "shop",\n    }}\n}}\n'
)


_WITH_CLEAR = (
    "Raise number_of_databases of the cluster, or give that cache a cluster of its own: {}:{} empties the whole "
    "database of its cache, so that a KEY_PREFIX would not keep caches in one database apart."
)


def check(ctx: Context) -> RuleOutcome:
    """Numbers that the settings put behind an address; those in a variable are gone with its new value."""
    if not has_valkey(ctx):
        return not_applicable("the app has no Valkey")
    found = ctx.noted("valkey-database-number")
    if found is None:
        return passed("the settings name database 0 alone")
    clears = ctx.facts.code_uses.get("cache_clear", ())
    return Failed(
        problems=tuple(
            replace(
                one,
                certainty=Certainty.LIKELY,
                remediation=_WITH_CLEAR.format(clears[0].path, clears[0].line) if clears else one.remediation,
                commands=() if clears else one.commands,
                evidence=(*one.evidence, *clears[:1]),
            )
            for one in found.problems
        )
    )


rule = Rule(
    info=RuleInfo(
        id="redis-database-number",
        title="Redis database other than 0",
        severity=Severity.RISK,
        category=Category.REDIS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Redis of one's own has sixteen numbered databases, a managed Valkey has number 0 alone as long as its "
            "number_of_databases is not raised. A client that selects another one gets an error at its first command: "
            "the cache fails with every request, the worker at its start."
        ),
        remediation=(
            "Take the number out of the address, and keep caches apart by KEY_PREFIX; or raise number_of_databases of "
            "the cluster."
        ),
        commands=('"LOCATION": os.environ["REDIS_URL"],\n"KEY_PREFIX": "shop",',),
        references=("https://docs.djangoproject.com/en/stable/topics/cache/#cache-key-prefixing",),
        bad=(bad(with_settings(_CACHE.format('os.environ["REDIS_URL"] + "/1"')), line=8),),
        good=(good(with_settings(_CACHE.format('os.environ["REDIS_URL"]'))),),
        notes=("valkey-database-number",),
    ),
    check=check,
)
