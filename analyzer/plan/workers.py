"""Everything that runs in the background: Celery, other task queues, and what else the project declares as a worker."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import Process, ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import HANDING_ON_TERM, ComponentKind, Decision, PlanNote, Role
from analyzer.plan.celery import Worker, celery_components, is_celery
from analyzer.plan.commands import Command, ends_on_term, management_command, parse_command
from analyzer.plan.components import LONGEST_GRACE, App, Planned, Wanted, all_of, existing_of
from analyzer.plan.decisions import decide
from analyzer.plan.sources import file_called
from analyzer.plan.tables import table

_WATCHES = lazy_pattern(r"\b(?:watch\w*|livereload|nodemon|tailwind)\b")
_MODULE = lazy_pattern(r"[\w.]+:\w+")
"""What is left of `gunicorn shop.wsgi:application` where a Procfile's line lacks the name in front of it."""


def plan_workers(app: App) -> Planned:
    """The workers of the app and what could not become one."""
    declared, notes = _declared(app)
    wanted: list[Wanted] = []
    if _kind(app) == "celery" or any(is_celery(w.command, "worker") for w in declared):
        celery, celery_notes = celery_components(app, declared)
        wanted += celery
        notes = [note for note in notes if not _is_made(app, note, celery)] + celery_notes
    others = [w for w in declared if not is_celery(w.command, "worker")]
    wanted += [_declared_worker(app, worker) for worker in _distinct(others)]
    wanted += [_scheduler(app, worker) for worker in _schedulers(app)]
    missing = _missing_worker(app, others)
    wanted += [missing] if missing is not None else []
    planned = all_of(app, wanted)
    return replace(planned, notes=(*notes, *planned.notes, *_left_out(app)))


def _kind(app: App) -> str | None:
    kind = app.facts.task_queue.kind
    return kind.value if isinstance(kind, Fact) else None


def _declared(app: App) -> tuple[list[Worker], list[PlanNote]]:
    """The declared workers: those of the first kind of file, then programs that only another kind of file has."""
    processes = [p for p in app.facts.processes if p.type is ProcessType.WORKER]
    found: list[Worker] = []
    notes: list[PlanNote] = []
    programs: set[str] = set()
    for source in dict.fromkeys(p.source for p in processes):
        of_source = [p for p in processes if p.source == source]
        new: set[str] = set()
        for process in of_source:
            command = parse_command(process.command, app.variables)
            if command is None:
                notes.append(_not_understood(process))
                continue
            program = _program(command)
            if program not in programs:
                found.append(Worker(process=process, command=command))
                new.add(program)
        programs |= new
    return found, notes


def _is_made(app: App, note: PlanNote, celery: list[Wanted]) -> bool:
    """Whether the process of a note is a worker of Celery, of which there is a component with another command."""
    processes = [p for p in app.facts.processes if p.evidence in note.evidence]
    worker = any(one.role is Role.WORKER for one in celery)
    return worker and bool(processes) and all(p.program == "celery" and "worker" in p.arguments for p in processes)


def _program(command: Command) -> str:
    return f"manage.py {management_command(command)}" if management_command(command) else command.program


def _distinct(workers: Iterable[Worker]) -> Iterator[Worker]:
    """Those that differ in more than options: the same program twice is one component with more containers."""
    seen: set[tuple[str, ...]] = set()
    for worker in workers:
        words = (a for a in worker.command.arguments if not a.startswith("-") and not a.isdigit())
        key = (worker.command.program, *words)
        if key not in seen:
            seen.add(key)
            yield worker


def _schedulers(app: App) -> Iterator[Worker]:
    """Schedulers of other task queues (rqscheduler)."""
    for process in app.facts.processes:
        command = parse_command(process.command, app.variables) if process.type is ProcessType.BEAT else None
        if command is not None and not is_celery(command, "beat") and command.program != "supercronic":
            yield Worker(process=process, command=command)
            return


