"""The folder as a platform receives it: every entry, whether or not the scan reads it.

Buildpacks look for names (`venv/`, `.heroku/python`, a link called `manage.py`) that the snapshot leaves out, so
predicting them takes the bare tree. Links are seen as links; what they lead to is told only inside the folder.
"""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from analyzer.model.evidence import RepoPath
from analyzer.snapshot.limits import MAX_PATH_BYTES, Limits
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.reading import Unreadable, read_source

_KEPT_BYTES = 100_000
"""Of a file whose content is kept; what is asked for by many is small."""
_OBJECTS = 120
"""Bytes of an entry without the characters of its name."""


class Kind(StrEnum):
    """What an entry is."""

    FILE = "file"
    DIRECTORY = "directory"
    LINK = "link"
    OTHER = "other"


class SourceTree:
    """Looks at the entries of a folder one by one; nothing is read before it is asked for."""

    def __init__(self, root: Path, limits: Limits = Limits()) -> None:
        self._root = os.path.realpath(root)
        self._limits = limits
        self._places: dict[RepoPath, str | None] = {".": self._root}
        self._entries: dict[RepoPath, tuple[tuple[str, Kind], ...]] = {}
        self._read: dict[str, bytes | None] = {}
        """Contents by place: all steps of all buildpacks ask for the same dozen of files."""
        self._left = 2 * MAX_PATH_BYTES
        """Of the memory for entries: without any, the others of a folder are as if they were not there."""

    def kind(self, path: RepoPath) -> Kind | None:
        """What stands at `path` itself; None when there is nothing."""
        try:
            place = self._absolute(path)
        except ValueError:
            return None
        return self._kind_at(place)

    def exists(self, path: RepoPath) -> bool:
        """Whether `test -e` would say so: a link counts when what it leads to exists inside the folder."""
        return self._target(path) is not None

    def is_file(self, path: RepoPath) -> bool:
        """Whether `test -f` would say so, links followed inside the folder."""
        target = self._target(path)
        return target is not None and os.path.isfile(target)

    def is_dir(self, path: RepoPath) -> bool:
        """Whether `test -d` would say so, links followed inside the folder."""
        target = self._target(path)
        return target is not None and os.path.isdir(target)

    def names(self, directory: RepoPath = ".") -> tuple[str, ...]:
        """Names of the entries of a folder, sorted by code point; none when it is no folder or a link."""
        return tuple(name for name, _ in self.entries(directory))

    def entries(self, directory: RepoPath = ".") -> tuple[tuple[str, Kind], ...]:
        """(name, what it is) of the entries of a folder, sorted; none when it is no folder or a link."""
        if directory not in self._entries:
            self._entries[directory] = self._list(directory)
        return self._entries[directory]

    def files_named(self, name: str, depth: int) -> Iterator[RepoPath]:
        """Regular files of that name down to `depth` folders below (1: in the folder itself), links not followed.

        Near ones come first. The folders of the last level, of which there are most, are asked for the name alone.
        """
        level, seen = ["."], 0
        for left in range(depth, 0, -1):
            below: list[RepoPath] = []
            for folder in level:
                prefix = "" if folder == "." else f"{folder}/"
                if self._kind_at(f"{self._root}/{prefix}{name}") is Kind.FILE:
                    yield prefix + name
                if left > 1 and seen <= self._limits.files:
                    found = self.entries(folder)
                    seen += len(found)
                    below += [prefix + entry for entry, kind in found if kind is Kind.DIRECTORY]
            level = below

    def read(self, path: RepoPath) -> bytes | None:
        """Bytes of a regular file, links followed inside the folder; None when it cannot be read or is too large."""
        target = self._target(path)
        if target is None:
            return None
        if target not in self._read:
            content = read_source(target, self._root, self._limits.file_bytes)
            if isinstance(content, bytes) and len(content) > _KEPT_BYTES:
                return content
            self._read[target] = None if isinstance(content, Unreadable) else content
        return self._read[target]

    def _kind_at(self, place: str) -> Kind | None:
        try:
            return _kind_of(os.lstat(place).st_mode)
        except (OSError, ValueError):
            return None

    def _list(self, directory: RepoPath) -> tuple[tuple[str, Kind], ...]:
        if self.kind(directory) is not Kind.DIRECTORY:
            return ()
        try:
            with os.scandir(self._absolute(directory)) as entries:
                return tuple(sorted((entry.name, _kind_of_entry(entry)) for entry in self._kept(entries)))
        except OSError:
            return ()

    def _kept(self, entries: Iterable["os.DirEntry[str]"]) -> Iterator["os.DirEntry[str]"]:
        """Those that there is memory for."""
        for entry in entries:
            self._left -= _OBJECTS + sys.getsizeof(entry.name)
            if self._left < 0:
                return
            yield entry

    def _absolute(self, path: RepoPath) -> str:
        """The place of an entry, whose folders may be links as long as they stay inside."""
        if path == ".":
            return self._root
        inside = join(".", path)
        folder = None if inside is None else self._resolved(parent(inside))
        if folder is None or inside is None:
            raise ValueError(f"{path!r} is not inside the folder")
        return os.path.join(folder, inside.rpartition("/")[2])

    def _target(self, path: RepoPath) -> str | None:
        inside = join(".", path)
        return None if inside is None else self._resolved(inside)

    def _resolved(self, path: RepoPath) -> str | None:
        """The real path of an entry that exists inside the folder; predictors ask for the same few again and again."""
        if path not in self._places:
            self._places[path] = self._resolve(path)
        return self._places[path]

    def _resolve(self, path: RepoPath) -> str | None:
        folder = self._resolved(parent(path))
        if folder is None:
            return None
        place = os.path.join(folder, path.rpartition("/")[2])
        try:
            if not stat.S_ISLNK(os.lstat(place).st_mode):
                return place
            real = os.path.realpath(place, strict=True)
        except (OSError, ValueError):
            return None
        return real if real == self._root or real.startswith(self._root.rstrip("/") + "/") else None


def _kind_of(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.FILE
    if stat.S_ISDIR(mode):
        return Kind.DIRECTORY
    return Kind.LINK if stat.S_ISLNK(mode) else Kind.OTHER


def _kind_of_entry(entry: os.DirEntry[str]) -> Kind:
    """The same from what listing a folder tells, which most file systems do without looking at each entry."""
    if entry.is_symlink():
        return Kind.LINK
    if entry.is_dir(follow_symlinks=False):
        return Kind.DIRECTORY
    return Kind.FILE if entry.is_file(follow_symlinks=False) else Kind.OTHER
