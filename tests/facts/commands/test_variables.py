"""Variables in text."""

import pytest

from analyzer.facts.commands.variables import is_resolved, substitute

VALUES = {"A": "one", "EMPTY": ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$A ${A}", "one one"),
        ("$B ${B}", "$B ${B}"),
        ("${A:-two} ${B:-two} ${B-two}", "one two two"),
        ("${EMPTY:-two}.${EMPTY-two}", "two."),
        ("${A:+set}${B:+set}", "set"),
        ("${A:?must} ${B:?must}", "one ${B:?must}"),
        ("\\$A", "$A"),
        ("a$", "a$"),
    ],
)
def test_substitute(text: str, expected: str) -> None:
    assert substitute(text, VALUES) == expected


@pytest.mark.parametrize(("text", "resolved"), [("plain", True), ("$X", False), ("`id`", False)])
def test_is_resolved(text: str, resolved: bool) -> None:
    assert is_resolved(text) is resolved
