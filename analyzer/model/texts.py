"""Texts inside records of the model: what stands for a secret, and changing them all."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
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
        case _ if is_dataclass(value) and not isinstance(value, type):
            old = {one.name: getattr(value, one.name) for one in fields(value)}
            new = {name: _map(one, change) for name, one in old.items()}
            return value if all(new[name] is old[name] for name in old) else replace(value, **new)
        case _:
            return value
