"""Facts as rows of a report: the value in words, the place that says so, the doubt when there is any."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from analyzer.model.evidence import Answer, Certainty, Evidence, Fact
from analyzer.model.facts import Plain, Unknown
from analyzer.render.text_layout import Row, Style, visible

COULD_NOT_TELL = "could not tell"


def place(evidence: Evidence) -> str:
    """The evidence as `path:line`."""
    return f"{visible(evidence.path)}:{evidence.line}"


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
    """The row of an answer; `none` says what it means that there is no value."""
    if not isinstance(answer, Fact):
        return statement(label, COULD_NOT_TELL, *answer.evidence, style=Style.WARNING, reason=answer.reason)
    value = none if answer.value in (None, "") else show(answer.value)
    doubt = "" if answer.certainty is Certainty.CERTAIN else f" ({answer.certainty.value})"
    return statement(label, value + doubt, *answer.evidence)


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
    """A setting's value, much as its author wrote it."""
    if isinstance(value, Unknown):
        return f"<{value.reason}>"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(plain, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {plain(item)}" for key, item in value.items()) + "}"
    return repr(value)
