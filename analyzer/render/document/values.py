"""The parts that every JSON document is made of: facts, evidence, settings as data."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from analyzer.model.evidence import Answer, Evidence, Fact
from analyzer.model.facts import Plain, Unknown
from analyzer.render.json_text import to_json

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Object: TypeAlias = dict[str, Json]
T = TypeVar("T")


def to_text(document: Object) -> str:
    """A document as JSON text with a newline at its end."""
    return to_json(document, indent=2) + "\n"


def same(value: Json) -> Json:
    """A value that is JSON already."""
    return value


def fact(answer: Answer[T], encode: Callable[[T], Json] = same) -> Object:  # type: ignore[assignment]
    """An answer: its value through `encode`, or the reason why it could not be told."""
    places: Json = [evidence(e) for e in answer.evidence]
    if isinstance(answer, Fact):
        value = None if answer.value is None else encode(answer.value)
        return {"value": value, "certainty": answer.certainty.value, "evidence": places}
    return {"value": None, "undetermined": answer.reason, "evidence": places}


def evidence(item: Evidence) -> Object:
    """A place with its note."""
    return {"path": item.path, "line": item.line, "note": item.note}


def place(item: Evidence) -> Object:
    """A place without its note, to be merged into an object."""
    return {"path": item.path, "line": item.line}


def by_name(mapping: Mapping[str, T], encode: Callable[[T], Json]) -> Object:
    """A mapping in the order of its names."""
    return {name: encode(mapping[name]) for name in sorted(mapping)}


def plain(value: Plain) -> Json:
    """A setting's value; what JSON cannot say, and what could not be told, becomes `{"undetermined": reason}`."""
    if isinstance(value, Unknown):
        return {"undetermined": value.reason}
    if isinstance(value, float) and not math.isfinite(value):
        return {"undetermined": f"{value} is no JSON number"}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return by_name(value, plain)
    return value
