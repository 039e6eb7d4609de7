"""Evaluated settings as plain data."""

from pathlib import PurePosixPath

import pytest

from analyzer.facts.django.plain_settings import (
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_PLACES,
    first_unknown,
    places,
    relative,
    to_plain,
)
from analyzer.facts.evaluator.files import VIRTUAL_ROOT
from analyzer.facts.evaluator.values import FromEnv, OneOf, PartialText, Unresolved, Value, Where, wrap
from analyzer.model.facts import Plain, Unknown


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (None, None),
        (True, True),
        (1.5, 1.5),
        ("text", "text"),
        (f"{VIRTUAL_ROOT}/static", "static"),
        (PurePosixPath(VIRTUAL_ROOT) / "media", "media"),
        ([1, ("a",)], (1, ("a",))),
        ({"a": {1: [2]}}, {"a": {"1": (2,)}}),
        ({"b", "a"}, ("a", "b")),
        (b"x", Unknown(reason="bytes")),
        (FromEnv("NAME"), Unknown(reason="environment variable NAME")),
        (Unresolved("because"), Unknown(reason="because")),
        (PartialText(("a", Value(FromEnv("NAME")))), Unknown(reason="text with NAME in it")),
        (PartialText(("a", Value(Unresolved("x")))), Unknown(reason="text with unknown parts in it")),
    ],
)
def test_values(data: object, expected: Plain) -> None:
    assert to_plain(wrap(data) if isinstance(data, list | dict | set) else Value(data)) == expected


def test_alternatives_with_their_conditions() -> None:
    branches = (("A", Value(1)), ("not (A)", wrap([1, 2])), ("B", wrap({"a": 1})), ("C", Value(Unresolved("because"))))
    assert to_plain(Value(OneOf(branches))) == Unknown(
        reason="undecided: 1 when A; a list of 2 when not (A); a dictionary of 1 when B; because when C"
    )


def test_a_long_value_among_alternatives_is_cut() -> None:
    plain = to_plain(Value(OneOf((("A", Value("x" * 500)), ("B", Value("y"))))))
    assert isinstance(plain, Unknown)
    assert plain.reason == f"undecided: '{'x' * 79}... when A; 'y' when B"


def test_nesting_is_bounded() -> None:
    value = Value("inside")
    for _ in range(MAX_DEPTH + 1):
        value = Value([value])
    plain = to_plain(value)
    for _ in range(MAX_DEPTH + 1):
        assert isinstance(plain, tuple)
        (plain,) = plain
    assert plain == Unknown(reason="limit: nesting")
    assert first_unknown(to_plain(value.data[0])) is None


def test_items_are_bounded() -> None:
    plain = to_plain(wrap(list(range(MAX_ITEMS + 1))))
    assert isinstance(plain, tuple)
    assert len(plain) == MAX_ITEMS


def test_a_large_setting_is_cut() -> None:
    row = wrap(list(range(1_000)))
    plain = to_plain(Value([row] * 100))
    assert isinstance(plain, tuple)
    assert plain[0] == tuple(range(1_000))
    assert plain[99] == Unknown(reason="limit: size of a value")
    assert first_unknown(to_plain(Value([row] * 10))) is None
    assert first_unknown(to_plain(Value([Value("x" * 100_000)] * 100))) == Unknown(reason="limit: size of a value")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (VIRTUAL_ROOT, "."),
        (f"{VIRTUAL_ROOT}/", "."),
        (f"{VIRTUAL_ROOT}/a/b", "a/b"),
        (f"{VIRTUAL_ROOT}s/a", f"<repo parent>{VIRTUAL_ROOT[VIRTUAL_ROOT.rindex('/') :]}s/a"),
        ("/var/www", "/var/www"),
        ("a/b", "a/b"),
    ],
)
def test_paths_are_relative_to_the_repository(text: str, expected: str) -> None:
    assert relative(text) == expected


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("a", None),
        (("a", {"b": 1}), None),
        (Unknown(reason="x"), "x"),
        (("a", ("b", Unknown(reason="y"), Unknown(reason="z"))), "y"),
        ({"a": {"b": Unknown(reason="z")}}, "z"),
    ],
)
def test_the_first_part_that_is_not_known(plain: Plain, expected: str | None) -> None:
    unknown = first_unknown(plain)
    assert (unknown.reason if unknown is not None else None) == expected


def test_the_lines_of_keys() -> None:
    inner = Value({"sslmode": Value("require", at=Where("b.py", 9))}, at=Where("a.py", 4))
    entry = Value({"OPTIONS": inner, "NAME": Value("x")}, at=Where("a.py", 3))
    found = {key: (place.path, place.line) for key, place in places(Value({"default": entry})).items()}
    assert found == {
        "default": ("a.py", 3),
        "default.OPTIONS": ("a.py", 4),
        "default.OPTIONS.sslmode": ("b.py", 9),
    }
    assert places(Value([entry])) == {}
    many = {str(number): Value(1, at=Where("a.py", number)) for number in range(MAX_PLACES + 1)}
    assert len(places(Value(many))) == MAX_PLACES
