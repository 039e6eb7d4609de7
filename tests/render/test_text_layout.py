"""Rows in columns."""

import pytest

from analyzer.render.text_layout import (
    MAX_CHARACTERS,
    Row,
    Section,
    Style,
    cells,
    lay_out,
    paint,
    pieces,
    visible,
    wrap,
)


def laid_out(*rows: Row, width: int = 40) -> list[str]:
    section = Section(title="Title", rows=rows, min_label_width=6)
    return list(lay_out([section], width=width, colour=False))[2:]


def test_a_row_has_label_value_and_place_at_the_right_edge() -> None:
    assert laid_out(Row(label="URLs", value="shop.urls", place="a.py:3")) == [
        "  URLs    shop.urls               a.py:3"
    ]


def test_the_place_moves_below_a_value_that_leaves_it_no_room() -> None:
    assert laid_out(Row(label="URLs", value="a.module.with.a.name", place="shop/settings.py:3")) == [
        "  URLs    a.module.with.a.name",
        "                      shop/settings.py:3",
    ]


def test_a_value_that_just_fits_keeps_its_place() -> None:
    assert laid_out(Row(label="a", value="v" * 22, place="a.py:3")) == ["  a       " + "v" * 22 + "  a.py:3"]
    assert len(laid_out(Row(label="a", value="v" * 23, place="a.py:3"))) == 2


def test_a_long_value_goes_on_below_its_beginning() -> None:
    assert laid_out(Row(label="apps", value="one two three four five six seven eight")) == [
        "  apps    one two three four five six",
        "          seven eight",
    ]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert laid_out(Row(label="a", value=f"b {'x' * 50} c")) == [
        "  a       b",
        "          " + "x" * 30,
        "          " + "x" * 20 + " c",
    ]


@pytest.mark.parametrize(
    ("word", "width", "broken"),
    [
        ("short", 5, ["short"]),
        ("a.module.name", 9, ["a.module.", "name"]),
        ("https://example.org/x", 10, ["https://", "example.", "org/x"]),
        ("a-b", 2, ["a-", "b"]),
        ("--opt=value", 7, ["--opt=", "value"]),
        ("日本語", 4, ["日本", "語"]),
        ("abc", 0, ["a", "b", "c"]),
    ],
)
def test_words_break_behind_punctuation(word: str, width: int, broken: list[str]) -> None:
    assert list(pieces(word, width)) == broken


def test_no_line_is_wider_than_the_terminal() -> None:
    long = "/".join(["folder"] * 20)
    rows = (Row(label=long, value=long, place=f"{long}:1"), Row(label="b", value=f"{long}, {long}"))
    for width in (20, 40, 80):
        lines = list(lay_out([Section(title=f"What: {long}", rows=rows)], width=width, colour=False, details=True))
        assert max(map(cells, lines)) <= width
        assert "".join("".join(lines).split()).count(long) == 6


def test_a_long_value_is_cut_behind_a_part_of_it_and_keeps_its_tail() -> None:
    names = ", ".join(f"application{number}" for number in range(40))
    row = Row(label="apps", value=names, tail=" (likely)")
    text = " ".join(" ".join(laid_out(row, width=80)).split())
    assert text.endswith(", ... (likely)")
    assert names.startswith(text.removeprefix("apps ").removesuffix(" ... (likely)"))
    assert len(text) < MAX_CHARACTERS + 20
    (section,) = [Section(title="T", rows=(row,))]
    assert "application39 (likely)" in list(lay_out([section], width=8000, colour=False, details=True))[-1]


def test_the_longest_label_widens_the_column() -> None:
    assert laid_out(Row(label="a long label", value="1"), Row(label="b", value="2")) == [
        "  a long label  1",
        "  b             2",
    ]


def test_a_label_beyond_the_bound_pushes_its_value_on_or_down() -> None:
    label = "N" * 34
    assert laid_out(Row(label=label, value="1"), Row(label="b", value="2"), width=60) == [
        f"  {label}  1",
        "  b" + " " * 31 + "2",
    ]
    down = laid_out(Row(label=label, value="a value of some length"), width=50)
    assert down[0] == f"  {label}"
    assert down[1].startswith(" " * 34 + "a value")


def test_wide_characters_take_two_columns() -> None:
    assert cells("日本") == 4
    assert cells("e\u0301") == 1
    (line,) = laid_out(Row(label="日本", value="v", place="a.py:3"))
    assert cells(line) == 40


def test_sections_without_rows_are_left_out() -> None:
    empty = Section(title="Empty")
    assert list(lay_out([empty, Section(title="Full", rows=(Row(value="1"),))], width=40, colour=False))[1] == "Full"


def test_reasons_are_shown_where_asked_for() -> None:
    row = Row(label="a", value="1", place="x.py:1", because=(Row(value="why", place="x.py:1"),))
    section = Section(title="T", rows=(row,))
    assert len(list(lay_out([section], width=40, colour=False))) == 3
    first, second = list(lay_out([section], width=40, colour=False, details=True))[2:]
    assert "x.py:1" not in first
    assert second.split() == ["why", "x.py:1"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain [b]text[/b] é 日本", "plain [b]text[/b] é 日本"),
        ("tab\there", r"tab\there"),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\u200bb\u202ec", r"a\u200bb\u202ec"),
        ("\udce9", r"\udce9"),
        ("nul\0", r"nul\x00"),
        ("a ::error::b, ##[Error]c", r"a \x3a:error::b, \x23#[Error]c"),
        ("A::B, ::1, package-manager::none-found, ## [a]", "A::B, ::1, package-manager::none-found, ## [a]"),
    ],
)
def test_only_what_can_be_seen_is_printed(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_colour_around_nothing() -> None:
    assert paint("", Style.TITLE, colour=True) == ""
    assert paint("a", Style.PLAIN, colour=True) == "a"
    assert paint("a", Style.PLACE, colour=True) == "\x1b[2ma\x1b[0m"


def test_the_first_line_may_be_shorter() -> None:
    assert wrap("aa bb cc dd", 5, 8) == ["aa bb", "cc dd"]
    assert wrap("", 5, 8) == [""]
