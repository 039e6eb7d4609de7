"""Names of settings that Celery does not look for: with a namespace the old ones, without one the new ones."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import uses_celery, with_celery


def check(ctx: Context) -> RuleOutcome:
    """Settings of options that nothing else sets."""
    queue = ctx.facts.task_queue
    if not uses_celery(ctx):
        return not_applicable("the project does not use Celery")
    problems = (
        Problem(
            message=f"{place.note} is not read: {_how(queue.namespace)}, Celery looks for "
            f"{queue.read_instead[place.note]}, and takes its default.",
            evidence=(place, *queue.app.evidence[:1]),
            remediation=f"Rename it to {queue.read_instead[place.note]}.",
        )
        for place in queue.unread
        if not place.note.endswith("BROKER_URL")  # what comes of that is a finding of its own
    )
    return fail_all(problems) or passed(
        "Celery reads the settings that are named like its own", *queue.app.evidence[:1]
    )


def _how(namespace: str | None) -> str:
    return f"with the namespace {namespace} of config_from_object" if namespace else "without a namespace"


rule = Rule(
    info=RuleInfo(
        id="celery-settings-unread",
        title="Setting of Celery is not read",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "With namespace CELERY the setting task_acks_late is CELERY_TASK_ACKS_LATE, and names from before Celery "
            "4, such as CELERY_ACKS_LATE, CELERYD_CONCURRENCY or BROKER_URL, are ignored without a word. Without a "
            "namespace it is the other way round. Limits and switches that seem to be set are not."
        ),
        remediation="Rename the setting to the namespace and the option's name since Celery 4.",
        references=("https://docs.celeryq.dev/en/stable/userguide/configuration.html#new-lowercase-settings",),
        bad=(bad(with_celery("CELERYD_MAX_TASKS_PER_CHILD = 100\n"), line=6),),
        good=(good(with_celery("CELERY_WORKER_MAX_TASKS_PER_CHILD = 100\n")),),
    ),
    check=check,
)
