"""What a project tells doctor: `doctor.toml`, or `[tool.doctor]` of `pyproject.toml`, in the scanned folder."""

from collections.abc import Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any

from analyzer.config.tables import NAMED, SINGLE, check_keys, read_ignores, read_overrides, read_table, show
from analyzer.model.errors import UsageError
from analyzer.model.evidence import RepoPath
from analyzer.model.finding import FailOn, IgnoreRule, MinCertainty, MinSeverity
from analyzer.model.overrides import Overrides
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.bounded_toml import load_toml
from analyzer.snapshot.key_lines import toml_lines
from analyzer.snapshot.limits import Limits

OWN_FILE = "doctor.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "[tool.doctor]"
MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifySettings:
    """What `doctor verify` takes from the file."""

    images: Mapping[str, str] = field(default_factory=dict)
    """Images of databases, by engine (`PG = "postgis/postgis:17-3.5"`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSettings:
    """Which rules `doctor scan` applies, and which of their findings count."""

    fail_on: FailOn | None = None
    """Least severity of an open finding with which the exit code is 1; "blocker" where it is left out."""
    min_severity: MinSeverity | None = None
    """Findings of less severity are not reported."""
    min_certainty: MinCertainty | None = None
    """Findings of less certainty are not reported."""
    only: tuple[str, ...] = ()
    """Rules or categories that are applied; all where it is left out."""
    skip: tuple[str, ...] = ()
    """Rules or categories that are not applied."""
    baseline: str | None = None
    """File with the findings that are known, relative to the scanned folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a file of the project can decide; the command line and the environment go before it."""

    root_dir: RepoPath | None = None
    """The folder with the Django project to scan, when there are several."""
    limits: Limits = field(default_factory=Limits)
    overrides: Overrides = field(default_factory=Overrides)
    """What the plan takes from the file instead of deciding it."""
    verify: VerifySettings = field(default_factory=VerifySettings)
    audit: AuditSettings = field(default_factory=AuditSettings)
    ignores: tuple[IgnoreRule, ...] = ()
    """Findings that do not count, each with its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Doctor's table of one file, with the line of each key."""

    file: str
    values: Mapping[str, Any]
    lines: Mapping[str, int]


def load_config(root: Path, named: Path | None = None) -> Config:
    """The configuration of the scanned folder `root`, or of the file `named` instead; the defaults when there is none.

    Raises UsageError for a file that is named and missing, for two configurations in one folder, and for unknown
    keys and values of the wrong type.
    """
    if named is not None:
        table = _read_table(named, str(named))
        if table is None:
            raise UsageError(f"{named} has no {TABLE} table")
        return _config(table)
    found = [table for name in (OWN_FILE, SHARED_FILE) if (table := _table_in(root, name)) is not None]
    if len(found) > 1:
        raise UsageError(f"{OWN_FILE} and {TABLE} in {SHARED_FILE} both configure doctor; keep one of them")
    return _of_repository(root, _config(found[0])) if found else Config()


def _of_repository(root: Path, config: Config) -> Config:
    """The configuration that the scanned folder has itself. Raises UsageError where it names a file elsewhere."""
    name = config.audit.baseline
    if name is not None:
        path = (root / name).resolve()
        if not path.is_relative_to(root.resolve()) or (path.exists() and not path.is_file()):
            raise UsageError(f"audit.baseline {name} is no file in the folder; --baseline can name one elsewhere")
    return config


def _table_in(root: Path, name: str) -> _Table | None:
    """Doctor's table in a file of the scanned folder; a link that leads out of the folder is not followed."""
    path = root / name
    if not path.is_file() or not path.resolve().is_relative_to(root.resolve()):
        return None
    return _read_table(path, name)


def _read_table(path: Path, shown: str) -> _Table | None:
    shared = path.name == SHARED_FILE
    content = _read(path, shown)
    if shared and b"doctor" not in content:
        return None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{shown} is larger than {MAX_BYTES:,} bytes")
    text = content.decode("utf-8-sig", errors="replace")
    try:
        table = load_toml(text)
    except ValueError as error:
        if shared and "tool.doctor" not in text:
            return None  # nothing of ours is lost: the scan itself says that the file is broken
        raise UsageError(f"{shown} is no valid TOML: {error}") from error
    above: tuple[str, ...] = ("tool", "doctor") if shared else ()
    for key in above:
        table = table.get(key) if isinstance(table, dict) else None  # type: ignore[assignment]
    if table is None and shared:
        return None
    if not isinstance(table, dict):
        raise UsageError(f"{shown}: {'.'.join(above)} is {show(table)}, not a table")
    lines = {
        ".".join(map(str, keys[len(above) :])): line
        for keys, line in toml_lines(text).items()
        if keys[: len(above)] == above
    }
    return _Table(file=shown, values=table, lines=lines)


def _read(path: Path, shown: str) -> bytes:
    """The beginning of a file, one byte longer than it may be where it is too long."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {shown}: {error.strerror}") from error


def _config(table: _Table) -> Config:
    values, file = table.values, table.file
    check_keys(values, ("audit", "ignore", "limits", "root_dir", "verify", *SINGLE, *NAMED), file, "")
    root_dir = values.get("root_dir")
    if root_dir is not None and not (isinstance(root_dir, str) and root_dir):
        raise UsageError(f"{file}: root_dir is {show(root_dir)}, not the name of a folder")
    return Config(
        root_dir=root_dir,
        limits=_limits(values.get("limits", {}), file),
        overrides=read_overrides(values, file, table.lines),
        verify=read_table(VerifySettings, values.get("verify", {}), file, "verify"),
        audit=read_table(AuditSettings, values.get("audit", {}), file, "audit"),
        ignores=read_ignores(values.get("ignore", []), file, table.lines),
    )


def _limits(table: Any, file: str) -> Limits:
    if not isinstance(table, dict):
        raise UsageError(f"{file}: limits is {show(table)}, not a table")
    check_keys(table, (f.name for f in fields(Limits)), file, "limits.")
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise UsageError(f"{file}: limits.{key} is {show(value)}, not a whole number above 0")
    return replace(Limits(), **table)
