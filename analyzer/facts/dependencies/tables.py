"""Reading parsed documents of unknown shape without trusting it."""

from collections.abc import Mapping
from typing import Any


def table(value: object) -> Mapping[str, Any]:
    """`value` when it is a table, else an empty one."""
    return value if isinstance(value, dict) else {}


def tables(value: object) -> tuple[Mapping[str, Any], ...]:
    """The tables of an array; of anything else none."""
    return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def texts(value: object) -> tuple[str, ...]:
    """The strings of an array, or a lone string; of anything else none."""
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def text(value: object) -> str | None:
    """`value` when it is a string that is not blank."""
    return value if isinstance(value, str) and value.strip() else None
