"""A task without an end holds a process of the worker until the next deployment."""

from analyzer.model.evidence import Fact
from analyzer.model.facts import ProcessType
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import celery_processes, option, option_of, uses_celery, with_celery

_OPTIONS = ("task_time_limit", "task_soft_time_limit")
_ARGUMENTS = ("--time-limit", "--soft-time-limit")

_TIMEOUTS = "Give each request and query a timeout of its own: the worker's pool ends no task."
_OTHER_POOLS: dict[str, tuple[str, tuple[str, ...]]] = {
    "gevent": (
        "Set a hard limit above the time of the longest task: the pool of gevent has no soft one, and ends a task "
        "where that waits.",
        ("CELERY_TASK_TIME_LIMIT = 3600",),
    ),
    "eventlet": (_TIMEOUTS, ()),
    "solo": (_TIMEOUTS, ()),
    "threads": (_TIMEOUTS, ()),
}
"""Remedy and commands by pool (celery/concurrency/*.py: which ones take soft_timeout and timeout)."""


def check(ctx: Context) -> RuleOutcome:
    """Limits of the settings, of a worker's command, or of single tasks."""
    queue = ctx.facts.task_queue
    if not uses_celery(ctx) or (queue.always_eager and not queue.started_by):
        return not_applicable("no worker of Celery runs tasks")
    if not isinstance(ctx.facts.django.installed_apps, Fact):
        return not_applicable("the settings could not be read")
    for name in _OPTIONS:
        if option(ctx, name) is not None:
            return passed("the settings limit the time of tasks", *queue.options[name].evidence[:1])
    workers = celery_processes(ctx, "worker")
    limited = next((one for one in workers if option_of(one.arguments, *_ARGUMENTS) is not None), None)
    if limited is not None:
        return passed("the worker's command limits the time of tasks", limited.evidence)
    single = ctx.facts.code_uses.get("celery_time_limits", ())
    if single:
        return passed("single tasks have a time limit", *single[:1])
    pool = next((found for one in workers if (found := option_of(one.arguments, "-P", "--pool"))), "prefork")
    remedy, commands = _OTHER_POOLS.get(pool, (None, None))
    started = next((one.evidence for one in queue.started_by if one.type is ProcessType.WORKER), None)
    return fail(
        "Neither the settings nor a task nor the worker's command limit the time of tasks: one that hangs, in a "
        "request without timeout say, holds one of the worker's few places until it is replaced.",
        *queue.app.evidence,
        *((started,) if started is not None else ()),
        remediation=remedy,
        commands=commands,
    )


rule = Rule(
    info=RuleInfo(
        id="task-time-limit-missing",
        title="Tasks of Celery have no time limit",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "A worker of the smallest size has two processes. Two tasks that hang stop the queue, the container stays "
            "healthy, and nothing restarts it. With a limit Celery ends the task and starts a new process; the limit "
            "also tells how long a deployment has to wait for running tasks."
        ),
        remediation=(
            "Set a soft limit above the time of the longest task, which the task can catch, and a hard one above it."
        ),
        commands=("CELERY_TASK_SOFT_TIME_LIMIT = 240\nCELERY_TASK_TIME_LIMIT = 300",),
        references=("https://docs.celeryq.dev/en/stable/userguide/workers.html#time-limits",),
        bad=(bad(with_celery(""), line=6, path="shop/celery.py"),),
        good=(good(with_celery("CELERY_TASK_TIME_LIMIT = 300\n")),),
    ),
    check=check,
)
