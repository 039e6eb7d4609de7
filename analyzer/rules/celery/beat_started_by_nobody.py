"""A schedule without a beat: no file of the project starts what sends its tasks."""

from analyzer.model.evidence import Fact
from analyzer.model.facts import ProcessType
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, ask, bad, fail, good, not_applicable, passed
from analyzer.rules.services import option_of, uses_celery, value_of, with_celery, with_processes

_SCHEDULE = 'CELERY_BEAT_SCHEDULE = {"report": {"task": "shop.tasks.report", "schedule": 3600}}\n'


def check(ctx: Context) -> RuleOutcome:
    """Processes of beat, and workers with -B."""
    queue = ctx.facts.task_queue
    if not uses_celery(ctx):
        return not_applicable("the project does not use Celery")
    for note in ctx.notes.get("beat-not-known", ()):
        return ask(
            "Do tasks of Celery run on a schedule, and which?", *note.evidence, override="components.beat.command"
        )
    if not isinstance(queue.beat, Fact) or not queue.beat.value:
        return not_applicable("no task of Celery runs on a schedule")
    started = [one for one in queue.started_by if one.type is ProcessType.BEAT or _embedded(one.arguments)]
    if started:
        return passed("a file of the project starts beat", started[0].evidence)
    elsewhere = ctx.facts.repository.absent_submodules
    if elsewhere:
        folders = ", ".join(one.note for one in elsewhere)
        return ask(f"Does a file of {folders} start beat? The checkout does not have these submodules.", *elsewhere)
    entries = value_of(queue.beat_entries) or ()
    named = f"{', '.join(entries[:3])}{' and others' if len(entries) > 3 else ''}"
    what = f"The schedule has {named}" if entries else "Tasks run on a schedule"
    return fail(
        f"{what}, and no file of the project starts beat: nothing sends these tasks. The app spec gets a component "
        "that does, so they begin to run after the move.",
        *queue.beat.evidence,
    )


def _embedded(words: tuple[str, ...]) -> bool:
    return option_of(words, "-B", "--beat") is not None


rule = Rule(
    info=RuleInfo(
        id="beat-started-by-nobody",
        title="No file of the project starts beat",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Beat sends what is due; workers run it. Where only the documentation, or nobody, starts beat, the "
            "schedule has perhaps not run for long. The emitted app spec starts it once, with the schedule file in "
            "/tmp, and mails and deletions of the schedule happen from then on."
        ),
        remediation="Look through the schedule before the first deployment, and declare beat in the Procfile.",
        commands=("beat: celery -A shop beat --loglevel=INFO",),
        references=("https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler",),
        bad=(bad(with_celery(_SCHEDULE), line=6),),
        good=(
            good(
                with_processes("worker: celery -A shop worker -c 2", "beat: celery -A shop beat", text=_SCHEDULE),
            ),
        ),
        notes=("beat-not-known",),
    ),
    check=check,
)
