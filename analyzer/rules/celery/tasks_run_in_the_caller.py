"""Tasks that run where they are called make requests wait, and there is no queue to retry from."""

from collections.abc import Iterator, Mapping

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProcessType
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, plain_value
from analyzer.rules.services import value_of, with_celery

_SWITCHES = (("HUEY", "immediate", True), ("Q_CLUSTER", "sync", True))
"""Settings of other queues, the key, and the value that makes them do the same."""


def check(ctx: Context) -> RuleOutcome:
    """With a worker that is started all the same, that is surely not what was meant."""
    queue = ctx.facts.task_queue
    kind = value_of(queue.kind)
    if kind is None:
        return not_applicable("the project has no task queue")
    switch = next(
        (one for place in queue.always_eager if (one := ctx.setting(place.note)) is not None and one.env), None
    )
    if switch is not None and queue.started_by:
        return passed(f"the app spec sets {switch.env[0]}, which sends tasks to the worker", *queue.always_eager)
    if any(one.type is ProcessType.WORKER for one in queue.started_by) and queue.always_eager:
        return fail(
            "task_always_eager is on, and a worker is started: requests wait for every task, and the worker gets none.",
            *queue.always_eager,
            queue.started_by[0].evidence,
        )
    others = [place for place, _ in _others(ctx)]
    if others:
        return fail(f"The settings of {kind} run every task where it is called: requests wait for tasks.", *others)
    return ctx.noted("tasks-run-in-the-caller") or passed("tasks are sent to a worker", *queue.kind.evidence[:1])


def _others(ctx: Context) -> Iterator[tuple[Evidence, str]]:
    for name, key, value in _SWITCHES:
        setting = ctx.setting(name)
        plain = plain_value(setting)
        if setting is not None and isinstance(plain, Mapping) and plain.get(key) is value:
            yield setting.place(key)[0], name


rule = Rule(
    info=RuleInfo(
        id="tasks-run-in-the-caller",
        title="Tasks run in the process that calls them",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "The setting is meant for tests. In production a request ends when its last task has ended; App Platform "
            "gives up after 100 seconds. Retries wait inside the request, and a container that is replaced takes the "
            "rest of the work with it."
        ),
        remediation="Leave the setting to the test settings, and run a worker.",
        commands=("CELERY_TASK_ALWAYS_EAGER = False",),
        references=("https://docs.celeryq.dev/en/stable/userguide/configuration.html#task-always-eager",),
        bad=(bad(with_celery("CELERY_TASK_ALWAYS_EAGER = True\n"), line=6),),
        good=(good(with_celery("CELERY_TASK_ALWAYS_EAGER = False\n")),),
        notes=("tasks-run-in-the-caller",),
    ),
    check=check,
)
