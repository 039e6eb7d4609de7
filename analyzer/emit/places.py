"""Where artifacts go: below the output folder, never through a link that leaves it."""

import stat
from pathlib import Path

from analyzer.emit.replacing import replace_file
from analyzer.model.errors import UsageError
from analyzer.model.evidence import RepoPath

LARGEST = 4 * 1024 * 1024
"""Bytes; no file that somebody edited by hand is larger."""


def place(root: Path, path: RepoPath) -> Path:
    """The file below `root`, links resolved. Raises UsageError when it is outside, or no file can stand there."""
    resolved = root.resolve()
    target = (resolved / path).resolve()
    if not target.is_relative_to(resolved):
        raise UsageError(f"{path} leads out of {root} by a link, so it was left alone; replace the link by a file")
    for folder in reversed(target.relative_to(resolved).parents):
        at = resolved / folder
        if at.exists() and not at.is_dir():
            raise UsageError(f"{path} cannot be written: {folder} is a file; rename it or use --out-dir")
    return target


def present_content(root: Path, path: RepoPath) -> bytes | None:
    """What stands there now; None for nothing. Raises UsageError for anything but a file that can be read."""
    target = place(root, path)
    try:
        mode = target.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot read {path}, so it was left alone: {error.strerror}") from error
    if not stat.S_ISREG(mode.st_mode):
        raise UsageError(f"{path} is no file; rename it or use --out-dir")
    if mode.st_size > LARGEST:
        raise UsageError(f"{path} is larger than {LARGEST:,} bytes, so it was left alone; rename it or use --out-dir")
    try:
        return target.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}, so it was left alone: {error.strerror}") from error


def write_file(root: Path, path: RepoPath, content: str) -> None:
    """Write the text as UTF-8, as a whole or not at all, folders made on the way; a file keeps its permissions.

    Raises UsageError when the system does not let it.
    """
    target = place(root, path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, content, mode=stat.S_IMODE(target.stat().st_mode) if target.exists() else None)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
