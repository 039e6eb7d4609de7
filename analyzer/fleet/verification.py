"""The verification of one repository of a fleet, on the machine of a worker and with that machine's Docker engine.

Nothing of the repository is changed: its files are copied, `doctor emit` writes into the copy, and `doctor verify`
tries that. Both are processes of their own, as a user would start them: verify wants one for its signals, and its end,
however it comes, is not the worker's.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from analyzer import __version__
from analyzer.fleet.repositories import Repository
from analyzer.model.errors import EngineError, UsageError
from analyzer.model.fleet import FailedCheck, FleetEntry, ScanOutcome, VerificationOutcome, VerifiedEntry
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.verification import Outcome, Verification
from analyzer.render.document.verification import verification_from

EMIT_SECONDS = 600
ENDING_SECONDS = 120
"""In which verify removes what it made, once it was told to end."""
_DONE, _FAILED, _NO_ENGINE = 0, 5, 6
"""Exit codes of doctor verify: the first two with a result."""
_GIT_DATA = frozenset({"objects", "lfs", "logs", "modules"})
"""Folders of git's data that neither emit nor verify needs, and that take most of the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOptions:
    """What holds for every repository."""

    seconds: float
    """After which a verification is given up."""
    ca_bundle: Path | None = None
    config: Path | None = None
    no_config: bool = False
    retry: bool = False
    """Whether a verification that did not come to its end is done once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyTask:
    """What a worker is told of one repository."""

    name: str
    root: str
    """The same folder on every machine of the cluster."""
    options: tuple[str, ...]
    """Of doctor verify."""
    configuration: tuple[str, ...]
    """Options of emit and verify."""
    seconds: float
    """After which the whole verification is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerState:
    """What a worker says of itself."""

    version: str
    """Of doctor."""
    problem: str
    """Why it has no Docker engine; empty where it has one."""


def tasks_of(
    repositories: Iterable[Repository], entries: Mapping[str, FleetEntry], options: VerifyOptions
) -> list[VerifyTask]:
    """What is to be verified: what was scanned and has no verification yet."""
    named = () if options.config is None else ("--config", str(options.config.absolute()))
    configuration = ("--no-config",) if options.no_config else named
    bundle = () if options.ca_bundle is None else ("--ca-bundle", str(options.ca_bundle.absolute()))
    return [
        VerifyTask(
            name=one.name,
            root=os.path.realpath(one.root),
            options=bundle,
            configuration=configuration,
            seconds=options.seconds,
        )
        for one in repositories
        if _is_wanted(entries[one.name], options.retry)
    ]


def _is_wanted(entry: FleetEntry, retry: bool) -> bool:
    if entry.outcome is not ScanOutcome.SCANNED:
        return False
    found = entry.verification
    return found is None or (retry and not found.outcome.is_answer)


def check_workers(states: Mapping[str, WorkerState]) -> None:
    """Raise UsageError where a worker has another doctor, EngineError where it has no Docker engine."""
    for worker, state in states.items():
        if state.version != __version__:
            raise UsageError(f"the worker {worker} has doctor {state.version}, and this is {__version__}")
        if state.problem:
            raise EngineError(f"worker {worker}: {state.problem}")


def worker_state() -> WorkerState:
    """Asked of every worker before the work begins."""
    from analyzer.verify.engine import connect

    try:
        with closing(connect()):
            return WorkerState(version=__version__, problem="")
    except EngineError as error:
        return WorkerState(version=__version__, problem=str(error))


def verify_one(task: VerifyTask) -> VerifiedEntry:
    """Try the files that doctor emits for a repository.

    Raises UsageError and EngineError where not the repository is at fault, but the worker.
    """
    if not os.path.isdir(task.root):
        raise UsageError(f"the worker has no folder {task.root}")
    with _copy(task.root) as (folder, result):
        try:
            emitted = _run(["emit", folder, "--force", "--quiet", *task.configuration], EMIT_SECONDS)
            if emitted.code:
                return _without_checks(VerificationOutcome.CRASHED, f"doctor emit: {emitted.said}")
            arguments = ["verify", folder, "--json-out", result, "--quiet", *task.options, *task.configuration]
            done = _run(arguments, task.seconds)
        except subprocess.TimeoutExpired as late:
            return _without_checks(VerificationOutcome.TIMED_OUT, f"no end within {late.timeout:g} s")
        if done.code == _NO_ENGINE:
            raise EngineError(done.said)
        if done.code not in (_DONE, _FAILED):
            return _without_checks(VerificationOutcome.CRASHED, f"doctor verify: {done.said}")
        return _entry(verification_from(json.loads(Path(result).read_bytes())))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """A process of doctor that ended."""

    code: int
    said: str
    """Its error, or else the last line that it wrote to standard error."""


def _run(arguments: list[str], seconds: float) -> _Done:
    """Run doctor. Raises subprocess.TimeoutExpired after so many seconds, when it has ended."""
    command = [sys.executable, "-m", "analyzer", *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            _, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.terminate()  # verify removes what it made
            try:
                process.communicate(timeout=ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()  # then its watcher does
            raise
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    error = next((line for line in lines if line.startswith("error: ")), None)
    return _Done(code=process.returncode, said=error or (lines or [f"exit code {process.returncode}"])[-1])


@contextmanager
def _copy(root: str) -> Iterator[tuple[str, str]]:
    """A copy of a repository without most of git's data, and a place for the result; both are removed at the end."""
    with TemporaryDirectory(prefix="doctor-fleet-") as place:
        folder = os.path.join(place, os.path.basename(os.path.realpath(root)))
        shutil.copytree(root, folder, symlinks=True, ignore=_left_out)
        yield folder, os.path.join(place, "result.json")


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Git's data, and what is no file: a pipe would be read for ever."""
    unwanted = _GIT_DATA if os.path.basename(folder) == ".git" else frozenset()
    return {name for name in names if name in unwanted or not _can_be_copied(os.path.join(folder, name))}


def _can_be_copied(path: str) -> bool:
    return os.path.islink(path) or os.path.isfile(path) or os.path.isdir(path)


def _entry(found: Verification) -> VerifiedEntry:
    return VerifiedEntry(
        outcome=VerificationOutcome.PASSED if found.passed else VerificationOutcome.FAILED,
        engine=found.engine,
        failed=tuple(
            FailedCheck(id=check.id, component=check.component, cause=check.finding.cause)
            for check in found.checks
            if check.finding.outcome is Outcome.FAILED
        ),
    )


def _without_checks(outcome: VerificationOutcome, reason: str) -> VerifiedEntry:
    return VerifiedEntry(outcome=outcome, reason=reason)
