"""The last part of a name."""

import ast

import pytest

from analyzer.facts.last_name import last_name


@pytest.mark.parametrize(("source", "name"), [("a.b.c", "c"), ("a", "a"), ("f().b", "b"), ("f()", ""), ("a[0]", "")])
def test_the_last_part(source: str, name: str) -> None:
    assert last_name(ast.parse(source, mode="eval").body) == name
