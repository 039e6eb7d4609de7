"""Parts of globs and their regular expressions; what they mean to git is compared in test_ignore."""

import re

import pytest

from analyzer.snapshot.globs import is_deep, split, translate_folder, translate_part


@pytest.mark.parametrize(
    ("glob", "parts"),
    [
        ("a", ["a"]),
        ("a/*.b/**", ["a", "*.b", "**"]),
        ("[a/b]/c", ["[a/b]", "c"]),
        ("a\\/b", ["a", "b"]),
        ("\\[a/b]", ["\\[a", "b]"]),
        ("/a", ["", "a"]),
        ("a\\\\/b", ["a\\\\", "b"]),
        ("[]/]", ["[]/]"]),
    ],
)
def test_a_glob_is_split_at_its_slashes(glob: str, parts: list[str]) -> None:
    assert split(glob) == parts


@pytest.mark.parametrize("glob", ["a[", "a/[b", "a\\", "[[:none:]]", "[a\\"])
def test_a_glob_that_never_fits(glob: str) -> None:
    assert split(glob) is None


@pytest.mark.parametrize(("part", "deep"), [("**", True), ("***", True), ("*", False), ("**a", False), ("", False)])
def test_only_stars_stand_for_any_number_of_parts(part: str, deep: bool) -> None:
    assert is_deep(part) is deep


@pytest.mark.parametrize(
    ("part", "fit", "other"),
    [
        ("a*b", ["ab", "a.b", "abb"], ["a", "a/b", "ba"]),
        ("?", ["a", "é"], ["", "/", "ab"]),
        ("[!a]", ["b", "!"], ["a", "/"]),
        ("[+-9]", ["+", "5"], ["/", "a"]),
        ("[[:digit:]-]", ["1", "-"], ["a"]),
        ("\\*", ["*"], ["a"]),
        ("a.b", ["a.b"], ["acb"]),
        ("*a*a*", ["aa", "xaxax"], ["a", "xax"]),
    ],
)
def test_a_part(part: str, fit: list[str], other: list[str]) -> None:
    expression = re.compile(translate_part(part))
    assert [text for text in [*fit, *other] if expression.fullmatch(text)] == fit


@pytest.mark.parametrize(
    ("parts", "fit", "other"),
    [
        ([], [""], ["a/"]),
        (["a", "b"], ["a/b/"], ["a/", "a/b", "x/a/b/"]),
        (["**", "a"], ["a/", "x/y/a/"], ["", "xa/", "a/x/"]),
        (["a", "**"], ["a/", "a/x/y/"], ["", "ax/", "x/a/"]),
        (["a", "**", "b", "**", "c"], ["a/b/c/", "a/x/b/b/y/c/"], ["a/c/b/", "a/b/"]),
        (["*", "**"], ["x/", "x/y/"], [""]),
    ],
)
def test_a_folder(parts: list[str], fit: list[str], other: list[str]) -> None:
    expression = re.compile(translate_folder(parts), re.DOTALL)
    assert [text for text in [*fit, *other] if expression.fullmatch(text)] == fit
