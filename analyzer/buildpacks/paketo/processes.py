"""What starts: python-start build.go, poetry-run build.go, procfile build.go."""

from analyzer.buildpacks.boot import Port, describe_boot
from analyzer.buildpacks.lifecycle import Resolution
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.paketo.detect import LIVE_RELOAD
from analyzer.buildpacks.paketo.procfile import PROCFILE, VARIABLE, Entry, Procfile, UnreadableProcfile, read_procfile
from analyzer.buildpacks.paketo.pyproject import Read, read_script
from analyzer.buildpacks.paketo.switches import is_switched_on
from analyzer.buildpacks.paketo.tables import MESSAGES, lines
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.start_command import web_line
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step
from analyzer.model.quick_dataclass import dataclass

_DEFAULTS = ("web", "worker")
"""Names that the Procfile's buildpack makes the default, in any case of letters."""
_PORT = Port(set_by_platform=True, log="(the platform's health check gets no answer)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Processes:
    """Commands by the type of the process, and the default type; the last buildpack that names one decides."""

    commands: dict[str, str]
    default: str


def predict_processes(source: Source, resolution: Resolution, environment: dict[str, str], notes: Notes) -> Processes:
    """The processes of the image."""
    commands, default, evidence = _started_by_python(source, resolution, notes)
    entries = _from_procfile(source, notes)
    commands.update((name, entry.command) for name, entry in entries.items())
    for wanted in _DEFAULTS:
        named = next((name for name in sorted(entries) if name.casefold() == wanted), None)
        if named is not None:
            default, evidence = named, entries[named].evidence
            break
    if default.casefold() != "web" or commands[default] == "python":
        _fail_with_interpreter(source, entries, default, notes)
    else:
        describe_boot(source, commands[default], evidence, environment, _PORT, notes)
    return Processes(commands=commands, default=default)


def _started_by_python(source: Source, resolution: Resolution, notes: Notes) -> tuple[dict[str, str], str, Evidence]:
    if "poetry-run" not in resolution.group:
        evidence = Evidence(path=".", note="every app that is built with it")
        notes.say(Step.PROCESSES, "web: `python`, unless the Procfile has one", evidence, source=lines("start_python"))
        return {"web": "python"}, "web", evidence
    target, evidence = source.variables.get("BP_POETRY_RUN_TARGET"), Evidence(path=".", note="BP_POETRY_RUN_TARGET")
    script = read_script(source)
    if target is None and isinstance(script, Read):
        target, evidence = script.value, script.evidence
    command = f"poetry run {target}"
    notes.say(Step.PROCESSES, f"web: `{command}`", evidence, source=lines("start_poetry"))
    if is_switched_on(source, LIVE_RELOAD) is True:
        reloading = f"watchexec --restart --watch /workspace --shell none -- {command}"
        return {"web": command, "reload-web": reloading}, "reload-web", evidence
    return {"web": command}, "web", evidence


def _from_procfile(source: Source, notes: Notes) -> dict[str, Entry]:
    procfile = read_procfile(source)
    if isinstance(procfile, UnreadableProcfile):
        values = {"reason": procfile.reason, "web": web_line(source)}
        notes.fail(MESSAGES.failure("procfile::unreadable", procfile.evidence, **values))
        return {}
    for name, entry in procfile.entries.items():
        mode = "A11" if name == "release" else None
        text = f"{name}: `{entry.command}`"
        if mode is not None:
            text += ", a process like any other: nothing runs it before a release"
        notes.say(Step.PROCESSES, text, entry.evidence, source=lines("start_procfile"), mode=mode)
    _describe_ignored(source, procfile, notes)
    return procfile.entries


def _describe_ignored(source: Source, procfile: Procfile, notes: Notes) -> None:
    content = source.tree.read(PROCFILE)
    if content is None:
        return
    if any(entry.evidence.path == PROCFILE for entry in procfile.entries.values()):
        if source.variables.get(VARIABLE):
            notes.warn(MESSAGES.warning("procfile::default", Evidence(path=PROCFILE)))
        for line, text in procfile.ignored:
            notes.warn(MESSAGES.warning("procfile::line-ignored", Evidence(path=PROCFILE, line=line), line=text))
        return
    line, reason = 1, "it is empty" if not content.strip() else "none is `NAME: COMMAND`"
    if b"\0" in content:
        reason = "it is in UTF-16"
    elif procfile.ignored:
        line, text = procfile.ignored[0]
        reason = f"`{text}`"
    values = {"reason": reason, "web": web_line(source)}
    notes.fail(MESSAGES.failure("procfile::no-processes", Evidence(path=PROCFILE, line=line), **values))


def _fail_with_interpreter(source: Source, entries: dict[str, Entry], default: str, notes: Notes) -> None:
    """`web` is the interactive interpreter; the default process may be the Procfile's worker."""
    there = source.tree.exists(PROCFILE)
    evidence = Evidence(path=PROCFILE, note="no process `web`") if there else absent(PROCFILE)
    detail = f", as `web`; the default process is {default}" if default != "web" else ""
    where = "the line" if there else "a Procfile with the line"
    values = {"detail": detail, "where": where, "web": web_line(source)}
    notes.fail(MESSAGES.failure("python-start::repl", evidence, **values))
