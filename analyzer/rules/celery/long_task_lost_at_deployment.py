"""A deployment ends workers after a wait; a task that is acknowledged before it runs is gone then."""

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import is_known, limit_variables, option, uses_celery, with_celery

LONGEST_WAIT = 600
"""Seconds between TERM and KILL that an app spec can ask for (grace_period_seconds)."""


def check(ctx: Context) -> RuleOutcome:
    """Time limits above that wait; a project that acknowledges some tasks late knows about it."""
    limit = ctx.facts.task_queue.time_limit
    if not uses_celery(ctx) or limit is None:
        return not_applicable("no time limit says how long tasks may run")
    late = option(ctx, "task_acks_late")
    if limit.value <= LONGEST_WAIT or (late is not None and (late is True or not is_known(late))):
        return passed("tasks end within the wait, or come back to the queue", *limit.evidence[:1])
    if ctx.facts.code_uses.get("celery_late"):
        return passed("tasks that may run long are acknowledged late", ctx.facts.code_uses["celery_late"][0])
    return fail(
        f"Tasks may run {limit.value} seconds{limit_variables(ctx, limit.evidence[0])}, and are acknowledged before "
        "they run: a deployment gives a worker "
        f"{LONGEST_WAIT} seconds after TERM, and a task that is not done by then is killed and never run again.",
        *limit.evidence,
        certainty=Certainty.LIKELY,
    )


rule = Rule(
    info=RuleInfo(
        id="long-task-lost-at-deployment",
        title="Long tasks are lost when a worker is replaced",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "App Platform replaces every worker at each deployment and sends KILL 600 seconds after TERM at the "
            "latest. Celery acknowledges a task before it runs it, unless task_acks_late is set, so the broker does "
            "not know that a killed task was not done."
        ),
        remediation="Make the tasks repeatable and acknowledge them late, or split them into short ones.",
        commands=("CELERY_TASK_ACKS_LATE = True\nCELERY_TASK_REJECT_ON_WORKER_LOST = True",),
        references=("https://docs.celeryq.dev/en/stable/faq.html#should-i-use-retry-or-acks-late",),
        bad=(bad(with_celery("CELERY_TASK_TIME_LIMIT = 1800\n"), line=6),),
        good=(good(with_celery("CELERY_TASK_TIME_LIMIT = 300\n")),),
    ),
    check=check,
)
