"""The end: that a process stops when it is asked to."""

import contextlib
import time

from docker.errors import APIError

from analyzer.model.app_spec import SpecComponent
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify import containers
from analyzer.verify.app import App
from analyzer.verify.checks.web import ended_early

LONGEST = 120
"""Seconds that are waited at most, however long the grace period is."""


def stops(app: App, component: SpecComponent, *, came_up: bool) -> Finding:
    """Whether the container ends within its grace period after TERM, until when it has to stay up."""
    container = app.containers[component.name]
    if not came_up:
        return not_applicable("it did not come up")
    if not containers.runs(container):
        return ended_early(app, component, containers.lifetime(container))
    limit = min(component.grace_period, LONGEST)
    begin = time.monotonic()
    with contextlib.suppress(APIError):
        container.kill("SIGTERM")
    end = containers.wait(container, limit)
    if end.code is not None:
        return passed(f"{time.monotonic() - begin:.1f} s, exit code {end.code}")
    command = app.command(component)
    fix = "begin run_command with exec, so that the server gets the signal and not the shell"
    if "exec " in command:
        fix = (
            "let the program handle TERM, which the first process of a container ignores without a handler; or let "
            "timeout hand it on: exec timeout --foreground 0 COMMAND"
        )
    return failed(
        f"it is still up {limit} s after TERM, so the platform kills it in the middle of its work",
        fix,
        command=command,
        log=end.log,
        evidence=(component.evidence,),
    )
