"""Lines of the repository in a terminal."""

import pytest

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Excerpt
from analyzer.render.sections.snippets import hanging, snippet
from analyzer.render.text_layout import Style, cells


def lines_of(
    text: str, *, note: str = "", width: int = 40, line: int = 7, column: int = 0, colour: bool = False
) -> list[str]:
    column = column or len(text) - len(text.lstrip()) + 1
    excerpt = Excerpt(first_line=line - 1, lines=("above", text), column=column, end_column=len(text) + 1)
    where = Evidence(path="shop/a.py", line=line, note=note)
    return list(snippet(where, excerpt, width=width, style=Style.DANGER, colour=colour))


def test_what_is_meant_is_underlined_with_its_note_behind() -> None:
    assert lines_of("    DEBUG = True", note="on") == [
        "  shop/a.py:7",
        "  7 |     DEBUG = True",
        "    |     ^^^^^^^^^^^^ on",
    ]


def test_a_note_without_room_stands_below() -> None:
    assert lines_of("DEBUG = True", note="because it is on in production")[2:] == [
        "    | ^^^^^^^^^^^^",
        "    | because it is on in production",
    ]


def test_a_note_that_repeats_the_line_is_left_out() -> None:
    assert lines_of("Django==5.1.2", note="Django==5.1.2")[2:] == ["    | ^^^^^^^^^^^^^"]


def test_a_tab_is_four_blanks_and_wide_characters_take_two_marks() -> None:
    assert lines_of("\tname = '日本'")[1:] == ["  7 |     name = '日本'", "    |     ^^^^^^^^^^^^^"]


def test_a_long_line_is_cut_and_its_indentation_given_up() -> None:
    assert lines_of("        " + "x" * 100)[1:] == ["  7 | " + "x" * 30 + " ...", "    | " + "^" * 30]


@pytest.mark.parametrize("text", ["x" * 300, "日本" * 100, " " * 100 + "x", "\t" * 30 + "y" * 20, "\x1b[31m" * 40])
@pytest.mark.parametrize("width", [30, 80])
def test_every_line_fits(text: str, width: int) -> None:
    lines = lines_of(text, width=width, note="words " * 30, line=12345)
    assert len(lines) > 3
    assert max(map(cells, lines)) <= width
    assert "\x1b" not in "".join(lines)


def test_a_place_without_text_has_its_note_alone() -> None:
    where = Evidence(path="shop/a.py", line=7, note="a note")
    assert list(snippet(where, None, width=40, style=Style.HINT, colour=False)) == ["  shop/a.py:7", "  a note"]
    assert lines_of("   ", note="a note", column=1) == ["  shop/a.py:7", "  a note"]


def test_a_default_of_a_library_points_to_no_line() -> None:
    assert lines_of("DEBUG = False", note="X is not set here: Django's default", width=60) == [
        "  shop/a.py",
        "  X is not set here: Django's default",
    ]


def test_what_the_scanned_folder_lacks_has_no_place() -> None:
    where = Evidence(path=".", note="no Procfile")
    assert list(snippet(where, None, width=40, style=Style.HINT, colour=False)) == ["  no Procfile"]


def test_only_the_mark_has_colour() -> None:
    assert [line for line in lines_of("DEBUG = True", note="on", colour=True) if "\x1b" in line] == [
        "    | \x1b[31m^^^^^^^^^^^^\x1b[0m on"
    ]


def test_further_lines_of_a_text_stand_below_its_first() -> None:
    assert list(hanging("fix", "one two three", 20, 10)) == ["  fix     one two", "          three"]
