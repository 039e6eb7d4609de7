"""Rows of label, value and place, laid out for a terminal of a given width: places stand at its right edge.

No line is wider than the terminal: a word, path or label that is wider by itself is broken behind punctuation.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

INDENT = 2
GAP = 2
MAX_LABEL_WIDTH = 30
MIN_VALUE_WIDTH = 16
"""Columns of a value in a narrow terminal."""
MAX_WORD = 2_000
"""Characters of one word; the rest of a longer one, which nobody reads, is left out."""
MAX_CHARACTERS = 240
"""Of a value, where not every detail is asked for."""
_BREAKS = ":/.,-_=&?"
_LOGGED = lazy_pattern(
    r"#(?=#\[)|:(?=:(?:add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|notice|remove-matcher|save-state"
    r"|set-env|set-output|stop-commands|warning)\b)",
    re.IGNORECASE,
)
"""The first character of what GitHub's runner takes for a command: `##[` anywhere, `::` where a line begins, which may
be at any place of a text that is wrapped. Source: actions/runner, src/Runner.Common/ActionCommand.cs."""


class Style(StrEnum):
    """What a piece of text is; the value is its SGR code."""

    TITLE = "1"
    PLACE = "2"
    DANGER = "31"
    WARNING = "33"
    HINT = "36"
    QUESTION = "35"
    PLAIN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One statement: what it is about, what it says, and where that stands (`path:line`, or empty)."""

    label: str = ""
    value: str
    place: str = ""
    tail: str = ""
    """What is to be shown behind the value, however long that is."""
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
            yield from (paint(line, Style.TITLE, colour) for line in wrap(section.title, width, width))
            longest = max(cells(row.label) for row in rows)
            start = INDENT + min(max(longest, section.min_label_width), MAX_LABEL_WIDTH) + GAP
            start = max(INDENT, min(start, width - MIN_VALUE_WIDTH))
            for row in rows:
                yield from _lines(row, start, width, colour)


def _shown(row: Row, details: bool) -> Iterator[Row]:
    explained = row.because if details or row.explain else ()
    value, place = row.value, row.place
    if len(value) > MAX_CHARACTERS and not details:
        value = f"{_beginning(value)} ..."
    if explained and explained[0].place == place:
        place = ""
    yield replace(row, value=value + row.tail, place=place)
    yield from explained


def _beginning(value: str) -> str:
    """The first part of a long value, cut off behind a comma or a word."""
    cut = value[:MAX_CHARACTERS]
    comma, space = cut.rfind(", ") + 1, cut.rfind(" ")
    return cut[: comma if comma > MAX_CHARACTERS // 2 else space] if space > 0 else cut


def paint(text: str, style: Style, colour: bool) -> str:
    """The text in a style, when there is to be colour."""
    return f"\x1b[{style}m{text}\x1b[0m" if colour and style and text else text


def visible(text: str) -> str:
    """The text on one line, with everything escaped that could move the cursor, turn the reading direction, or be a
    command to GitHub's runner where it stands in a log."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_visible_character, text))
    if "::" in text or "##[" in text:
        text = _LOGGED.sub(lambda found: f"\\x{ord(found[0]):x}", text)
    return text


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
    *above, label = pieces(row.label, width - INDENT)
    yield from (" " * INDENT + piece for piece in above)
    head = " " * INDENT + label
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
        for piece in pieces(row.place, width - INDENT):
            yield " " * (width - cells(piece)) + paint(piece, Style.PLACE, colour)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def wrap(text: str, first_width: int, width: int) -> list[str]:
    """The text in lines of at most `width` columns (the first of `first_width`), broken at spaces where possible."""
    lines = [""]
    for word in text.split(" "):
        first, *rest = pieces(word if len(word) <= MAX_WORD else f"{word[:MAX_WORD]}…", width)
        joined = f"{lines[-1]} {first}" if lines[-1] else first
        if lines[-1] and cells(joined) > (width if len(lines) > 1 else first_width):
            lines.append(first)
        else:
            lines[-1] = joined
        lines += rest
    return lines


def pieces(word: str, width: int) -> Iterator[str]:
    """A word that is wider than `width` in pieces, broken behind punctuation where there is some; else as it is."""
    while cells(word) > max(width, 1):
        fitting = next((end for end in range(1, len(word)) if cells(word[: end + 1]) > width), 1)
        ends = (end for end in range(fitting, 1, -1) if word[end - 1] in _BREAKS and word[end] not in _BREAKS)
        end = next(ends, fitting)
        yield word[:end]
        word = word[end:]
    yield word