def _declared_worker(app: App, worker: Worker) -> Wanted:
    process = worker.process
    return Wanted(
        name=process.name,
        otherwise="worker",
        kind=ComponentKind.WORKER,
        role=Role.WORKER,
        because=f"{file_called(process.source)} starts it beside the web process",
        evidence=(process.evidence,),
        command=_started(worker),
        existing=existing_of(app, "workers", process),
        size="nothing says that it needs more than the smallest size",
        grace=decide(LONGEST_GRACE, "what it works on may end first: this is the longest wait after TERM"),
    )


def _started(worker: Worker) -> Decision[str]:
    """The worker's command as the first process of a container."""
    command, process = worker.command, worker.process
    rule = f"as {file_called(process.source)} starts it"
    if ends_on_term(command):
        return decide(f"exec {command.text}", rule, process.evidence)
    rule += "; timeout (0: without end) hands TERM on, which Python ignores as the first process"
    return decide(f"exec {HANDING_ON_TERM}{command.text}", rule, process.evidence)


def _scheduler(app: App, worker: Worker) -> Wanted:
    process = worker.process
    return Wanted(
        name=process.name,
        otherwise="scheduler",
        kind=ComponentKind.WORKER,
        role=Role.BEAT,
        because=f"{file_called(process.source)} starts a scheduler",
        evidence=(process.evidence,),
        command=_started(worker),
        existing=existing_of(app, "workers", process),
        size="a scheduler only sends what is due: the smallest size",
        one_only="a second scheduler would send every task twice",
        grace=decide(10, "an old scheduler that waits beside the new one would send tasks twice"),
    )


def _missing_worker(app: App, declared: list[Worker]) -> Wanted | None:
    """The worker of a task queue other than Celery that no file starts."""
    kind = _kind(app)
    row = table("task_queues").get(kind or "")
    if row is None or declared or not _is_used(app, row):
        return None
    queues = app.facts.task_queue.queues
    names = queues.value if isinstance(queues, Fact) and queues.value else (row.get("queues", ""),)
    command = row["command"].format(queues=" ".join(names)).strip()
    evidence: tuple[Evidence, ...] = app.facts.task_queue.kind.evidence
    return Wanted(
        name="worker",
        otherwise="worker",
        kind=ComponentKind.WORKER,
        role=Role.WORKER,
        because=f"tasks of {kind} need a worker, which no file of the project starts",
        evidence=evidence,
        command=decide(f"exec {command}", f"the command of {kind}'s documentation", *evidence),
        existing=None,
        size="nothing says that it needs more than the smallest size",
        grace=decide(LONGEST_GRACE, "a running task may end first: this is the longest wait after TERM"),
    )


def _is_used(app: App, row: dict[str, object]) -> bool:
    """Whether the queue is one that a worker empties, and the command there."""
    packages = row.get("packages")
    if isinstance(packages, list) and not any(app.facts.dependencies.has(name) for name in packages):
        return False
    words, setting = row.get("words"), app.facts.django.settings.get(str(row.get("setting")))
    return not isinstance(words, list) or (
        setting is not None and any(word in str(setting.configured) for word in words)
    )


def _not_understood(process: Process) -> PlanNote:
    return PlanNote(
        code="process-not-understood",
        message=f"the command of {process.name} needs a shell and what its script sets, so it is no component",
        evidence=(process.evidence,),
        remedy="add it to the Procfile as one command, or to the app spec by hand",
    )


def _left_out(app: App) -> Iterator[PlanNote]:
    """Processes of no type that a component has, such as the dashboard of a task queue; nobody misses a program that
    follows changes of the source.
    """
    seen: set[str] = set()
    read = {one.evidence.path for one in app.facts.server_settings}
    for process in app.facts.processes:
        watches = _WATCHES.search(" ".join((process.program, *process.arguments[:1])))
        known = process.name in seen or _MODULE.fullmatch(process.command) or watches
        if process.type is ProcessType.OTHER and not known:
            seen.add(process.name)
            there = f"{process.evidence.path} starts it beside the web process"
            yield PlanNote(
                code="process-left-out",
                message=f"{process.name} is neither the web process nor a worker, so "
                + (f"it has no component: {there}" if process.evidence.path in read else "it is not deployed"),
                evidence=(process.evidence,),
                remedy="add it to the app spec by hand if it has to run",
            )
