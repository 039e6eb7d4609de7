"""The scan of one repository of a fleet, in a process of its own."""

import gc
import hashlib
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from pathlib import Path

from analyzer.config import Config, load_config
from analyzer.fleet.entry import entry_of
from analyzer.fleet.processes import End, Ended, Send, run_each
from analyzer.fleet.repositories import Repository
from analyzer.internal_error import describe_briefly
from analyzer.model.errors import UsageError
from analyzer.model.facts import NoDjangoProject
from analyzer.model.fleet import FleetEntry, ScanOutcome
from analyzer.model.quick_dataclass import dataclass
from analyzer.pipeline import TOOL, analyze
from analyzer.render.document.fleet import entry_from, entry_line
from analyzer.render.statements import counted
from analyzer.snapshot.content_key import content_key

_PRELOADED = "analyzer.fleet.preloaded"
_MESSAGES = 2
"""Of a scan that came to its end."""
_ENDS = {End.CRASHED: ScanOutcome.CRASHED, End.TIMED_OUT: ScanOutcome.TIMED_OUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOptions:
    """What holds for every repository."""

    config: Path | None = None
    """A configuration instead of each repository's own."""
    no_config: bool = False
    retry: bool = False
    """Whether a repository without an answer is scanned once more, although it is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What the process of one repository is told."""

    repository: Repository
    config: Path | None
    no_config: bool
    known: str | None
    """The key with which the repository is known already."""


def check_options(options: ScanOptions) -> None:
    """Raise UsageError for a configuration that cannot be followed, before every repository says so."""
    if options.config is not None:
        load_config(options.config.parent, options.config)


def scan_each(
    repositories: Iterable[Repository],
    known: Mapping[str, FleetEntry],
    options: ScanOptions,
    *,
    jobs: int,
    seconds: float,
) -> Generator[tuple[FleetEntry, bool]]:
    """The entries as the scans end, and whether each is a new one.

    Args:
        known: by repository, what an earlier run found out; where neither files, configuration nor doctor changed
            since, that holds.
        seconds: after which a scan is given up.
    """
    tasks = (
        _Task(repository=one, config=options.config, no_config=options.no_config, known=_key(known, one, options))
        for one in repositories
    )
    with closing(run_each(scan_one, tasks, jobs=jobs, seconds=seconds, preload=_PRELOADED)) as scans:
        for ended in scans:
            name = ended.item.repository.name
            if ended.end is End.DONE and len(ended.messages) == 1:
                yield known[name], False
            else:
                yield _entry(name, ended), True


def _key(known: Mapping[str, FleetEntry], repository: Repository, options: ScanOptions) -> str | None:
    entry = known.get(repository.name)
    return entry.key if entry is not None and (entry.outcome.is_answer or not options.retry) else None


def _entry(name: str, ended: Ended[_Task]) -> FleetEntry:
    """The first message is the key, the second the entry; an entry that came is whole, whatever came after it."""
    if len(ended.messages) == _MESSAGES:
        return entry_from(ended.messages[-1])
    key = ended.messages[0].decode() or None if ended.messages else None
    return FleetEntry(repository=name, key=key, outcome=_ENDS[ended.end], reason=ended.reason)


def scan_one(task: _Task, send: Send) -> None:
    """Send the key of a repository, and then its entry unless that key is known."""
    gc.set_threshold(100_000)  # as in analyzer.cli: a scan makes hardly a cycle
    name, root = task.repository.name, Path(task.repository.root)
    key = None
    try:
        settings = _settings(task, root)
        key = _key_of(task, root, settings)
        send(key.encode())
        if key == task.known:
            return
        report = analyze(root, settings, lambda _: None)
        if isinstance(report, NoDjangoProject):
            reason = f"in {counted(report.files, 'file')}, {report.python_files:,} of them Python"
            entry = FleetEntry(repository=name, key=key, outcome=ScanOutcome.NO_PROJECT, reason=reason)
        else:
            entry = entry_of(name, key, report)
    except UsageError as error:
        entry = FleetEntry(repository=name, key=key, outcome=ScanOutcome.REFUSED, reason=str(error))
    except Exception as error:
        entry = FleetEntry(repository=name, key=key, outcome=ScanOutcome.CRASHED, reason=describe_briefly(error))
    if key is None:
        send(b"")
    send(entry_line(entry, TOOL).encode())


def _settings(task: _Task, root: Path) -> Config:
    """Raises UsageError, also where there is no such folder."""
    if not root.is_dir():
        raise UsageError("there is no such folder")
    return Config() if task.no_config else load_config(root, task.config)


def _key_of(task: _Task, root: Path, settings: Config) -> str:
    """Which doctor, which configuration and which files."""
    digest = hashlib.sha256(f"{TOOL.version} {task.no_config}\n".encode())
    if task.config is not None:
        digest.update(task.config.read_bytes())
    digest.update(content_key(root, settings.limits).encode())
    return f"sha256:{digest.hexdigest()}"
