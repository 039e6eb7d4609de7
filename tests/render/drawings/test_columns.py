"""Boxes stand in their columns, none over another, and all texts fit into them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analyzer.render.drawings.columns import LINE_LETTERS, MOST_LINES, TITLE_LETTERS, Node, draw
from analyzer.render.text_layout import cells

TEXT = st.text(max_size=200)


def test_an_arrow_leads_from_edge_to_edge() -> None:
    drawing = draw(
        ("From", "To"),
        [Node(id="a", column=0, kind="k", title="A", to=("b",)), Node(id="b", column=1, kind="k", title="B")],
    )
    first, second = drawing.boxes
    (arrow,) = drawing.arrows
    assert arrow.startswith(f"M{first.x + first.width:g} {first.y + first.height / 2:g}C")
    assert arrow.endswith(f" {second.x - 5:g} {second.y + second.height / 2:g}")
    assert [text.text for text in drawing.headings] == ["From", "To"]


def test_a_long_text_is_cut_and_says_so() -> None:
    (box,) = draw(("Only",), [Node(id="a", column=0, kind="k", title="word " * 40)]).boxes
    titles = [text.text for text in box.texts if text.role == "title"]
    assert len(titles) == MOST_LINES
    assert titles[-1].endswith(" …")


@given(st.lists(st.tuples(st.integers(0, 2), TEXT, TEXT, st.lists(TEXT, max_size=4)), min_size=1, max_size=12))
def test_boxes_do_not_touch_and_hold_their_texts(given_nodes: list[tuple[int, str, str, list[str]]]) -> None:
    nodes = [
        Node(id=str(index), column=column, kind=kind, title=title, lines=tuple(lines))
        for index, (column, kind, title, lines) in enumerate(given_nodes)
    ]
    drawing = draw(("a", "b", "c"), nodes)
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert box.y >= 0
        assert box.y + box.height <= drawing.height
        for text in box.texts:
            assert box.y < text.y < box.y + box.height
            assert cells(text.text) <= {"title": TITLE_LETTERS, "line": LINE_LETTERS}.get(text.role, 1000)
    for column in range(3):
        stacked = [box for box in drawing.boxes if box.node.column == column]
        for above, below in pairwise(stacked):
            assert above.y + above.height < below.y
