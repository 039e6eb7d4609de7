"""What starts: the Procfile's processes, since bin/release names none."""

from collections.abc import Mapping
from dataclasses import replace

from analyzer.buildpacks.boot import Port, describe_boot
from analyzer.buildpacks.heroku_classic import app_platform
from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.notes import Notes, absent
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.start_command import web_line
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import PredictedFailure, Step
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.procfile import SOURCE, ProcfileLine, parse_procfile

_HEROKU = Port(
    set_by_platform=True,
    log="Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch",
)
_APP_PLATFORM = Port(
    set_by_platform=True, assumed=app_platform.PORT, log="DeployContainerHealthChecksFailed: Readiness probe failed"
)
_NO_WEB = 'at=error code=H14 desc="No web processes running"'
_NO_RUN_COMMAND = "(the component cannot be deployed without a run command)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Processes:
    """Commands by the name of the process, and the one that serves requests."""

    commands: Mapping[str, str]
    default: str | None


def predict_processes(source: Source, environment: Mapping[str, str], release: Release, notes: Notes) -> Processes:
    """The processes that the platform starts, and what happens when the web process does."""
    # App Platform's reader is not published and is taken to be Heroku's.
    lines = parse_procfile((source.tree.read("Procfile") or b"") if source.tree.is_file("Procfile") else b"")
    for line in lines:
        _describe(line, release, notes)
    commands = {line.name: line.command for line in lines}
    default, evidence = "web" if "web" in commands else None, Evidence(path="Procfile")
    port = _APP_PLATFORM if release.app_platform else _HEROKU
    if default is not None:
        evidence = next(Evidence(path="Procfile", line=line.line) for line in lines if line.name == default)
    for given in app_platform.run_commands(source)[:1] if release.app_platform else ():
        text = f"the app spec starts `{given.command}`"
        notes.say(Step.PROCESSES, text, given.evidence, source="App Platform reference: app spec")
        commands[given.service] = given.command
        default, evidence, port = given.service, given.evidence, replace(port, assumed=given.port)
    if default is None:
        notes.fail(_nothing_starts(source, release))
    else:
        describe_boot(source, commands[default], evidence, environment, port, notes)
    return Processes(commands=commands, default=default)


def _describe(line: ProcfileLine, release: Release, notes: Notes) -> None:
    evidence = Evidence(path="Procfile", line=line.line)
    if line.command.startswith(": "):
        notes.fail(MESSAGES.failure("processes::space-before-colon", evidence, name=line.name, command=line.command))
    text, mode = f"{line.name}: `{line.command}`", None
    if line.name == "release":
        text += ", before each release"
        if release.app_platform:
            command = line.command.removeprefix(": ")
            text = f"`{command}` is not run: App Platform has no release phase, only jobs of the app spec"
            mode = "A11"
    notes.say(Step.PROCESSES, text, evidence, source=SOURCE, mode=mode)


def _nothing_starts(source: Source, release: Release) -> PredictedFailure:
    there = source.tree.exists("Procfile")
    evidence = Evidence(path="Procfile", note="no process `web`") if there else absent("Procfile")
    remedy = f"add {'the line' if there else 'a Procfile with the line'} {web_line(source)}"
    if release.app_platform:
        remedy += ", or set it as run_command of the component"
    return MESSAGES.failure(
        "processes::none",
        evidence,
        why="the Procfile has none" if there else "there is no Procfile",
        log=_NO_RUN_COMMAND if release.app_platform else _NO_WEB,
        remedy=remedy,
    )
