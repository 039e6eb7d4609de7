"""Changes of a text at its places, so that all else stays as it is to the byte."""

from collections.abc import Iterable

from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Splice:
    """New text between two offsets of the old one, in characters; an insertion where both are the same."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str | None:
    """The text with all changes made; equal ones are made once. None where two of them overlap."""
    parts, at = [], 0
    for splice in sorted(dict.fromkeys(splices), key=lambda one: (one.start, one.end)):
        if splice.start < at:
            return None
        parts += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*parts, text[at:]])
