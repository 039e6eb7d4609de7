"""Celery: a worker for each group of queues that the project keeps apart, and beat once."""

from collections.abc import Iterable, Iterator

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import Process, ProcessType, TaskQueueFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import ComponentKind, Decision, PlanNote, Role
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.commands import Command, parse_command
from analyzer.plan.components import LONGEST_GRACE, App, Wanted, existing_named, existing_of
from analyzer.plan.decisions import decide
from analyzer.plan.sources import file_called

SCHEDULE_FILE = "/tmp/celerybeat-schedule"
CONCURRENCY = 2
BEAT_GRACE = 10
DATABASE_SCHEDULER = lazy_pattern(r"DatabaseScheduler|RedBeatScheduler")
_APP = ("-A", "--app")
_QUEUES = ("-Q", "--queues")
_BEAT = {"-B": 0, "--beat": 0}
_SCHEDULE = {"-s": 1, "--schedule": 1, "--schedule-filename": 1}
_SCHEDULER = ("-S", "--scheduler")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A process that the project declares, and its command as the image runs it."""

    process: Process
    command: Command


def is_celery(command: Command, subcommand: str) -> bool:
    """Whether the command is `celery … worker` or `celery … beat`."""
    return command.program in ("celery", "celeryd", "celerybeat") and (
        subcommand in command.arguments or command.program == f"celery{'d' if subcommand == 'worker' else subcommand}"
    )


def celery_components(app: App, declared: Iterable[Worker]) -> tuple[list[Wanted], list[PlanNote]]:
    """Workers as the project declares them, or the one that it lacks; beat where something runs on a schedule."""
    queue = app.facts.task_queue
    workers = [w for w in declared if is_celery(w.command, "worker")]
    if queue.always_eager and not workers:
        note = PlanNote(
            code="tasks-run-in-the-caller",
            message="the settings run every task where it is called: there is no worker, and requests wait for tasks",
            evidence=queue.always_eager,
            remedy="set task_always_eager to False and run the plan again",
        )
        return [], [note]
    wanted = [_declared_worker(app, worker) for worker in _apart(workers)]
    if not wanted and isinstance(queue.app, Fact) and queue.app.value:
        wanted = [_missing_worker(app, queue.app.value, queue.app.evidence)]
    beat = _beat(app, workers)
    notes = [*_unserved_queues(app, workers), *_undecided_beat(queue, beat)]
    return [*wanted, *([beat] if beat is not None else [])], notes


def _apart(workers: list[Worker]) -> Iterator[Worker]:
    """One worker for each set of queues of each application: several containers of one are its instances."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for worker in workers:
        queues = worker.command.option(*_QUEUES) or ""
        key = (worker.command.option(*_APP) or "", frozenset(queues.split(",")))
        if key not in seen:
            seen.add(key)
            yield worker


def _declared_worker(app: App, worker: Worker) -> Wanted:
    process, command = worker.process, worker.command.without(_BEAT)
    rule = f"as {file_called(process.source)} starts it"
    bounded = any(command.option(name) is not None for name in ("-c", "--concurrency", "--autoscale", "-P", "--pool"))
    if not bounded and "CELERY_WORKER_CONCURRENCY" not in app.facts.django.settings:
        command = command.plus(f"--concurrency={CONCURRENCY}")
        rule += f"; without --concurrency it would start a process for every core of the host, so {CONCURRENCY}"
    if command is not worker.command and any(worker.command.option(name) is not None for name in _BEAT):
        rule += "; beat runs apart, since every copy of this worker would send each task again"
    queues = worker.command.option(*_QUEUES)
    because = f"{file_called(process.source)} starts a Celery worker" + (f" for {queues}" if queues else "")
    return Wanted(
        name=process.name,
        otherwise="worker",
        kind=ComponentKind.WORKER,
        role=Role.WORKER,
        because=because,
        evidence=(process.evidence,),
        command=decide(f"exec {command.text}", rule, process.evidence),
        existing=existing_of(app, "workers", process),
        size=f"the smallest size has room for {CONCURRENCY} processes of a small project",
        grace=_grace(app.facts.task_queue),
    )


def _missing_worker(app: App, application: str, evidence: tuple[Evidence, ...]) -> Wanted:
    queues = app.facts.task_queue.queues
    names = queues.value if isinstance(queues, Fact) else ()
    listened = f" --queues={','.join(dict.fromkeys((_default_queue(app), *names)))}" if names else ""
    command = f"exec celery -A {application} worker --loglevel=INFO --concurrency={CONCURRENCY}{listened}"
    rule = "no file starts a worker for this application; without --concurrency it takes the host's number of cores"
    return Wanted(
        name="worker",
        otherwise="worker",
        kind=ComponentKind.WORKER,
        role=Role.WORKER,
        because="tasks of Celery need a worker, which no file of the project starts",
        evidence=evidence,
        command=decide(command, rule, *evidence),
        existing=None,
        size=f"the smallest size has room for {CONCURRENCY} processes of a small project",
        grace=_grace(app.facts.task_queue),
    )


