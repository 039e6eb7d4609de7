"""A worker reserves four tasks for each of its processes; behind a long one they wait while others are idle."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import (
    celery_processes,
    is_known,
    limit_variables,
    option,
    option_of,
    uses_celery,
    with_celery,
)

_LONG = 1800
"""Seconds from which on a time limit speaks of long tasks."""


def check(ctx: Context) -> RuleOutcome:
    """The multiplier of the settings or of a worker's command, where tasks may run for half an hour."""
    limit = ctx.facts.task_queue.time_limit
    if not uses_celery(ctx) or limit is None or limit.value < _LONG:
        return not_applicable("no time limit lets tasks run for half an hour")
    multiplier = option(ctx, "worker_prefetch_multiplier")
    workers = celery_processes(ctx, "worker")
    told = any(
        option_of(one.arguments, "--prefetch-multiplier") is not None or option_of(one.arguments, "-O") is not None
        for one in workers
    )
    if told or (multiplier is not None and (not is_known(multiplier) or multiplier == 1)):
        return passed("workers reserve one task at a time", *limit.evidence[:1])
    factor = "4, Celery's default" if multiplier is None else str(multiplier)
    return fail(
        f"Tasks may run {limit.value} seconds{limit_variables(ctx, limit.evidence[0])}, and "
        f"worker_prefetch_multiplier is {factor}: tasks that a busy worker has reserved wait behind a long one, even "
        "where another worker is idle.",
        *limit.evidence,
    )


rule = Rule(
    info=RuleInfo(
        id="prefetch-with-long-tasks",
        title="Short tasks wait behind long ones",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Reserving tasks ahead saves time with many short ones. On App Platform a worker is one container with two "
            "processes: it takes up to eight tasks out of the queue, where a second container no longer sees them, and "
            "hands them back only when it is replaced."
        ),
        remediation="Reserve one task at a time.",
        commands=("CELERY_WORKER_PREFETCH_MULTIPLIER = 1",),
        references=("https://docs.celeryq.dev/en/stable/userguide/optimizing.html#prefetch-limits",),
        bad=(bad(with_celery("CELERY_TASK_TIME_LIMIT = 3600\n"), line=6),),
        good=(good(with_celery("CELERY_TASK_TIME_LIMIT = 3600\nCELERY_WORKER_PREFETCH_MULTIPLIER = 1\n")),),
    ),
    check=check,
)
