"""Tasks that are routed to a queue wait there until a worker listens to it."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.services import celery_processes, uses_celery, with_processes

_ROUTES = 'CELERY_TASK_ROUTES = {"shop.tasks.mail": {"queue": "mail"}}\n'


def check(ctx: Context) -> RuleOutcome:
    """The planner compares the routes with the queues of the declared workers."""
    if not uses_celery(ctx) or not celery_processes(ctx, "worker"):
        return not_applicable("no file starts a Celery worker")
    return ctx.noted("queue-without-worker") or passed(
        "a worker listens to every queue of the routes", celery_processes(ctx, "worker")[0].evidence
    )


rule = Rule(
    info=RuleInfo(
        id="queue-without-worker",
        title="No worker listens to a queue",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "A worker without --queues listens to the default queue alone. Tasks that are routed elsewhere are sent "
            "without an error and never run, while they fill the memory of Valkey."
        ),
        remediation="Name all queues in the command of a worker.",
        commands=("celery -A shop worker --queues=celery,mail",),
        references=("https://docs.celeryq.dev/en/stable/userguide/routing.html",),
        bad=(
            bad(
                with_processes("worker: celery -A shop worker --loglevel=INFO", text=_ROUTES),
                line=6,
                path="shop/settings.py",
            ),
        ),
        good=(good(with_processes("worker: celery -A shop worker --queues=celery,mail", text=_ROUTES)),),
        notes=("queue-without-worker",),
    ),
    check=check,
)
