"""Arithmetic on paths inside the repository."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.snapshot.paths import basename, join, parent


@pytest.mark.parametrize(
    ("base", "relative", "expected"),
    [
        (".", "a/b", "a/b"),
        (".", ".", "."),
        ("a", "", "a"),
        ("a/b", "../c", "a/c"),
        ("a", "..", "."),
        ("a", "./b//c/", "a/b/c"),
        ("a", "../..", None),
        (".", "..", None),
        ("a", "../../a/b", None),
        ("a", "/etc", None),
        ("a", "...", "a/..."),
    ],
)
def test_join(base: str, relative: str, expected: str | None) -> None:
    assert join(base, relative) == expected


parts = st.lists(st.sampled_from(["a", "b", "..", ".", ""]), max_size=6).map("/".join)


@given(
    base=st.lists(st.sampled_from(["a", "b"]), max_size=3).map("/".join).map(lambda path: path or "."), relative=parts
)
def test_join_agrees_with_the_standard_library(base: str, relative: str) -> None:
    found = join(base, relative)
    expected = posixpath.normpath(posixpath.join(base, relative))
    if relative.startswith("/") or found is None:
        assert found is None
    else:
        assert found == expected
    if expected == ".." or expected.startswith("../"):
        assert found is None


def test_parent_and_basename() -> None:
    assert [parent(path) for path in ("a/b/c", "a", ".")] == ["a/b", ".", "."]
    assert [basename(path) for path in ("a/b/c.py", "a")] == ["c.py", "a"]
