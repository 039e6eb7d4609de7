"""Reports as files: an earlier report is replaced, anything else only when that is asked for."""

import re
from collections.abc import Iterable
from pathlib import Path

from analyzer.emit.replacing import replace_file
from analyzer.model.errors import UsageError
from analyzer.model.lazy_pattern import lazy_pattern

OWN_REPORT = lazy_pattern(
    rb"""
    doctor[ ]\d+\.\d+\S*[ ][ ]
    | <!--[ ]doctor[ ]
    | <!doctype[ ]html>.*<meta[ ]name="generator"[ ]content="doctor[ ]
    | \{\s*"schema_version":[ ]\d+,\s*"tool":[ ]\{\s*"name":[ ]"doctor"
    | \{\s*"\$schema":[ ]"\S*sarif\S*",.*"driver":[ ]\{\s*"name":[ ]"doctor"
    | \{\s*"doctor_baseline":[ ]\d+
    """,
    re.VERBOSE | re.DOTALL,
)
"""How each format of a report begins."""
LONGEST_BEGIN = 512


def check_report_files(paths: Iterable[Path], *, force: bool) -> None:
    """Raise UsageError when a report cannot go to one of these paths without harm, before any work is done for it."""
    seen: dict[Path, Path] = {}
    for path in paths:
        _check(path, force)
        if seen.setdefault(path.resolve(), path) is not path:
            raise UsageError(f"{path} and {seen[path.resolve()]} are one file; name each report its own")


def _check(path: Path, force: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent} for {path.name}")
    if path.is_file() and not force and not _is_own_report(path):
        raise UsageError(f"{path} exists and is no report of doctor, so it was left alone; --force replaces it")


def write_report_file(path: Path, content: str) -> None:
    """Write the report as UTF-8, as a whole or not at all; a link keeps pointing where it did.

    Raises UsageError when the system does not let it.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_text(content, encoding="utf-8")  # a device or a pipe, such as /dev/stderr
            return
        replace_file(target, content)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error


def _is_own_report(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            begin = file.read(LONGEST_BEGIN)
    except OSError as error:
        raise UsageError(f"cannot read {path}, so it was left alone: {error.strerror}") from error
    return not begin or OWN_REPORT.match(begin) is not None
