"""Texts inside records of the model: what stands for a secret, and changing them all."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")

HIDDEN = "***"
"""Stands for a secret that was taken out of a text."""


def map_texts(value: T, change: Callable[[str], str]) -> T:
    """The value with every text in it changed: in fields of records, tuples, and values of mappings."""
    return _map(value, change)  # type: ignore[no-any-return]


def _map(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case StrEnum():
            return value
        case str():
            return change(value)
        case tuple():
            made = tuple([_map(one, change) for one in value])
            return value if all(new is old for new, old in zip(made, value, strict=True)) else made
        case Mapping():
            return {key: _map(one, change) for key, one in value.items()}
        case _:
            old = {name: getattr(value, name) for name in _fields(value.__class__)}
            new = {name: made for name, one in old.items() if (made := _map(one, change)) is not one}
            return replace(value, **new) if new else value


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a record, none of anything else."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
