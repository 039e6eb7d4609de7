"""The results file: JSON lines, one for each repository, added as they come and sorted at the end.

A line that was cut off when a run was killed is taken away, and its repository is scanned again. While the file grows,
a repository can have several lines, of which the last one holds.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analyzer.emit.replacing import replace_file
from analyzer.model.errors import UsageError
from analyzer.model.fleet import FleetEntry
from analyzer.pipeline import TOOL
from analyzer.render.document.fleet import entry_from, entry_line


class Results:
    """The entries of a fleet by repository, and the file that they are kept in, if there is one."""

    def __init__(self, file: int | None, entries: dict[str, FleetEntry], unread: int) -> None:
        self.entries = entries
        self.unread = unread
        """Lines of the file that could not be read, but for one that was cut off."""
        self._file = file

    def add(self, entry: FleetEntry) -> None:
        """Keep an entry. Raises UsageError where it cannot be written."""
        self.entries[entry.repository] = entry
        if self._file is not None:
            try:
                _write(self._file, entry_line(entry, TOOL).encode())
            except OSError as error:
                raise UsageError(f"cannot write the results: {error.strerror}") from error


@contextmanager
def results(path: Path | None, *, fresh: bool) -> Iterator[Results]:
    """The results in a file, which is made where there is none, and read unless a fresh start is asked for.

    Nothing is lost whenever a run ends; after one that ends well, the file has one line for each repository, sorted.

    Raises UsageError where the file cannot be read or written, or another run writes to it.
    """
    if path is None:
        yield Results(None, {}, 0)
        return
    target = path.resolve()
    try:
        file = os.open(target, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None
    try:
        _lock(file, path)
        if fresh:
            os.ftruncate(file, 0)
        found = Results(file, *_read(file))
        yield found
        _write_sorted(target, found.entries)
    finally:
        os.close(file)


def _write_sorted(target: Path, entries: dict[str, FleetEntry]) -> None:
    try:
        replace_file(target, "".join(entry_line(entries[name], TOOL) for name in sorted(entries)))
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror}") from error


def _lock(file: int, path: Path) -> None:
    """Make sure that no other run writes to the file; where the system has no such locks, that is up to the user."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"another doctor fleet writes to {path}; wait for it, or name another file") from None


def _read(file: int) -> tuple[dict[str, FleetEntry], int]:
    """The entries in a file, and how many lines are none; a last line that was cut off is taken out of the file."""
    with open(file, "rb", closefd=False) as reader:
        content = reader.read()
    *lines, last = content.split(b"\n")
    entries: dict[str, FleetEntry] = {}
    unread = sum(not _add(line, entries) for line in lines)
    if last and _add(last, entries):
        _write(file, b"\n")
    elif last:
        os.ftruncate(file, len(content) - len(last))
    return entries, unread


def _add(line: bytes, entries: dict[str, FleetEntry]) -> bool:
    """Add the entry of a line, if it is one."""
    try:
        entry = entry_from(line)
    except (KeyError, TypeError, ValueError, RecursionError):
        return False
    entries[entry.repository] = entry
    return True


def _write(file: int, content: bytes) -> None:
    """Write all of it. Raises OSError."""
    while content:
        content = content[os.write(file, content) :]
