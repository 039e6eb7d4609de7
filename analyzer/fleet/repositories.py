"""Which repositories a fleet has: the folders in a folder, or the lines of a list."""

import os
from collections.abc import Iterator
from pathlib import Path

from analyzer.model.errors import UsageError
from analyzer.model.quick_dataclass import dataclass

MAX_LIST_BYTES = 16_000_000
MAX_DEPTH = 4
"""Folders one inside the other above a repository: host/group/owner/name."""
_SIGNS = (".git", "manage.py")
"""What a folder of repositories does not have, and a repository has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """One repository of a fleet."""

    name: str
    """Its path as the list has it, or relative to the folder of the fleet."""
    root: str


def find_repositories(path: Path) -> tuple[Repository, ...]:
    """The repositories in a folder, or those that a text file lists, by name.

    A folder in the folder is a repository; one that holds nothing but folders is their owner's. A list has a path in
    each line, relative to the list, and comments behind `#`.

    Raises UsageError where there is none, and for a folder that is itself a repository.
    """
    found = _in_list(path) if path.is_file() else _in_folder(path)
    if not found:
        raise UsageError(f"{path} names no repository")
    return tuple(Repository(name=name, root=found[name]) for name in sorted(found))


def _in_list(path: Path) -> dict[str, str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    try:
        if len(content) > MAX_LIST_BYTES or b"\0" in content:
            raise ValueError
        lines = content.decode("utf-8-sig").splitlines()
    except ValueError:
        raise UsageError(f"{path} is no list: give a folder, or a text file with a path in each line") from None
    names = [line.partition(" #")[0].strip() for line in lines if not line.lstrip().startswith("#")]
    return {os.path.normpath(name): os.path.join(path.parent, os.path.expanduser(name)) for name in names if name}


def _in_folder(path: Path) -> dict[str, str]:
    if any((path / sign).exists() for sign in _SIGNS):
        raise UsageError(f"{path} is a repository, not a folder of repositories; to scan it: doctor scan {path}")
    try:
        return {os.path.relpath(found, path).replace(os.sep, "/"): found for found in _below(str(path), 1)}
    except OSError as error:
        raise UsageError(f"cannot read the folder {path}: {error.strerror}") from None


def _below(folder: str, depth: int) -> Iterator[str]:
    """The repositories in a folder of repositories. Raises OSError where it cannot be listed."""
    with os.scandir(folder) as entries:
        folders = sorted(entry.path for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    for path in folders:
        if depth < MAX_DEPTH and _is_owner(path):
            yield from _below(path, depth + 1)
        else:
            yield path


def _is_owner(path: str) -> bool:
    """Whether a folder holds folders and nothing else; one that cannot be listed is a repository that says so.

    Nothing behind a link is, since that may lead back up.
    """
    if os.path.islink(path):
        return False
    try:
        with os.scandir(path) as entries:
            kinds = {entry.is_dir() and entry.name != ".git" for entry in entries}
    except OSError:
        return False
    return kinds == {True}
