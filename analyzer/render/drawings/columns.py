"""Boxes in columns, and the arrows between them: a drawing that needs no layout engine."""

from collections.abc import Sequence

from analyzer.model.quick_dataclass import dataclass
from analyzer.render.text_layout import pieces, wrap

BOX_WIDTH = 190
COLUMN_GAP = 44
ROW_GAP = 16
MARGIN = 2
HEADING = 30
"""Height of the row of headings."""
PADDING = 14
"""Left of the text of a box."""
KIND_HEIGHT, TITLE_HEIGHT, LINE_HEIGHT = 18, 20, 16
TITLE_LETTERS, LINE_LETTERS = 19, 23
"""What fits into the width of a box."""
MOST_LINES = 3
"""Of one text of a box; the table beside the drawing has all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What one box says; `id` is the anchor of its row in the table beside the drawing."""

    id: str
    column: int
    kind: str
    """In a word or two: "service", "database"."""
    title: str
    lines: tuple[str, ...] = ()
    tone: str = "plain"
    """entry | run | job | data | plain: what it is, beside the word that says so."""
    to: tuple[str, ...] = ()
    """Ids of the boxes that it points to, in the next column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text; `y` is its base line."""

    text: str
    x: float
    y: float
    role: str
    """kind | title | line"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box with its texts."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All parts, in units of which a line of text is about 14 high."""

    width: float
    height: float
    headings: tuple[Text, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    """Paths of SVG, each from the right edge of a box to the left edge of another."""


def draw(headings: Sequence[str], nodes: Sequence[Node]) -> Drawing:
    """The drawing of nodes in columns, which the headings name; each column is centred."""
    columns = [[node for node in nodes if node.column == index] for index in range(len(headings))]
    tallest = max(sum(_height(node) + ROW_GAP for node in column) for column in columns) - ROW_GAP
    boxes: list[Box] = []
    for index, column in enumerate(columns):
        y = HEADING + (tallest - sum(_height(node) + ROW_GAP for node in column) + ROW_GAP) / 2
        for node in column:
            boxes.append(_box(node, _left(index), y))
            y += _height(node) + ROW_GAP
    by_id = {box.node.id: box for box in boxes}
    arrows = tuple(_arrow(box, by_id[target]) for box in boxes for target in box.node.to)
    return Drawing(
        width=_left(len(headings) - 1) + BOX_WIDTH + MARGIN,
        height=HEADING + tallest + MARGIN,
        headings=tuple(Text(text=text, x=_left(i), y=16, role="heading") for i, text in enumerate(headings)),
        boxes=tuple(boxes),
        arrows=arrows,
    )


def _left(column: int) -> float:
    return MARGIN + column * (BOX_WIDTH + COLUMN_GAP)


def _height(node: Node) -> float:
    return 14 + sum(height for _, _, height in _rows(node))


def _rows(node: Node) -> list[tuple[str, str, int]]:
    """Text, role and height of each line."""
    rows = [(node.kind, "kind", KIND_HEIGHT)]
    rows += [(line, "title", TITLE_HEIGHT) for line in _cut(node.title, TITLE_LETTERS)]
    rows += [(line, "line", LINE_HEIGHT) for text in node.lines for line in _cut(text, LINE_LETTERS)]
    return rows


def _cut(text: str, letters: int) -> list[str]:
    lines = wrap(text[: letters * (MOST_LINES + 1)], letters, letters)
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], f"{next(pieces(lines[MOST_LINES - 1], letters - 2))} …"]


def _box(node: Node, x: float, top: float) -> Box:
    texts = []
    y = top + 5
    for text, role, height in _rows(node):
        y += height
        texts.append(Text(text=text, x=x + PADDING, y=y - 3, role=role))
    return Box(node=node, x=x, y=top, width=BOX_WIDTH, height=_height(node), texts=tuple(texts))


def _arrow(source: Box, target: Box) -> str:
    x1, y1 = source.x + BOX_WIDTH, source.y + source.height / 2
    x2, y2 = target.x - 5, target.y + target.height / 2
    middle = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"
