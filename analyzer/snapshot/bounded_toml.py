"""TOML that anybody may have written, parsed in a time that its size explains."""

import re
from typing import Any

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot import document_size

MAX_CHARACTERS = 2_000_000
MAX_DOTS = 200
"""In one line, strings left out: the parser's time grows with the square of the parts of a key."""
_STRINGS = lazy_pattern(r'"(?:[^"\\]|\\.?)*+(?:"|(?P<basic>$))|\'[^\']*+(?:\'|(?P<literal>$))')
"""Those of one line; a string that the line does not end is in a group."""


class TomlLimitError(ValueError):
    """The text is too much to parse; the message is a phrase without a subject."""


def load_toml(text: str) -> dict[str, Any]:
    """What `tomllib.loads` makes of a text.

    Raises:
        tomllib.TOMLDecodeError: the text is no TOML.
        TomlLimitError: it is too large or nests too deeply.
        ValueError: it is TOML, but has a number of too many digits.
    """
    too_much = len(text) > MAX_CHARACTERS or document_size.signs(text) > document_size.MAX_SIGNS_OF_TOML
    if too_much or any(map(_has_endless_key, text.split("\n"))):
        raise TomlLimitError("is too large, or has keys of too many parts, to be parsed")
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlLimitError("nests too deeply to be parsed") from None


def _has_endless_key(line: str) -> bool:
    return line.count(".") > MAX_DOTS and _STRINGS.sub(_unfinished, line).count(".") > MAX_DOTS


def _unfinished(found: re.Match[str]) -> str:
    """A string that ends, left out; one that does not could be anything."""
    return "" if found.lastgroup is None else found[0]
