"""Replaces variables in text the way shells, Dockerfiles and compose files write them."""

import re
from collections.abc import Iterator, Mapping

from analyzer.model.lazy_pattern import lazy_pattern

_VARIABLE = lazy_pattern(r"\\\$|\$(?:([A-Za-z_]\w*|[0-9@*#])|\{([A-Za-z_]\w*|[0-9@*#])(?:(:?[-+=?])([^{}]*))?\})")


MAX_ADDED = 20_000
"""Characters that values may add to a text; what would be longer stays as written."""


def substitute(text: str, values: Mapping[str, str]) -> str:
    """`$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME:+word}` replaced; a name without a value stays as written."""
    room = MAX_ADDED

    def bounded(match: re.Match[str]) -> str:
        nonlocal room
        value = replaced(match)
        room -= len(value)
        return value if room >= 0 else match[0]

    def replaced(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        if name is None:
            return "$"
        value, operator = values.get(name), match[3]
        absent = value is None or (operator is not None and operator.startswith(":") and not value)
        if operator is None or operator.endswith("?"):
            return match[0] if value is None else value
        if operator.endswith("+"):
            return "" if absent else match[4]
        return match[4] if absent else value or ""

    return _VARIABLE.sub(bounded, text)


def names_in(text: str) -> Iterator[str]:
    """The variables whose values the text has, where it would have nothing without them; no parameters (`$1`)."""
    for match in _VARIABLE.finditer(text):
        name = match[1] or match[2]
        if name is not None and name.isidentifier() and not (match[3] or "").endswith("+"):
            yield name


def is_resolved(text: str) -> bool:
    """Whether no variable or command is left in the text."""
    return "$" not in text and "`" not in text
