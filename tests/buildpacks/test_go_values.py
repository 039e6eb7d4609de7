"""Go's decoders: names, types, and what is no error."""

from typing import Any

import pytest

from analyzer.buildpacks.go_values import Anything, ListOf, MapOf, Mismatch, Shape, Struct, Text, decode

SHAPE = Struct({"name": Text(), "tags": ListOf(Text()), "extra": MapOf(Anything()), "part": Struct({"id": Text()})})
EMPTY: dict[str, Any] = {"name": "", "tags": [], "extra": {}, "part": {"id": ""}}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, EMPTY),
        ({"other": 1}, EMPTY),
        ({"NAME": "x", "Part": {"ID": "y"}}, EMPTY | {"name": "x", "part": {"id": "y"}}),
        ({"Name": "x", "name": "y"}, EMPTY | {"name": "y"}),
        ({"name": "y", "Name": "x"}, EMPTY | {"name": "y"}),
        ({"extra": {"a": 1, "b": None}}, EMPTY | {"extra": {"a": 1, "b": None}}),
        ({"name": None, "tags": None, "extra": None, "part": None}, EMPTY),
        (None, EMPTY),
    ],
)
def test_decoded(value: object, expected: dict[str, Any]) -> None:
    assert decode(value, SHAPE) == expected


@pytest.mark.parametrize(
    ("value", "keys", "wanted"),
    [
        ({"name": 3}, ("name",), "string"),
        ({"NAME": 3}, ("NAME",), "string"),
        ({"tags": "x"}, ("tags",), "array"),
        ({"tags": ["x", 1]}, ("tags",), "string"),
        ({"part": []}, ("part",), "table"),
        ({"part": {"id": {}}}, ("part", "id"), "string"),
        ([], (), "table"),
    ],
)
def test_mismatch(value: object, keys: tuple[str, ...], wanted: str) -> None:
    assert decode(value, SHAPE) == Mismatch(keys=keys, wanted=wanted)


def test_case_counts_where_it_is_asked_for() -> None:
    assert decode({"NAME": 3, "Part": {"id": 1}}, SHAPE, any_case=False) == EMPTY
    nested: Shape = Struct({"part": Struct({"id": Text()})})
    assert decode({"part": {"ID": 1}}, nested, any_case=False) == {"part": {"id": ""}}
