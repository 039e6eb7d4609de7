"""Rows of label, value and place, laid out for a terminal of a given width: places stand at its right edge.

Paths and other long words are never broken: a line gets too long rather than a path unusable.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

INDENT = 2
GAP = 2
MAX_LABEL_WIDTH = 30
MAX_CHARACTERS = 240
"""Of a value, where not every detail is asked for."""


class Style(StrEnum):
    """What a piece of text is; the value is its SGR code."""

    TITLE = "1"
    PLACE = "2"
    WARNING = "33"
    PLAIN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One statement: what it is about, what it says, and where that stands (`path:line`, or empty)."""

    label: str = ""
    value: str
    place: str = ""
    style: Style = Style.PLAIN
    """Of the value."""
    reason: str = ""
    """Why it could not be told."""
    because: tuple["Row", ...] = ()
    """The places that say so, one by one, for a reader who wants to see them all."""
    explain: bool = False
    """Whether `because` is worth its lines for every reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its rows."""

    title: str
    rows: tuple[Row, ...] = ()
    min_label_width: int = 16
    """Columns for the labels, so that short sections line up; longer labels widen theirs, up to a bound."""


def lay_out(sections: Iterable[Section], *, width: int, colour: bool, details: bool = False) -> Iterator[str]:
    """The lines of all sections, each after an empty line; a section without rows is left out.

    `details` shows long values in full and every place of every row.
    """
    for section in sections:
        rows = [shown for row in section.rows for shown in _shown(row, details)]
        if rows:
            yield ""
            yield paint(section.title, Style.TITLE, colour)
            longest = max(cells(row.label) for row in rows)
            start = INDENT + min(max(longest, section.min_label_width), MAX_LABEL_WIDTH) + GAP
            for row in rows:
                yield from _lines(row, start, width, colour)


def _shown(row: Row, details: bool) -> Iterator[Row]:
    explained = row.because if details or row.explain else ()
    value, place = row.value, row.place
    if len(value) > MAX_CHARACTERS and not details:
        value = value[:MAX_CHARACTERS] + " ..."
    if explained and explained[0].place == place:
        place = ""
    yield replace(row, value=value, place=place)
    yield from explained


def paint(text: str, style: Style, colour: bool) -> str:
    """The text in a style, when there is to be colour."""
    return f"\x1b[{style}m{text}\x1b[0m" if colour and style and text else text


def visible(text: str) -> str:
    """The text on one line, with everything escaped that could move the cursor or turn the reading direction."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return character.encode("unicode_escape").decode("ascii")
    return character


def cells(text: str) -> int:
    """Columns that the text takes: East Asian wide characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _lines(row: Row, start: int, width: int, colour: bool) -> Iterator[str]:
    head = " " * INDENT + row.label
    first = max(start, cells(head) + GAP)
    if first > start and first + cells(row.value) > width:
        yield head
        head, first = "", start
    *full, last = wrap(row.value, width - first, width - start)
    for chunk in full:
        yield _padded(head, first) + paint(chunk, row.style, colour)
        head, first = "", start
    line = _padded(head, first) + paint(last, row.style, colour)
    room = width - first - cells(last) - cells(row.place)
    place = paint(row.place, Style.PLACE, colour)
    if not place:
        yield line
    elif room >= GAP:
        yield line + " " * room + place
    else:
        yield line
        yield " " * (width - cells(row.place)) + place


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def wrap(text: str, first_width: int, width: int) -> list[str]:
    """The text in lines of at most `width` columns (the first of `first_width`), broken at spaces only."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and cells(joined) > (width if len(lines) > 1 else first_width):
            lines.append(word)
        else:
            lines[-1] = joined
    return lines
