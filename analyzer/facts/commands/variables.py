"""Replaces variables in text the way shells, Dockerfiles and compose files write them."""

import re
from collections.abc import Mapping

_VARIABLE = re.compile(r"\\\$|\$(?:([A-Za-z_]\w*|[0-9@*#])|\{([A-Za-z_]\w*|[0-9@*#])(?:(:?[-+=?])([^{}]*))?\})")


def substitute(text: str, values: Mapping[str, str]) -> str:
    """`$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME:+word}` replaced; a name without a value stays as written."""

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

    return _VARIABLE.sub(replaced, text)


def is_resolved(text: str) -> bool:
    """Whether no variable or command is left in the text."""
    return "$" not in text and "`" not in text
