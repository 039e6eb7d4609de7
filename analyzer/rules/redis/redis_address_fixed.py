"""A Redis whose address stands in the settings cannot become the managed Valkey."""

from dataclasses import replace

from analyzer.model.connections import ConnectionRole
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.plan import DatabaseEngine
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.services import connections_of, has_valkey, in_app_spec, lifted, uses_celery, with_settings

_CACHE = (
    'CACHES = {{\n    "default": {{\n        "BACKEND": "django.core.cache.backends.redis.RedisCache",\n'
    '        "LOCATION": {},\n    }}\n}}\n'
)


def check(ctx: Context) -> RuleOutcome:
    """A worker without its broker does not start; a cache fails at its first use."""
    if not has_valkey(ctx):
        return not_applicable("the app has no Valkey")
    roles = (ConnectionRole.BROKER, ConnectionRole.RESULTS, ConnectionRole.QUEUE)
    found = lifted(ctx, "redis-address-fixed", roles, Severity.BLOCKER)
    if found is None:
        return passed("variables give the addresses of Redis")
    brokers = {one.setting for one in connections_of(ctx, ConnectionRole.BROKER)} if uses_celery(ctx) else set()
    return Failed(
        problems=tuple(_of_celery(ctx, one) if one.message.split(" ")[0] in brokers else one for one in found.problems)
    )


def _of_celery(ctx: Context, problem: Problem) -> Problem:
    """Celery's own variable goes before the setting (celery/app/utils.py: Settings.broker_url)."""
    valkey = next(one.name for one in ctx.plan.databases if one.engine.value is DatabaseEngine.VALKEY)
    return replace(
        problem,
        message=f"{problem.message.partition(', and no variable')[0]}: the worker looks for its broker there, unless "
        "CELERY_BROKER_URL is set, which Celery takes before the settings.",
        remediation="Set Celery's own variable in the app spec, or read the address from a variable.",
        commands=(
            in_app_spec("CELERY_BROKER_URL", f"${{{valkey}.DATABASE_URL}}?ssl_cert_reqs=required"),
            "doctor emit",
        ),
    )


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
