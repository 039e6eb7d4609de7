"""A Redis whose address stands in the settings cannot become the managed Valkey."""

from dataclasses import replace

from analyzer.model.connections import ConnectionRole
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.services import connections_of, has_valkey, lifted, with_settings

_CACHE = (
    'CACHES = {{\n    "default": {{\n        "BACKEND": "django.core.cache.backends.redis.RedisCache",\n'
    '        "LOCATION": {},\n    }}\n}}\n'
)


def check(ctx: Context) -> RuleOutcome:
    """A task queue without its server does not start, unless it is Celery; a cache fails at its first use."""
    if not has_valkey(ctx):
        return not_applicable("the app has no Valkey")
    found = lifted(ctx, "redis-address-fixed", (ConnectionRole.QUEUE,), Severity.BLOCKER)
    if found is None:
        return passed("variables give the addresses of Redis")
    celerys = {one.setting for one in connections_of(ctx, ConnectionRole.BROKER, ConnectionRole.RESULTS)}
    return Failed(
        problems=tuple(_of_celery(one) if one.message.split(" ")[0] in celerys else one for one in found.problems)
    )


def _of_celery(problem: Problem) -> Problem:
    """Celery's own variable goes before the setting, and the plan sets it."""
    return replace(problem, commands=("doctor emit",))


rule = Rule(
    info=RuleInfo(
        id="redis-address-fixed",
        title="Address of Redis stands in the code",
        severity=Severity.RISK,
        category=Category.REDIS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Nothing but the app's own process listens in a container, and names of a Compose network are not known "
            "there. A cache at such an address raises ConnectionError at every use, a task queue never gets a task."
        ),
        remediation="Read the whole address from a variable, which the app spec sets.",
        commands=('REDIS_URL = os.environ["REDIS_URL"]',),
        references=("https://docs.digitalocean.com/products/databases/valkey/how-to/connect/",),
        bad=(bad(with_settings(_CACHE.format('"redis://localhost:6379"')), line=8),),
        good=(good(with_settings(_CACHE.format('os.environ["REDIS_URL"]'))),),
        notes=("redis-address-fixed",),
    ),
    check=check,
)
