"""Starts services and workers, looks at each, and stops them."""

import time

from docker.errors import APIError

from analyzer.model.app_spec import SpecComponent
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify import containers
from analyzer.verify.checks import celery, ending, memory, web
from analyzer.verify.diagnosis import diagnose
from analyzer.verify.session import Session

SETTLE_SECONDS = 5
"""For which a worker of which nothing else is asked must stay up."""


def start_components(run: Session) -> list[SpecComponent]:
    """Start every service and worker; those that the engine could start."""
    return [one for one in (*run.built("services"), *run.built("workers")) if _start(run, one)]


def _start(run: Session, one: SpecComponent) -> bool:
    try:
        container = run.app.start(one, one.name)
    except APIError as error:
        text = str(error.explanation or error)
        found = diagnose([text])
        finding = failed(found.cause, found.fix, log=(text,), evidence=(one.evidence,))
        run.recorder.check("starts", "process starts", one.name, lambda: finding)
        return False
    run.app.containers[one.name] = container
    run.sampler.watch(one.name, container)
    return True


def look_at(run: Session, one: SpecComponent) -> None:
    """Everything that is asked of a service or worker while it is up."""
    if one.kind == "services":
        _service(run, one)
    else:
        _worker(run, one)


def _service(run: Session, one: SpecComponent) -> None:
    app, check = run.app, run.recorder.check
    state = app.states.get(one.name, {})
    if not check("listens", "listens on its port", one.name, lambda: web.listens(app, one)):
        return
    check("health-check", "health check answers", one.name, lambda: web.healthy(app, one))
    check("home-page", "home page answers", one.name, lambda: web.page(app, one, "/"))
    admin = state.get("admin")
    check(
        "admin",
        "admin answers",
        one.name,
        lambda: web.page(app, one, admin) if admin else not_applicable("there is no admin"),
    )
    check("static-file", "static file is served", one.name, lambda: web.static_file(app, one, state))


def _worker(run: Session, one: SpecComponent) -> None:
    app, check = run.app, run.recorder.check
    started = celery.celery_command(app.command(one), app.environments[one.name])
    lines: list[str] = []
    if started is not None and started.worker:
        begin = time.monotonic()
        state = celery.worker_state(app, one, started)
        check("worker-answers", "Celery worker answers", one.name, lambda: celery.answers(app, one, state), since=begin)
        check("worker-works", "Celery worker runs a task", one.name, lambda: celery.works(app, one, state))
        lines += celery.told(state)
    if started is not None and started.beat:
        begin = time.monotonic()
        beat = celery.beat_state(app, one, started)
        check(
            "beat-schedule",
            "Celery beat loads its schedule",
            one.name,
            lambda: celery.schedule(app, one, beat),
            since=begin,
        )
        check("beat-sends", "Celery beat sends", one.name, lambda: celery.sends(app, one, beat))
        lines += celery.told(beat)
    seconds = 0 if started else SETTLE_SECONDS
    check("stays-up", "process stays up", one.name, lambda: _stays_up(run, one, seconds, lines))


def _stays_up(run: Session, one: SpecComponent, seconds: float, told: list[str]) -> Finding:
    begin = time.monotonic()
    while containers.runs(run.app.containers[one.name]):
        if time.monotonic() - begin >= seconds:
            return passed()
        time.sleep(containers.PAUSE)
    return web.ended_early(run.app, one, time.monotonic() - begin, told)


def look_at_memory(run: Session, one: SpecComponent) -> None:
    """The most memory that the component took, against its size."""
    peak, size = run.sampler.peaks.get(one.name, 0), run.app.size(one)
    run.usage.append(memory.usage(one, peak, size))
    container = run.app.containers[one.name]
    container.reload()
    killed = bool(container.attrs["State"]["OOMKilled"])
    run.recorder.check(
        "memory", "memory is enough", one.name, lambda: memory.enough(one, peak, size, out_of_memory=killed)
    )


def stop(run: Session, one: SpecComponent) -> None:
    """Ask the component to stop, as a deployment does."""
    came_up = run.recorder.holds("listens" if one.kind == "services" else "stays-up", one.name)
    run.recorder.check(
        "stops-in-time", "stops when it is asked to", one.name, lambda: ending.stops(run.app, one, came_up=came_up)
    )
