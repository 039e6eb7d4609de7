"""A task queue without a worker: no file of the project starts what runs its tasks."""

from analyzer.model.evidence import Certainty
from analyzer.model.facts import ProcessType
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.plan import Role
from analyzer.rules.base import Context, Rule, ask, bad, fail, good, not_applicable, passed
from analyzer.rules.services import value_of, with_celery, with_processes


def check(ctx: Context) -> RuleOutcome:
    """Where the planner adds a worker that no file declares."""
    queue = ctx.facts.task_queue
    kind = value_of(queue.kind)
    if kind is None or queue.always_eager:
        return not_applicable("no task waits for a worker")
    declared = next((one for one in ctx.facts.processes if one.type is ProcessType.WORKER), None)
    if declared is not None:
        return passed("a file of the project starts a worker", declared.evidence)
    added = next((one for one in ctx.plan.components if one.role is Role.WORKER), None)
    if added is None:
        return not_applicable("the task queue has nothing that a worker would run")
    elsewhere = ctx.facts.repository.absent_submodules
    if elsewhere:
        folders = ", ".join(one.note for one in elsewhere)
        return ask(f"Does a file of {folders} start a worker? The checkout does not have these submodules.", *elsewhere)
    return fail(
        f"The project uses {kind}, and no file of it starts a worker: a task that is sent never runs. The app spec "
        f"gets a worker ({added.name}), which costs as much as a web container of its size.",
        *queue.kind.evidence,
        certainty=queue.kind.certainty if hasattr(queue.kind, "certainty") else Certainty.LIKELY,
    )


rule = Rule(
    info=RuleInfo(
        id="worker-started-by-nobody",
        title="No file of the project starts a worker",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Tasks wait in the broker until a worker takes them. Where the worker is started by hand on a server, or "
            "not at all, the move has to bring one; tasks that wait in a broker that is moved along run as soon as "
            "it starts."
        ),
        remediation="Declare the worker in the Procfile, or leave it out of the plan.",
        commands=("worker: celery -A shop worker --loglevel=INFO --concurrency=2",),
        references=("https://docs.celeryq.dev/en/stable/userguide/workers.html",),
        bad=(bad(with_celery(""), line=6, path="shop/celery.py"),),
        good=(good(with_processes("worker: celery -A shop worker --concurrency=2")),),
    ),
    check=check,
)
