"""What starts: cmd/config/entrypoint/lib/lib.go and cmd/python/missing_entrypoint/lib/lib.go."""

import re
from dataclasses import field
from typing import NoReturn

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.google.detect import ENTRYPOINT, app_yaml_entrypoint
from analyzer.buildpacks.google.procfile import PROCFILE, Process, read_procfile
from analyzer.buildpacks.google.project import (
    PYPROJECT,
    Unreadable,
    is_poetry_project,
    is_pyproject_enabled,
    is_uv_project,
    package_present,
    read_script,
)
from analyzer.buildpacks.google.python_version import InvalidVersion, RequestedPython, is_at_least
from analyzer.buildpacks.google.tables import MESSAGES, lines, table
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.start_command import web_line
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.prediction import Step
from analyzer.model.quick_dataclass import dataclass

_ADK = "google-adk"
_MAY_DEFINE_APP = lazy_pattern(rb"^(?![ \t]*#).*(?:\bapp\b|import[ \t]+\*)", re.MULTILINE)
_IMPORTING = ("gunicorn", "uvicorn", "fastapi[standard]")
"""With these the command names a module that has to have an `app`."""
MAX_SHOWN = 20
"""Processes that a failure names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """Commands by process type; `web` is the default one. `server` is the package that the guess went by."""

    commands: dict[str, str] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=lambda: Evidence(path="."))
    server: str | None = None


def start_as_told(source: Source, notes: Notes) -> Started:
    """GOOGLE_ENTRYPOINT, the Procfile or app.yaml. Raises BuildStops when the Procfile does not name `web`."""
    given = source.variables.get(ENTRYPOINT)
    if given:
        evidence = Evidence(path=".", note=f"the variable {ENTRYPOINT}")
        notes.say(Step.PROCESSES, f"web: `{given}`", evidence, source=lines("procfile"))
        return Started(commands={"web": given}, evidence=evidence)
    if not source.tree.exists(PROCFILE):
        stated = app_yaml_entrypoint(source)
        command, evidence = stated if stated is not None else ("", Evidence(path="."))
        notes.say(Step.PROCESSES, f"web: `{command}`", evidence, source=lines("procfile"))
        return Started(commands={"web": command}, evidence=evidence)
    processes = read_procfile(source)
    web = web_line(source)
    if processes is None:
        raise BuildStops(MESSAGES.failure("config.entrypoint::unreadable", Evidence(path=PROCFILE), web=web))
    ignored = _ignored_lines(source, processes)
    if not processes:
        evidence, reason = _why_empty(source, ignored)
        raise BuildStops(MESSAGES.failure("config.entrypoint::no-processes", evidence, reason=reason, web=web))
    for line, text in ignored:
        notes.warn(MESSAGES.warning("config.entrypoint::line-ignored", Evidence(path=PROCFILE, line=line), line=text))
    return _processes_of(processes, web, notes)


def _processes_of(processes: tuple[Process, ...], suggested: str, notes: Notes) -> Started:
    commands: dict[str, str] = {}
    for process in processes:
        if process.repeated:
            values = {"name": process.name, "command": process.command}
            notes.warn(MESSAGES.warning("config.entrypoint::duplicate", process.evidence, **values))
            continue
        mode = "A11" if process.name == "release" else None
        text = f"{process.name}: `{process.command}`"
        if mode is not None:
            text += ", a process like any other: nothing runs it before a release"
        notes.say(Step.PROCESSES, text, process.evidence, source=lines("procfile"), mode=mode)
        commands[process.name] = process.command
    web = next((process for process in processes if process.name == "web"), None)
    if web is None:
        shown = processes[:MAX_SHOWN]
        names = [*dict.fromkeys(process.name for process in shown)] + ["…"] * (len(processes) > MAX_SHOWN)
        values = {"names": " ".join(names), "web": suggested}
        raise BuildStops(MESSAGES.failure("config.entrypoint::no-web", *(p.evidence for p in shown), **values))
    return Started(commands=commands, evidence=web.evidence)


def _ignored_lines(source: Source, processes: tuple[Process, ...]) -> list[tuple[int, str]]:
    """Lines that look like an entry and are none."""
    told = {process.evidence.line for process in processes}
    text = (source.tree.read(PROCFILE) or b"").decode("utf-8", "replace")
    numbered = ((number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if number not in told)
    return [(number, line) for number, line in numbered if ":" in line and not line.startswith("#")]


def _why_empty(source: Source, ignored: list[tuple[int, str]]) -> tuple[Evidence, str]:
    content = source.tree.read(PROCFILE) or b""
    if b"\0" in content:
        return Evidence(path=PROCFILE, note="UTF-16"), "it is in UTF-16"
    if ignored:
        return Evidence(path=PROCFILE, line=ignored[0][0]), f"`{ignored[0][1]}`"
    return Evidence(path=PROCFILE), "it is empty" if not content.strip() else "none is `NAME: COMMAND`"


def start_by_guess(source: Source, requested: RequestedPython, notes: Notes) -> Started:
    """The build of missing-entrypoint. Raises BuildStops where it gives up."""
    web = web_line(source)
    newer = is_at_least(requested, 13)
    if isinstance(newer, InvalidVersion):
        values = {"version": newer.version, "origin": requested.origin, "web": web}
        raise BuildStops(MESSAGES.failure("python.missing-entrypoint::version", requested.evidence, **values))
    file = next((name for name in ("main.py", "app.py") if source.tree.exists(name)), None)
    startable = file is not None or (newer and _present(source, _ADK))
    if not startable and not source.tree.exists(PYPROJECT):
        raise BuildStops(MESSAGES.failure("python.missing-entrypoint", absent("Procfile"), web=web))
    by_server = _by_server(source, file, newer)
    script = _script(source) if is_pyproject_enabled(source) else None
    if script is None and not startable and is_pyproject_enabled(source):
        evidence = Evidence(path=PYPROJECT, note="no single script")
        raise BuildStops(MESSAGES.failure("python.missing-entrypoint::pyproject", evidence, web=web))
    started = _by_script(source, *script) if script is not None else by_server
    start, evidence = started.commands["web"], started.evidence
    notes.say(Step.PROCESSES, f"web: `{start}`, a guess", evidence, source=lines("entrypoint"))
    notes.warn(MESSAGES.warning("python.missing-entrypoint::default", evidence, start=start))
    if script is not None and script[0] != "start":
        notes.fail(MESSAGES.failure("python.missing-entrypoint::script", evidence, start=start, web=web))
    elif started.server in _IMPORTING:
        _describe_import(source, file, start, evidence, notes)
        if started.server == "gunicorn" and is_pyproject_enabled(source) and not _present(source, "gunicorn"):
            evidence = Evidence(path=PYPROJECT, note="does not ask for gunicorn")
            notes.fail(MESSAGES.failure("python.missing-entrypoint::no-server", evidence, start=start, web=web))
    return started


def _by_server(source: Source, file: RepoPath | None, newer: bool) -> Started:
    """By the first of the known packages that is asked for; before Python 3.13 always gunicorn."""
    servers = table()["servers"]
    row = next((row for row in servers if newer and _present(source, row["package"])), servers[0])
    module = file or "app.py"
    command = row["command"].format(module=f"{module.removesuffix('.py')}:app", file=module)
    evidence = Evidence(path=file) if file is not None else absent("main.py or app.py")
    return Started(commands={"web": command}, evidence=evidence, server=row["package"])


def _script(source: Source) -> tuple[str, Evidence] | None:
    script = read_script(source)
    if isinstance(script, Unreadable):
        _stop_at(script)
    return script


def _by_script(source: Source, script: str, evidence: Evidence) -> Started:
    poetry = is_poetry_project(source)
    if isinstance(poetry, Unreadable):
        _stop_at(poetry)
    runner = "poetry run " if poetry is not None else "uv run " if is_uv_project(source) else ""
    return Started(commands={"web": f"{runner}{script}"}, evidence=evidence)


def _present(source: Source, package: str) -> bool:
    present = package_present(source, package)
    if isinstance(present, Unreadable):
        _stop_at(present)
    return present is True


def _stop_at(unreadable: Unreadable) -> NoReturn:
    values = {"reason": unreadable.reason, "path": unreadable.evidence.path}
    raise BuildStops(MESSAGES.failure("python.missing-entrypoint::unreadable", unreadable.evidence, **values))


def _describe_import(source: Source, file: RepoPath | None, start: str, evidence: Evidence, notes: Notes) -> None:
    """Whether the server can import `app` from the module that it is given."""
    web = web_line(source)
    if file is None:
        values = {"start": start, "module": "app", "web": web}
        notes.fail(MESSAGES.failure("python.missing-entrypoint::guessed", evidence, **values))
        return
    if source.tree.is_file(file) and _MAY_DEFINE_APP.search(source.tree.read(file) or b"") is None:
        values = {"start": start, "path": file, "module": file.removesuffix(".py"), "web": web}
        notes.fail(MESSAGES.failure("python.missing-entrypoint::no-app", evidence, **values))
