"""A line of the repository for a terminal, with what is meant of it underlined."""

from collections.abc import Iterator

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Excerpt
from analyzer.render.statements import is_default, place
from analyzer.render.text_layout import GAP, INDENT, Style, cells, paint, visible, wrap

TAB = "    "
CUT = " ..."


def snippet(
    where: Evidence, excerpt: Excerpt | None, *, width: int, style: Style, colour: bool, tail: str = ""
) -> Iterator[str]:
    """The place, its line, the mark under it, and the note of the evidence; the place and the note alone without text.

    Args:
        style: of the mark.
        tail: stands behind the place.
    """
    margin = " " * INDENT
    named = visible(where.path) if is_default(where) else place(where)
    if named:
        yield from (f"{margin}{part}" for part in wrap(f"{named}{tail}", width - INDENT, width - INDENT))
    line, start, length = _cut(
        None if is_default(where) else excerpt, where.line, width - INDENT - len(str(where.line)) - 3
    )
    note = visible(where.note)
    if not length:
        yield from (f"{margin}{part}" for part in wrap(note, width - INDENT, width - INDENT) if part)
        return
    note = "" if note in line else note
    gutter = f"{margin}{' ' * len(str(where.line))} | "
    yield f"{margin}{where.line} | {line}"
    room = width - len(gutter)
    mark = " " * start + paint("^" * length, style, colour)
    if note and start + length + 1 + cells(note) <= room:
        yield f"{gutter}{mark} {note}"
    else:
        yield f"{gutter}{mark}"
        yield from (f"{gutter}{part}" for part in wrap(note, room, room) if part)


def _cut(excerpt: Excerpt | None, number: int, room: int) -> tuple[str, int, int]:
    """The line in at most `room` columns, where what is meant begins in it, and how wide that is; 0 for no text."""
    if excerpt is None or not excerpt.first_line <= number < excerpt.first_line + len(excerpt.lines):
        return "", 0, 0
    text = excerpt.lines[number - excerpt.first_line]
    before, meant = (
        visible(part.replace("\t", TAB)) for part in (text[: excerpt.column - 1], text[excerpt.column - 1 :])
    )
    if not meant.strip():
        return "", 0, 0
    if cells(before) + cells(meant) > room:
        before = ""
    if cells(meant) > room:
        while cells(meant) > room - len(CUT):
            meant = meant[:-1]
        return meant.rstrip() + CUT, 0, cells(meant.rstrip())
    return before + meant.rstrip(), cells(before), cells(meant.rstrip())


def hanging(label: str, text: str, width: int, start: int) -> Iterator[str]:
    """Text behind a label, its further lines below its first."""
    head = f"{' ' * INDENT}{label:{start - INDENT - GAP}}{' ' * GAP}"
    for part in wrap(visible(text), width - start, width - start):
        yield head + part
        head = " " * start
