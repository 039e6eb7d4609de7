"""Evaluated settings as plain data: what the rest of the program sees of the evaluator."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from textwrap import shorten

from analyzer.facts.evaluator.files import VIRTUAL_ROOT
from analyzer.facts.evaluator.operators import describe
from analyzer.facts.evaluator.values import OneOf, PartialText, Value, all_env
from analyzer.model.evidence import Evidence
from analyzer.model.facts import Plain, Unknown

MAX_DEPTH = 12
MAX_ITEMS = 2_000
"""Of one list or mapping; what follows is left out."""
MAX_SIZE = 20_000
"""Parts of one setting and hundreds of characters; a part that stands in several places counts each time."""
MAX_VALUE = 80
"""Characters of a value inside a reason."""
MAX_PLACES = 200
"""Keys of one setting whose lines are kept."""
MAX_REASON = 300
"""Characters of a reason that names each of several values."""


def to_plain(value: Value) -> Plain:
    """A value as data: paths relative to the repository, what is not known as `Unknown`."""
    return _to_plain(value, 0, [MAX_SIZE])


def _to_plain(value: Value, depth: int, budget: list[int]) -> Plain:
    data = value.data
    budget[0] -= 1 + (len(data) // 100 if isinstance(data, str) else 0)
    if budget[0] < 0:
        return Unknown(reason="limit: size of a value")
    if depth > MAX_DEPTH:
        return Unknown(reason="limit: nesting")
    match data:
        case None | bool() | int() | float():
            return data
        case str():
            return relative(data)
        case bytes():
            return Unknown(reason="bytes")
        case PurePosixPath():
            return relative(str(data))
        case list() | tuple():
            return tuple(_to_plain(part, depth + 1, budget) for part in data[:MAX_ITEMS])
        case set() | frozenset():
            return tuple(_to_plain(Value(part), depth + 1, budget) for part in sorted(data, key=repr)[:MAX_ITEMS])
        case dict():
            return {str(k): _to_plain(v, depth + 1, budget) for k, v in list(data.items())[:MAX_ITEMS]}
        case OneOf(branches=branches):
            choices = [f"{_to_text(branch, depth, budget)} when {condition}" for condition, branch in branches]
            return Unknown(reason="undecided: " + shorten("; ".join(choices), MAX_REASON, placeholder=" ..."))
        case PartialText():
            return Unknown(reason=f"text with {', '.join(sorted(all_env(value))) or 'unknown parts'} in it")
        case _:
            return Unknown(reason=describe(value))


def _to_text(value: Value, depth: int, budget: list[int]) -> str:
    """A short text for a value inside a reason."""
    plain = _to_plain(value, depth + 1, budget)
    match plain:
        case Unknown(reason=reason):
            return reason
        case tuple():
            return f"a list of {len(plain)}"
        case Mapping():
            return f"a dictionary of {len(plain)}"
        case _:
            text = repr(plain)
            return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}..."


def places(value: Value | None) -> dict[str, Evidence]:
    """The lines of a dictionary's keys, those inside it behind dots; of other values none."""
    found: dict[str, Evidence] = {}
    _add_places(value, "", found)
    return found


def _add_places(value: Value | None, prefix: str, found: dict[str, Evidence]) -> None:
    if value is None or not isinstance(value.data, dict) or prefix.count(".") > MAX_DEPTH:
        return
    for key, inner in value.data.items():
        if len(found) >= MAX_PLACES:
            return
        if inner.at is not None:
            found[f"{prefix}{key}"] = Evidence(path=inner.at.path, line=inner.at.line)
        _add_places(inner, f"{prefix}{key}.", found)


def relative(text: str) -> str:
    """A path below the repository made relative to it, one beside it as `<repo parent>/…`; other text as it is."""
    if text == VIRTUAL_ROOT:
        return "."
    if text.startswith(VIRTUAL_ROOT + "/"):
        return text[len(VIRTUAL_ROOT) + 1 :] or "."
    outside = VIRTUAL_ROOT.rpartition("/")[0]
    if text.startswith(outside + "/"):
        return f"<repo parent>{text[len(outside) :]}"
    return text


def first_unknown(plain: Plain) -> Unknown | None:
    """The first part of a setting that the scan could not tell; None when it is known through and through."""
    match plain:
        case Unknown():
            return plain
        case tuple():
            return next((u for part in plain if (u := first_unknown(part)) is not None), None)
        case None | bool() | int() | float() | str():
            return None
        case _:
            return next((u for part in plain.values() if (u := first_unknown(part)) is not None), None)
