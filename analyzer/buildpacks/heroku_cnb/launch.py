"""buildpacks-procfile, src/main.rs and src/launch.rs: the processes of the image and its default one."""

from collections.abc import Mapping
from dataclasses import field

from analyzer.buildpacks.boot import Port, describe_boot
from analyzer.buildpacks.heroku_cnb.messages import MESSAGES, table
from analyzer.buildpacks.heroku_cnb.procfile import Entry, InvalidProcfile, Procfile, parse_procfile
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.start_command import web_line
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import PredictedFailure, Step
from analyzer.model.quick_dataclass import dataclass

_PORT = Port(
    set_by_platform=True,
    log="Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Processes:
    """Commands by the name of the process, and the one that starts without being asked for."""

    commands: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None


def predict_processes(source: Source, environment: Mapping[str, str], notes: Notes) -> Processes:
    """The processes of the Procfile, and what happens when the default one starts."""
    if not source.tree.exists("Procfile"):
        notes.fail(_no_default(source, "there is no Procfile", absent("Procfile")))
        return Processes()
    procfile = _read(source)
    if isinstance(procfile, PredictedFailure):
        notes.fail(procfile)
        return Processes()
    _warn(procfile, notes)
    found = procfile.processes
    for entry in found.values():
        _describe(entry, notes)
    default = "web" if "web" in found else next(iter(found)) if len(found) == 1 else None
    if default is None:
        notes.fail(_no_default(source, "the Procfile has no `web`", Evidence(path="Procfile")))
    else:
        entry = found[default]
        evidence = Evidence(path="Procfile", line=entry.line)
        describe_boot(source, entry.command, evidence, environment, _PORT, notes)
    return Processes(commands={name: entry.command for name, entry in found.items()}, default=default)


def _read(source: Source) -> Procfile | PredictedFailure:
    content = source.tree.read("Procfile")
    try:
        text = None if content is None else content.decode()
    except UnicodeDecodeError:
        text = None
    if text is None:
        return MESSAGES.failure("Cannot read Procfile contents", Evidence(path="Procfile"))
    procfile = parse_procfile(text)
    if isinstance(procfile, InvalidProcfile):
        return _invalid(procfile)
    return procfile


def _invalid(found: InvalidProcfile) -> PredictedFailure:
    name, colon, command = found.text.partition(":")
    if found.text.startswith("{%") or "{{" in found.text:
        fix = "commit the Procfile that the template makes, not the template"
    elif colon and name != name.rstrip() and name.strip():
        fix = f"write `{name.strip()}:{command}` without the space before the colon"
    else:
        fix = "write the line as `name: command`, or remove it"
    evidence = Evidence(path="Procfile", line=found.line)
    return MESSAGES.failure("Invalid Procfile format", evidence, line=found.line, problem=found.problem, fix=fix)


def _warn(procfile: Procfile, notes: Notes) -> None:
    seen: set[str] = set()
    for entry in procfile.entries:
        if entry.written != entry.name:
            evidence = Evidence(path="Procfile", line=entry.line)
            values = {"key": entry.written, "name": entry.name}
            notes.warn(MESSAGES.warning("Procfile key has been corrected", evidence, **values))
    for entry in procfile.entries:
        if entry.name in seen:
            evidence = Evidence(path="Procfile", line=entry.line)
            notes.warn(MESSAGES.warning("Duplicate key found", evidence, name=entry.name))
        seen.add(entry.name)
    if not procfile.entries:
        notes.warn(MESSAGES.warning("Empty file, no processes defined", Evidence(path="Procfile")))


def _describe(entry: Entry, notes: Notes) -> None:
    text, mode = f"{entry.name}: `{entry.command}`, by bash -c", None
    if entry.name == "release":
        text += "; a process like any other: nothing runs it before a release"
        mode = "A11"
    notes.say(
        Step.PROCESSES, text, Evidence(path="Procfile", line=entry.line), source=table()["lines"]["procfile"], mode=mode
    )


def _no_default(source: Source, why: str, evidence: Evidence) -> PredictedFailure:
    there = source.tree.exists("Procfile")
    remedy = f"add {'the line' if there else 'a Procfile with the line'} {web_line(source)}"
    return MESSAGES.failure("processes::none", evidence, why=why, remedy=remedy)
