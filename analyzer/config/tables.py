"""Typed tables: the keys of a TOML table are the fields of a dataclass."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from analyzer.model.errors import UsageError
from analyzer.model.evidence import Evidence
from analyzer.model.finding import IgnoreRule
from analyzer.model.overrides import (
    AppOverrides,
    ComponentOverrides,
    DatabaseOverrides,
    ImageOverrides,
    Overrides,
    VariableOverrides,
)
from analyzer.model.quick_dataclass import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreEntry:
    """A finding that does not count."""

    rule: str = ""
    """Id of the rule."""
    reason: str = ""
    """Why it does not count; required."""
    path: str | None = None
    """File, or pattern with `*`; every file where it is left out."""
    until: str | None = None
    """Last day on which it holds ("2027-01-31")."""


_EXPECTED = {
    bool: "true or false",
    int: "a whole number above 0",
    str: "a text that is not empty",
    tuple: "a list of texts",
    Mapping: "a table of texts",
}
SINGLE: Mapping[str, type[Any]] = {"app": AppOverrides, "image": ImageOverrides}
"""Tables with keys of their own."""
NAMED: Mapping[str, type[Any]] = {
    "components": ComponentOverrides,
    "databases": DatabaseOverrides,
    "environment": VariableOverrides,
}
"""Tables of tables, by names that the user gives."""


def read_overrides(table: Mapping[str, Any], file: str, lines: Mapping[str, int]) -> Overrides:
    """What `[tool.doctor]` decides instead of the planner.

    Args:
        table: the whole table of doctor; keys that are not the planner's are left to others.
        lines: the line of each key ("image.python_version").

    Raises UsageError for unknown keys and values of the wrong type.
    """
    tables: dict[str, Any] = {key: read_table(cls, table.get(key, {}), file, key) for key, cls in SINGLE.items()}
    tables |= {key: _read_named(cls, table, file, key) for key, cls in NAMED.items()}
    return Overrides(file=file, lines=lines, **tables)


def read_ignores(value: Any, file: str, lines: Mapping[str, int]) -> tuple[IgnoreRule, ...]:
    """The entries of `[[tool.doctor.ignore]]`. Raises UsageError."""
    if not isinstance(value, list):
        raise UsageError(f"{file}: ignore is {show(value)}, not a list of tables ([[tool.doctor.ignore]])")
    return tuple(_ignore(one, file, f"ignore[{number}]", lines) for number, one in enumerate(value))


def _ignore(value: Any, file: str, key: str, lines: Mapping[str, int]) -> IgnoreRule:
    if isinstance(value, dict) and isinstance(value.get("until"), date):
        value = {**value, "until": value["until"].isoformat()}
    entry = read_table(IgnoreEntry, value, file, key)
    if not entry.rule or not entry.reason:
        raise UsageError(f"{file}: {key} has no {'rule' if not entry.rule else 'reason'}; an entry needs both")
    if entry.until is not None and not _is_date(entry.until):
        raise UsageError(f"{file}: {key}.until is {show(entry.until)}, not a date such as 2027-01-31")
    number = key.removeprefix("ignore[").removesuffix("]")
    source = Evidence(path=file, line=lines.get(f"ignore.{number}.rule", 1))
    return IgnoreRule(rule=entry.rule, reason=entry.reason, path=entry.path, until=entry.until, source=source)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def check_keys(table: Mapping[str, Any], known: Iterable[str], file: str, prefix: str) -> None:
    """Raise UsageError for a key that means nothing, with what was probably meant."""
    names = sorted(known)
    for key in table:
        if key not in names:
            near = difflib.get_close_matches(key.lower().replace("-", "_"), names, n=1)
            hint = f"did you mean {prefix}{near[0]}?" if near else "known: " + ", ".join(prefix + n for n in names)
            raise UsageError(f"{file}: unknown key {prefix}{key}; {hint}")


def show(value: Any) -> str:
    """A value as an error message quotes it."""
    return "empty" if value == "" else str(value).lower() if isinstance(value, bool) else repr(value)


def _read_named(cls: type[T], table: Mapping[str, Any], file: str, key: str) -> Mapping[str, T]:
    """A table of tables, whose keys are names that the user gave."""
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise UsageError(f"{file}: {key} is {show(value)}, not a table")
    return {name: read_table(cls, one, file, f"{key}.{name}") for name, one in value.items()}


def read_table(cls: type[T], value: Any, file: str, key: str) -> T:
    """A table whose keys are the fields of a dataclass. Raises UsageError."""
    if not isinstance(value, dict):
        raise UsageError(f"{file}: {key} is {show(value)}, not a table")
    check_keys(value, (one.name for one in fields(cls)), file, f"{key}.")  # type: ignore[arg-type]
    hints = get_type_hints(cls)
    return cls(**{name: _convert(one, hints[name], file, f"{key}.{name}") for name, one in value.items()})


def _convert(value: Any, hint: Any, file: str, key: str) -> Any:
    """The value as its field wants it."""
    kind = kind_of(hint)
    origin = getattr(kind, "__origin__", kind)
    if origin is bool and isinstance(value, bool):
        return value
    if origin is int and isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    if origin is str and isinstance(value, str) and value:
        return value
    if origin is Literal and isinstance(value, str) and value in get_args(kind):
        return value
    if origin is tuple and isinstance(value, list) and all(isinstance(one, str) and one for one in value):
        return tuple(value)
    if is_mapping(origin) and isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return value
    if origin is Literal:
        expected = f"one of {', '.join(get_args(kind))}"
    else:
        expected = _EXPECTED[Mapping if is_mapping(origin) else origin]
    raise UsageError(f"{file}: {key} is {show(value)}, not {expected}")


def kind_of(hint: Any) -> Any:
    """What a value of a field is where it has one; of a union with None, the other part counts."""
    parts = get_args(hint)
    return next(part for part in parts if part is not type(None)) if type(None) in parts else hint


def is_mapping(origin: Any) -> bool:
    """Whether a type, or the origin of one, is that of a table."""
    return isinstance(origin, type) and issubclass(origin, Mapping)
