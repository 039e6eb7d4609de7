"""lib/python_version.sh, read_pipenv_python_version: the version of Pipfile.lock as `jq --raw-output` prints it."""

import json
from collections.abc import Iterator
from typing import Any

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.source_tree import SourceTree

_PATH = "Pipfile.lock"
_SPACE = lazy_pattern(r"[ \t\r\n]*")
_FIELDS = ("python_full_version", "python_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedVersion:
    """What the lock file says, valid or not."""

    version: str
    evidence: Evidence


class _WrongShape(Exception):
    """jq cannot look for a key in this value."""


def read_pipfile_lock_version(tree: SourceTree) -> StatedVersion | None:
    """`_meta.requires.python_full_version`, else `.python_version`; None when there is neither.

    As jq does, several documents one after the other are read, and each gives a line. Raises BuildStops where jq fails.
    """
    content = tree.read(_PATH) or b""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        printed = "\n".join(_printed(_version(document)) for document in _documents(text)).rstrip("\n")
    except (ValueError, RecursionError, _WrongShape):
        raise BuildStops(MESSAGES.failure("pipfile-lock::invalid-json", Evidence(path=_PATH))) from None
    if printed == "null":
        return None
    return StatedVersion(version=printed, evidence=Evidence(path=_PATH, line=_line(text)))


def _documents(text: str) -> Iterator[Any]:
    """The JSON values of the text; numbers stay as they are written. Raises ValueError for anything else."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)
    at = _end_of_space(text, 0)
    while at < len(text):
        document, end = decoder.raw_decode(text, at)
        at = _end_of_space(text, end)
        yield document


def _end_of_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _version(document: Any) -> Any:
    """The first field that is neither null nor false, else the last one."""
    requires = _get(_get(document, "_meta"), "requires")
    full, short = (_get(requires, field) for field in _FIELDS)
    return short if full is None or full is False else full


def _get(value: Any, key: str) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _WrongShape
    return value.get(key)


def _printed(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _line(text: str) -> int:
    """The line of the field that decides."""
    lines = text.split("\n")
    for field in _FIELDS:
        for number, line in enumerate(lines, 1):
            if f'"{field}"' in line:
                return number
    return 1
