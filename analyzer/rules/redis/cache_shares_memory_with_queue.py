"""One eviction policy for a cache, which wants to lose keys, and a queue, which must not."""

from collections.abc import Collection

from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import (
    cache_variables,
    connections_of,
    has_valkey,
    redis_caches,
    redis_queue,
    value_of,
    with_celery,
)


def check(ctx: Context) -> RuleOutcome:
    """Caches and a broker that both lead to the app's Valkey."""
    queue, caches = redis_queue(ctx), _reaching(ctx)
    if not has_valkey(ctx) or queue is None:
        return not_applicable("no task queue waits in the app's Valkey")
    setting = ctx.setting("CACHES")
    if not caches or setting is None:
        return passed("no cache is kept beside the queue in Valkey", *ctx.facts.task_queue.broker.evidence[:1])
    names = ", ".join(f"CACHES[{alias!r}]" for alias in caches)
    variables = _deciding(ctx, caches)
    unless = f" unless {' or '.join(variables)} says otherwise" if variables else ""
    return fail(
        f"{names} and the tasks of {queue} share the memory of one Valkey{unless}: with its policy noeviction a full "
        "cache keeps tasks from being sent, with one for all keys (allkeys-lru and its like) waiting tasks may be "
        "deleted.",
        *setting.place(next(iter(caches)), "LOCATION")[:1],
        *ctx.facts.task_queue.broker.evidence[:1],
    )


def _reaching(ctx: Context) -> tuple[str, ...]:
    """Aliases that Valkey's address gets to; one that stands in the code is another rule's (redis-address-fixed)."""
    fixed = {one.name for one in connections_of(ctx, ConnectionRole.CACHE) if _is_fixed(one)}
    return tuple(alias for alias in redis_caches(ctx) if alias not in fixed)


def _is_fixed(cache: Connection) -> bool:
    parts = [part for key, part in cache.parts.items() if key in ("url", "host")]
    return bool(parts) and not any(part.variables for part in parts)


def _deciding(ctx: Context, caches: Collection[str]) -> tuple[str, ...]:
    """Variables that make such a cache another one, or lead it elsewhere than the queue."""
    debug = ctx.setting("DEBUG")
    queues = connections_of(ctx, ConnectionRole.BROKER, ConnectionRole.QUEUE)
    shared = {name for one in queues for part in one.parts.values() for name in part.variables}
    shared |= {*ctx.facts.task_queue.broker_env, *(debug.env if debug is not None else ())}
    found = {
        a: cache_variables(ctx, one) for a, one in (value_of(ctx.facts.django.caches) or {}).items() if a in caches
    }
    return tuple(sorted({name for names in found.values() for name in names} - shared))


rule = Rule(
    info=RuleInfo(
        id="cache-shares-memory-with-queue",
        title="Cache and task queue share the memory of one Valkey",
        severity=Severity.ADVICE,
        category=Category.REDIS,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "The eviction policy is one for the cluster. noeviction, the default, answers writes with an error when "
            "the memory is full, those of the queue as well; allkeys-lru makes room by deleting whatever was not "
            "used for long, waiting tasks among it. Small caches with timeouts never get there."
        ),
        remediation="Watch the memory of the cluster, and give the cache one of its own when it grows.",
        commands=("doctl databases create shop-cache --engine valkey --version 8 --size db-s-1vcpu-1gb --num-nodes 1",),
        references=("https://docs.digitalocean.com/products/databases/valkey/how-to/set-eviction-policy/",),
        bad=(
            bad(
                with_celery(
                    'CACHES = {\n    "default": {\n        "BACKEND": "django.core.cache.backends.redis.RedisCache",\n'
                    '        "LOCATION": os.environ["REDIS_URL"],\n    }\n}\n'
                ),
                line=9,
            ),
        ),
        good=(
            good(
                with_celery(
                    'CACHES = {\n    "default": {\n        "BACKEND": "django.core.cache.backends.db.DatabaseCache",\n'
                    '        "LOCATION": "cache",\n    }\n}\n'
                )
            ),
        ),
    ),
    check=check,
)
