"""What a project tells doctor: `doctor.toml`, or `[tool.doctor]` of `pyproject.toml`, in the scanned folder."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any

from analyzer.model.errors import UsageError
from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.limits import Limits

OWN_FILE = "doctor.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "[tool.doctor]"
MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a file of the project can decide; the command line and the environment go before it."""

    root_dir: RepoPath | None = None
    """The folder with the Django project to scan, when there are several."""
    limits: Limits = field(default_factory=Limits)


def load_config(root: Path, named: Path | None = None) -> Config:
    """The configuration of the scanned folder `root`, or of the file `named` instead; the defaults when there is none.

    Raises UsageError for a file that is named and missing, for two configurations in one folder, and for unknown
    keys and values of the wrong type.
    """
    if named is not None:
        table = _read_table(named, str(named))
        if table is None:
            raise UsageError(f"{named} has no {TABLE} table")
        return _config(table, str(named))
    found = {name: table for name in (OWN_FILE, SHARED_FILE) if (table := _table_in(root, name)) is not None}
    if len(found) > 1:
        raise UsageError(f"{OWN_FILE} and {TABLE} in {SHARED_FILE} both configure doctor; keep one of them")
    for name, table in found.items():
        return _config(table, name)
    return Config()


def _table_in(root: Path, name: str) -> Mapping[str, Any] | None:
    """Doctor's table in a file of the scanned folder; a link that leads out of the folder is not followed."""
    path = root / name
    if not path.is_file() or not path.resolve().is_relative_to(root.resolve()):
        return None
    return _read_table(path, name)


def _read_table(path: Path, shown: str) -> Mapping[str, Any] | None:
    shared = path.name == SHARED_FILE
    text = _read_text(path, shown)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        if shared and "tool.doctor" not in text:
            return None  # nothing of ours is lost: the scan itself says that the file is broken
        raise UsageError(f"{shown} is no valid TOML: {error}") from error
    if not shared:
        return data
    tools = data.get("tool", {})
    table = tools.get("doctor") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"{shown}: tool.doctor is {_kind(table)}, not a table")
    return table


def _read_text(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {shown}: {error.strerror}") from error
    if len(content) > MAX_BYTES:
        raise UsageError(f"{shown} is larger than {MAX_BYTES:,} bytes")
    return content.decode("utf-8-sig", errors="replace")


def _config(table: Mapping[str, Any], file: str) -> Config:
    _check_keys(table, (f.name for f in fields(Config)), file, "")
    root_dir = table.get("root_dir")
    if root_dir is not None and not (isinstance(root_dir, str) and root_dir):
        raise UsageError(f"{file}: root_dir is {_kind(root_dir)}, not the name of a folder")
    return Config(root_dir=root_dir, limits=_limits(table.get("limits", {}), file))


def _limits(table: Any, file: str) -> Limits:
    if not isinstance(table, dict):
        raise UsageError(f"{file}: limits is {_kind(table)}, not a table")
    _check_keys(table, (f.name for f in fields(Limits)), file, "limits.")
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise UsageError(f"{file}: limits.{key} is {_kind(value)}, not a whole number above 0")
    return replace(Limits(), **table)


def _check_keys(table: Mapping[str, Any], known: Iterable[str], file: str, prefix: str) -> None:
    names = sorted(known)
    for key in table:
        if key not in names:
            near = difflib.get_close_matches(key.lower().replace("-", "_"), names, n=1)
            hint = f"did you mean {prefix}{near[0]}?" if near else "known: " + ", ".join(prefix + n for n in names)
            raise UsageError(f"{file}: unknown key {prefix}{key}; {hint}")


def _kind(value: Any) -> str:
    return "empty" if value == "" else str(value).lower() if isinstance(value, bool) else repr(value)
