"""A worker with -B sends the schedule as well: once for each copy of the worker."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import celery_processes, option_of, with_processes


def check(ctx: Context) -> RuleOutcome:
    """The emitted app spec starts beat in a component of its own."""
    workers = celery_processes(ctx, "worker")
    if not workers:
        return not_applicable("no file starts a Celery worker")
    problems = (
        Problem(
            message=f"{one.name} of {one.source} runs beat inside the worker: a second container of it would send "
            "every task of the schedule twice. The app spec starts beat apart, which is one component more.",
            evidence=(one.evidence,),
        )
        for one in workers
        if option_of(one.arguments, "-B", "--beat") is not None
    )
    return fail_all(problems) or passed("no worker runs beat", workers[0].evidence)


rule = Rule(
    info=RuleInfo(
        id="beat-inside-worker",
        title="Beat runs inside a worker",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Celery's documentation advises against -B in production. Each copy of such a worker has a schedule of its "
            "own, also for the moments of a deployment in which the old and the new container run side by side."
        ),
        remediation="Declare beat as a process of its own, and take -B out of the worker's command.",
        commands=("worker: celery -A shop worker --loglevel=INFO", "beat: celery -A shop beat --loglevel=INFO"),
        references=("https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler",),
        bad=(bad(with_processes("worker: celery -A shop worker -B --loglevel=INFO"), line=2),),
        good=(good(with_processes("worker: celery -A shop worker", "beat: celery -A shop beat")),),
    ),
    check=check,
)
