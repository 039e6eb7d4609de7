"""Managed Valkey has database 0 only."""

from analyzer.model.connections import ConnectionRole
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.services import has_valkey, lifted, with_settings

_CACHE = (
    'CACHES = {{\n    "default": {{\n        "BACKEND": "django.core.cache.backends.redis.RedisCache",\n'
    '        "LOCATION": {},\n        "KEY_PREFIX": "shop",\n    }}\n}}\n'
)


def check(ctx: Context) -> RuleOutcome:
    """Numbers that the settings put behind an address; those in a variable are gone with its new value."""
    if not has_valkey(ctx):
        return not_applicable("the app has no Valkey")
    roles = (ConnectionRole.BROKER, ConnectionRole.RESULTS, ConnectionRole.QUEUE)
    return lifted(ctx, "valkey-database-number", roles, Severity.BLOCKER) or passed(
        "the settings name database 0 alone"
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
            "Redis of one's own has sixteen numbered databases, managed Valkey has number 0 alone. A client that "
            "selects another one gets an error at its first command: the cache fails with every request, the worker "
            "at its start."
        ),
        remediation="Take the number out of the address, and keep caches apart by KEY_PREFIX.",
        commands=('"LOCATION": os.environ["REDIS_URL"],\n"KEY_PREFIX": "shop",',),
        references=("https://docs.djangoproject.com/en/stable/topics/cache/#cache-key-prefixing",),
        bad=(bad(with_settings(_CACHE.format('os.environ["REDIS_URL"] + "/1"')), line=8),),
        good=(good(with_settings(_CACHE.format('os.environ["REDIS_URL"]'))),),
        notes=("valkey-database-number",),
    ),
    check=check,
)
