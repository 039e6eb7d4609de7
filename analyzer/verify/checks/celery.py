"""Celery: that a worker answers and works, that beat has a schedule and can send."""

import shlex
from typing import Any

from analyzer.model.app_spec import SpecComponent
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify import containers
from analyzer.verify.app import App
from analyzer.verify.diagnosis import diagnose

SECONDS = 120
"""For a worker to come up and to work."""
NAMED = 5
_SCHEDULERS = ("-S", "--scheduler")
_APPS = ("-A", "--app")


@dataclass(frozen=True, slots=True, kw_only=True)
class CeleryCommand:
    """What a command starts of Celery."""

    app: str
    worker: bool
    beat: bool
    scheduler: str | None


def celery_command(command: str, environment: dict[str, str]) -> CeleryCommand | None:
    """The Celery process that a command starts; None where it starts none."""
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    begin = next((at for at, word in enumerate(words) if word.rpartition("/")[2] == "celery"), None)
    if begin is None:
        return None
    rest = words[begin + 1 :]
    app = _option(rest, _APPS) or environment.get("CELERY_APP")
    worker, beat = "worker" in rest, "beat" in rest or "-B" in rest or "--beat" in rest
    if app is None or not (worker or beat):
        return None
    return CeleryCommand(app=app, worker=worker, beat=beat, scheduler=_option(rest, _SCHEDULERS))


def _option(words: list[str], names: tuple[str, ...]) -> str | None:
    """The value of an option, in any of the ways in which it can be written."""
    for at, word in enumerate(words):
        if word in names:
            return words[at + 1] if at + 1 < len(words) else None
        for name in names:
            if name.startswith("--") and word.startswith(f"{name}="):
                return word.removeprefix(f"{name}=")
            if not name.startswith("--") and word.startswith(name) and len(word) > len(name):
                return word.removeprefix(name)
    return None


def worker_state(app: App, component: SpecComponent, celery: CeleryCommand) -> dict[str, Any]:
    """What a ping and a task of Celery's own bring."""
    return app.probe(component, "celery_worker", app=celery.app, host=component.name, seconds=SECONDS)


def told(state: dict[str, Any]) -> list[str]:
    """The lines with which a probe failed; none where it did not."""
    return [*state.get("traceback", ()), state["error"]] if "error" in state else []


def answers(app: App, component: SpecComponent, state: dict[str, Any]) -> Finding:
    """Whether the worker answers a ping through the broker."""
    nodes = state.get("answered")
    if nodes:
        return passed(f"{', '.join(nodes)} through {state.get('broker')}")
    log = containers.log_of(app.containers[component.name])
    found = diagnose([*log, *told(state)])
    return failed(
        f"the worker does not answer: {found.cause}",
        found.fix or "see the worker's log",
        command=app.command(component),
        log=log,
        evidence=(component.evidence,),
    )


def works(app: App, component: SpecComponent, state: dict[str, Any]) -> Finding:
    """Whether the worker runs a task that is sent to its queue."""
    if not state.get("answered"):
        return not_applicable("the worker does not answer")
    if state.get("ran"):
        return passed(
            f"celery.accumulate from the queue {state['queues'][0]}; {state.get('tasks', 0)} tasks of the project"
        )
    return failed(
        "the worker takes no task from its queue within a minute"
        if state.get("queues")
        else "the worker listens to no queue",
        "see the worker's log; with --queues, name one that the project sends to",
        command=app.command(component),
        log=containers.log_of(app.containers[component.name]),
        evidence=(component.evidence,),
    )


def beat_state(app: App, component: SpecComponent, celery: CeleryCommand) -> dict[str, Any]:
    """What beat's scheduler loads, and whether it can send."""
    return app.probe(component, "celery_beat", app=celery.app, scheduler=celery.scheduler, seconds=SECONDS)


def schedule(app: App, component: SpecComponent, state: dict[str, Any]) -> Finding:
    """Whether beat loads its schedule and every task in it is one that the project has."""
    more: dict[str, Any] = {"command": app.command(component), "evidence": (component.evidence,)}
    if "error" in state:
        found = diagnose(told(state))
        return failed(f"beat cannot load its schedule: {found.cause}", found.fix or "see the log", **more)
    if state["unknown"]:
        return failed(
            f"the schedule names tasks that the project does not have: {', '.join(state['unknown'][:NAMED])}",
            "correct their names in the schedule, or import the modules that have them",
            **more,
        )
    names = [name for name in state["entries"] if name != "celery.backend_cleanup"]
    return passed(f"{len(names)} entries, {state['scheduler'].rpartition('.')[2]}", command=more["command"])


def sends(app: App, component: SpecComponent, state: dict[str, Any]) -> Finding:
    """Whether beat's scheduler can send, and the process is up."""
    container = app.containers[component.name]
    if "error" in state:
        return not_applicable("beat cannot load its schedule")
    if not containers.runs(container):
        return not_applicable("beat is not up")
    return passed("a message went to the broker")
