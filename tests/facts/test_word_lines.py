"""Walking only what holds a word."""

import ast
import re

from analyzer.facts.word_lines import WordLines

TEXT = """\
import os

A = 1
B = (
    os.environ["B"]
)


@route(
    env("C"),
)
def view(request):
    x = 1
    if x:
        y = 2
    else:
        y = os.environ["D"]
    return y


def other():
    return 1


class Settings:
    E = 1
    F = env("F")


try:
    g = env("G")
except KeyError:
    g = 2
"""


def names(text: str, pattern: str) -> list[str]:
    walked = WordLines(text, re.compile(pattern)).walk(ast.parse(text))
    return [ast.unparse(node) for node in walked if isinstance(node, ast.Assign | ast.FunctionDef | ast.Return)]


def first_lines(text: str, pattern: str) -> list[str]:
    return [part.split("\n")[0] for part in names(text, pattern)]


def test_only_statements_with_the_word_are_walked() -> None:
    assert first_lines(TEXT, "env") == [
        "B = os.environ['B']",
        "@route(env('C'))",
        "F = env('F')",
        "g = env('G')",
        "y = os.environ['D']",
    ]


def test_nothing_is_walked_without_the_word() -> None:
    assert names(TEXT, "getenv") == []


def test_a_word_in_a_decorator_counts_for_what_is_decorated() -> None:
    assert first_lines(TEXT, "route") == ["@route(env('C'))"]


def test_the_order_is_that_of_ast_walk() -> None:
    tree = ast.parse(TEXT)
    walked = [node for node in WordLines(TEXT, re.compile("env")).walk(tree) if hasattr(node, "lineno")]
    assert [node for node in ast.walk(tree) if node in walked] == walked
    assert len(walked) < sum(hasattr(node, "lineno") for node in ast.walk(tree))
