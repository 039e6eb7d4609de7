"""Clearing a cache in Redis is FLUSHDB, and a task queue in the same database goes with it."""

from collections.abc import Iterator

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import has_valkey, redis_caches, redis_queue, with_celery

_VIEWS = "from django.core.cache import cache\n\n\ndef publish(request):\n    {}\n"


def check(ctx: Context) -> RuleOutcome:
    """Calls in the project's own code; where there is none, databases that were apart until now are named once."""
    queue = redis_queue(ctx)
    if not has_valkey(ctx) or queue is None:
        return not_applicable("no task queue waits in the app's Valkey")
    found = fail_all(_calls(ctx, queue))
    return found or ctx.noted("valkey-databases-shared") or passed("no code clears the database that the queue is in")


def _calls(ctx: Context, queue: str) -> Iterator[Problem]:
    uses = ctx.facts.code_uses
    for place in uses.get("cache_clear", ()) if redis_caches(ctx) else ():
        yield Problem(
            message=f"cache.clear() empties the whole database, and the tasks of {queue} wait in the same one: they "
            "are gone.",
            evidence=(place,),
            severity=Severity.RISK,
        )
    for place in uses.get("redis_flush", ()):
        yield Problem(
            message=f"The database is flushed here, and the tasks of {queue} wait in the only one that Valkey has.",
            evidence=(place,),
            severity=Severity.RISK,
        )


rule = Rule(
    info=RuleInfo(
        id="cache-clear-deletes-tasks",
        title="Clearing the cache deletes waiting tasks",
        severity=Severity.ADVICE,
        category=Category.REDIS,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "Managed Valkey has one database, so cache and task queue share it. Django's cache.clear() sends FLUSHDB "
            "whatever the key prefix: waiting tasks, results and the schedule in Redis are deleted, without a trace "
            "in any log."
        ),
        remediation="Give the cache a cluster of its own, or delete keys by name or by pattern instead.",
        commands=("doctl databases create shop-cache --engine valkey --version 8 --size db-s-1vcpu-1gb --num-nodes 1",),
        references=("https://docs.djangoproject.com/en/stable/topics/cache/#django.core.caches.cache.clear",),
        bad=(
            bad(
                with_celery("", {"shop/views.py": _VIEWS.format("cache.clear()")}),
                line=5,
                path="shop/views.py",
            ),
        ),
        good=(good(with_celery("", {"shop/views.py": _VIEWS.format('cache.delete("front page")')})),),
        notes=("valkey-databases-shared",),
    ),
    check=check,
)