def _grace(queue: TaskQueueFacts) -> Decision[int]:
    limit = queue.time_limit
    if limit is not None and limit.value < LONGEST_GRACE:
        return decide(limit.value + 10, "no task runs longer than the project's time limit", *limit.evidence)
    places = limit.evidence if limit is not None else ()
    return decide(LONGEST_GRACE, "a running task may end first: TERM lets it, and this is the longest wait", *places)


def _beat(app: App, workers: list[Worker]) -> Wanted | None:
    """Beat: as a file starts it, or for what a worker with -B, the schedule or its scheduler says."""
    queue = app.facts.task_queue
    declared = next(
        (
            Worker(process=process, command=command)
            for process in app.facts.processes
            if process.type is ProcessType.BEAT
            and (command := parse_command(process.command, app.variables)) is not None
            and is_celery(command, "beat")
        ),
        None,
    )
    if declared is None and not (isinstance(queue.beat, Fact) and queue.beat.value):
        return None
    embedded = next((w for w in workers if any(w.command.option(name) is not None for name in _BEAT)), None)
    evidence: tuple[Evidence, ...]
    if declared is not None:
        process, command, file = declared.process, declared.command, file_called(declared.process.source)
        evidence, name, because, rule = (process.evidence,), process.name, f"{file} starts beat", f"as {file} starts it"
    else:
        command, rule, evidence = _made_beat(queue, embedded)
        name, because = "beat", "something runs on a schedule, and no file starts beat"
    command, rule = _with_schedule(queue, command.without({"--detach": 0}), rule)
    existing = existing_named(app, "workers", name) if declared is not None else None
    return Wanted(
        name=name,
        otherwise="beat",
        kind=ComponentKind.WORKER,
        role=Role.BEAT,
        because=because,
        evidence=evidence,
        command=decide(f"exec {command.text}", rule, *evidence),
        existing=existing,
        size="beat only sends what is due: the smallest size",
        one_only="a second beat would send every task twice",
        grace=decide(BEAT_GRACE, "an old beat that waits beside the new one would send tasks twice"),
    )


def _made_beat(queue: TaskQueueFacts, embedded: Worker | None) -> tuple[Command, str, tuple[Evidence, ...]]:
    """A command of our own, for the application and with the scheduler of the worker that had beat in it."""
    application = queue.app.value if isinstance(queue.app, Fact) and queue.app.value else ""
    rule, evidence = "no file starts beat alone", queue.beat.evidence
    words = ["beat", "--loglevel=INFO"]
    if embedded is not None:
        application = embedded.command.option(*_APP) or application
        scheduler = embedded.command.option(*_SCHEDULER)
        words += [f"--scheduler={scheduler}"] if scheduler else []
        rule, evidence = f"{file_called(embedded.process.source)} runs it inside a worker", (embedded.process.evidence,)
    return Command(before=(), program="celery", arguments=("-A", application, *words)), rule, evidence


def _with_schedule(queue: TaskQueueFacts, command: Command, rule: str) -> tuple[Command, str]:
    """The command with its file where the process may write, unless the schedule is kept in a database."""
    setting = queue.beat_scheduler.value if isinstance(queue.beat_scheduler, Fact) else None
    scheduler = command.option(*_SCHEDULER) or setting or ""
    command = command.without(_SCHEDULE)
    if DATABASE_SCHEDULER.search(scheduler):
        return command, f"{rule}; {scheduler.rpartition(':')[2].rpartition('.')[2]} keeps the schedule"
    return (
        command.plus(f"--schedule={SCHEDULE_FILE}"),
        f"{rule}; its file goes to /tmp, as the user of the image may write nowhere else",
    )


def _default_queue(app: App) -> str:
    names = ("CELERY_TASK_DEFAULT_QUEUE", "CELERY_DEFAULT_QUEUE")
    found = [app.facts.django.settings[name].configured for name in names if name in app.facts.django.settings]
    return next((value for value in found if isinstance(value, str)), "celery")


def _unserved_queues(app: App, workers: list[Worker]) -> Iterator[PlanNote]:
    """Queues of the routes that no declared worker listens to."""
    queue = app.facts.task_queue
    if not workers or not isinstance(queue.queues, Fact):
        return
    if any("QUEUES" in evidence.note for evidence in queue.queues.evidence):
        return  # with task_queues a worker listens to all of them
    default = _default_queue(app)
    heard = {name for w in workers for name in (w.command.option(*_QUEUES) or default).split(",")}
    unserved = [name for name in queue.queues.value if name not in heard]
    if unserved:
        yield PlanNote(
            code="queue-without-worker",
            message=f"no worker listens to {', '.join(unserved)}: tasks that are routed there wait for ever",
            evidence=(*queue.queues.evidence, *(w.process.evidence for w in workers)),
            remedy=f"add --queues=celery,{','.join(unserved)} to a worker's command",
        )


def _undecided_beat(queue: TaskQueueFacts, beat: Wanted | None) -> Iterator[PlanNote]:
    if beat is None and not isinstance(queue.beat, Fact):
        yield PlanNote(
            code="beat-not-known",
            message=f"whether tasks run on a schedule cannot be told: {queue.beat.reason}",
            evidence=queue.beat.evidence,
            remedy="add a process for beat to the Procfile if they do",
        )
