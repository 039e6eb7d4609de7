"""Facts as rows of a report: the value in words, the place that says so, the doubt when there is any."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from analyzer.model.evidence import Answer, Certainty, Evidence, Fact
from analyzer.model.facts import Plain, Unknown
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.render.text_layout import Row, Style, visible

COULD_NOT_TELL = "could not tell"
_DEFAULT = lazy_pattern(r"(?:^|: )(\w+'s default)$")
"""The end of a note which says that no line sets the value, and whose default it is."""
_CHANGED_BY = "unless changed by "
"""The beginning of a note which says on what the value depends."""


def place(evidence: Evidence) -> str:
    """The evidence as `path:line`; nothing for the scanned folder itself, which has no lines."""
    return "" if evidence.path == "." else f"{visible(evidence.path)}:{evidence.line}"


def is_default(evidence: Evidence) -> bool:
    """Whether no line of the file says it: a library's default holds."""
    return _DEFAULT.search(evidence.note) is not None


def statement(label: str, value: str, *evidence: Evidence, style: Style = Style.PLAIN, reason: str = "") -> Row:
    """A row of one or more pieces of evidence; text of the repository is made safe to print."""
    return Row(
        label=visible(label),
        value=visible(value),
        place=place(evidence[0]) if evidence else "",
        style=style,
        reason=visible(reason),
        because=tuple(Row(value=visible(e.note), place=place(e)) for e in evidence if e.note or e is not evidence[0]),
    )


def fact(label: str, answer: Answer[Any], show: Callable[[Any], str] = str, *, none: str = "none") -> Row:
    """The row of an answer; `none` says what it means that there is no value.

    The place of a library's default is the library, since no line of the repository says it.
    """
    if not isinstance(answer, Fact):
        return statement(label, COULD_NOT_TELL, *answer.evidence, style=Style.WARNING, reason=answer.reason)
    value = none if answer.value in (None, "") else show(answer.value)
    note = answer.evidence[0].note
    doubt = "" if answer.certainty is Certainty.CERTAIN else f" ({answer.certainty.value})"
    doubt += f", {note}" if note.startswith(_CHANGED_BY) else ""
    row = replace(statement(label, value, *answer.evidence), tail=visible(doubt))
    default = _DEFAULT.search(note)
    return row if default is None else replace(row, place=default[1])


def unless_nothing(label: str, answer: Answer[Any], show: Callable[[Any], str] = str) -> tuple[Row, ...]:
    """The row of an answer that is worth a line only when there is something, or when that could not be told."""
    nothing = isinstance(answer, Fact) and answer.value in (None, "", (), {}, False)
    return () if nothing else (fact(label, answer, show),)


def yes_no(value: bool) -> str:
    """A truth value as a word."""
    return "yes" if value else "no"


def listing(items: Sequence[str]) -> str:
    """Names with commas."""
    return ", ".join(items) or "none"


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 file`, `2,304 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def plain(value: Plain) -> str:
    """A setting's value in words: the parts of a list or dictionary with commas, those inside others in brackets."""
    if isinstance(value, tuple):
        return ", ".join(map(_part, value)) or "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_part(item)}" for key, item in value.items()) or "none"
    if isinstance(value, Unknown):
        return f"<{value.reason}>"
    return str(value) or "empty"


def _part(value: Plain) -> str:
    return f"({plain(value)})" if isinstance(value, tuple | Mapping) else plain(value)
