"""Managed Valkey answers over TLS only."""

from analyzer.model.connections import ConnectionRole
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.services import has_valkey, lifted, with_settings

_CACHE = (
    'CACHES = {{\n    "default": {{\n        "BACKEND": "django.core.cache.backends.redis.RedisCache",\n'
    '        "LOCATION": {},\n    }}\n}}\n'
)


def check(ctx: Context) -> RuleOutcome:
    """Addresses that the settings put together with a scheme of their own, or from host and port."""
    if not has_valkey(ctx):
        return not_applicable("the app has no Valkey")
    roles = (ConnectionRole.BROKER, ConnectionRole.RESULTS, ConnectionRole.QUEUE)
    return lifted(ctx, "valkey-needs-tls", roles, Severity.BLOCKER) or passed(
        "addresses of Redis come with their scheme"
    )


rule = Rule(
    info=RuleInfo(
        id="redis-without-tls",
        title="Redis is reached without encryption",
        severity=Severity.RISK,
        category=Category.REDIS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The address of managed Valkey begins with rediss:// and has port 25061. A redis:// that the settings "
            "write themselves speaks plain text to that port: the server hangs up, and the client raises "
            "ConnectionError."
        ),
        remediation="Read the whole address from one variable, scheme included.",
        commands=('"LOCATION": os.environ["REDIS_URL"],',),
        references=("https://docs.digitalocean.com/products/databases/valkey/how-to/connect/",),
        bad=(bad(with_settings(_CACHE.format("f\"redis://{os.environ['REDIS_HOST']}:6379\"")), line=8),),
        good=(good(with_settings(_CACHE.format('os.environ["REDIS_URL"]'))),),
        notes=("valkey-needs-tls",),
    ),
    check=check,
)
