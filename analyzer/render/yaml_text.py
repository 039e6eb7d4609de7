"""YAML as somebody would write it by hand: comments, keys in the given order, lists of mappings indented.

Scalars are PyYAML's. Text is in quotes wherever some reader could take it for something else: YAML 1.1 has `y`, `on`
and `22:22` for a boolean and a number, readers of 1.2 have `0o7`, and an app spec's variables must be text.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

STEP = "  "
_PLAIN = lazy_pattern(r"[A-Za-z./][\w./@+-]*(?: [\w./@+=%,-]+)*")
_WORDS = lazy_pattern(r"(?i)y|n|yes|no|on|off|true|false|null|nan|inf|\.nan|\.inf|[-+]?\.?[0-9].*|0[xob].*|=|<<|~")

_REORDERING = lazy_pattern(r"[\u202a-\u202e\u2066-\u2069]")
"""Characters that make a line read otherwise than it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented:
    """A value with comment lines above its key, or above its list item; they are written as they are."""

    comment: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Text that is in quotes whatever it is."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """A mapping that others take over by its name."""

    name: str
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """What an anchor of that name holds; below the key `<<` its keys are merged."""

    name: str


def yaml_text(document: Mapping[str, Any]) -> str:
    """The document with a line end. Values are mappings, sequences, texts, numbers and booleans; empty ones go."""
    return "\n".join(_mapping(document, "")) + "\n"


def scalar(value: str | int | bool) -> str:
    """One scalar as YAML has it, in quotes where needed."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) is not None and _WORDS.fullmatch(value) is None
        return value if plain else _quoted(value)
    return yaml.safe_dump(value).removesuffix("\n...\n").strip()


def _quoted(text: str) -> str:
    dumped: str = yaml.safe_dump(text, default_style='"', width=2**31, allow_unicode=True)
    return _REORDERING.sub(lambda match: f"\\u{ord(match[0]):04x}", dumped.strip())


def _mapping(mapping: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in mapping.items():
        if isinstance(value, Commented):
            if _is_empty(value.value):
                continue
            yield from _comment(value.comment, indent)
            value = value.value
        if not _is_empty(value):
            yield from _entry(key, value, indent)


def _entry(key: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, Anchored):
        yield f"{indent}{scalar(key)}: &{value.name}"
        yield from _mapping(value.value, indent + STEP)
    elif isinstance(value, Alias):
        yield f"{indent}{key}: *{value.name}"
    elif isinstance(value, Mapping):
        yield f"{indent}{scalar(key)}:"
        yield from _mapping(value, indent + STEP)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield f"{indent}{scalar(key)}:"
        for item in value:
            yield from _item(item, indent + STEP)
    else:
        yield f"{indent}{scalar(key)}: {_one(value)}"


def _item(item: Any, indent: str) -> Iterator[str]:
    if isinstance(item, Commented):
        yield from _comment(item.comment, indent)
        item = item.value
    if not isinstance(item, Mapping):
        yield f"{indent}- {_one(item)}"
        return
    lines = list(_mapping(item, indent + STEP))
    first = next(i for i, line in enumerate(lines) if not line.lstrip().startswith("#"))
    yield from (line.replace(STEP, "", 1) for line in lines[:first])
    yield f"{indent}- {lines[first].strip()}"
    yield from lines[first + 1 :]


def _one(value: Any) -> str:
    return _quoted(value.text) if isinstance(value, Quoted) else scalar(value)


def _comment(comment: str, indent: str) -> Iterator[str]:
    yield from (f"{indent}{line}" for line in comment.split("\n") if line)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, Mapping | Sequence) and not isinstance(value, str) and not value)
