"""Documents of unknown shape."""

import pytest

from analyzer.facts.dependencies.tables import table, tables, text, texts

ODD = [None, 1, 1.5, True, "text", ["a"], {"a": 1}]


@pytest.mark.parametrize("value", ODD)
def test_only_the_expected_shape_comes_through(value: object) -> None:
    assert table(value) == (value if isinstance(value, dict) else {})
    assert text(value) == (value if isinstance(value, str) else None)


def test_tables_of_an_array() -> None:
    assert tables([{"a": 1}, "b", {"c": 2}]) == ({"a": 1}, {"c": 2})
    assert tables({"a": 1}) == ()


def test_texts_of_an_array_or_alone() -> None:
    assert texts(["a", 1, "b"]) == ("a", "b")
    assert texts("a") == ("a",)
    assert texts({"a": "b"}) == ()


def test_blank_text_is_none() -> None:
    assert text("  ") is None
