"""Tests of shell scripts."""

import pytest

from analyzer.facts.commands.conditions import holds, is_on_request, is_reached
from analyzer.facts.commands.shell import split_commands

KNOWN = {"A": "yes", "EMPTY": "", "N": "3"}


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("[ $A = yes ]", True),
        ("[[ $A == y* ]]", True),
        ("[ $A != yes ]", False),
        ("[ ! $A = no ]", True),
        ("test -z $EMPTY", True),
        ("[ -n $A ]", True),
        ("[ $A ]", True),
        ("[ $N -gt 2 ]", True),
        ("[ $N -le 2 ]", False),
        ("[ $UNKNOWN = yes ]", None),
        ("[ -f /etc/passwd ]", None),
        ("grep x file", None),
        ("", None),
        ("case $A no yes", True),
        ("case $A n*", False),
        ("case $UNKNOWN a", None),
    ],
)
def test_holds(words: str, result: bool | None) -> None:
    assert holds(tuple(words.split()), KNOWN) is result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('if [ "$A" = yes ]; then one; else two; fi', {"one": True, "two": False}),
        ('if [ "$B" = yes ]; then one; else two; fi', {"one": None, "two": None}),
        ('if [ "$A" = no ]; then if [ "$B" ]; then one; fi; fi', {"one": False}),
        ("one", {"one": True}),
    ],
)
def test_is_reached(text: str, expected: dict[str, bool | None]) -> None:
    commands = {command.words[0]: command for command in split_commands(text)}
    assert {name: is_reached(commands[name], KNOWN) for name in expected} == expected


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ('[ "$LOAD" = yes ]', True),
        ('[[ -n "${LOAD}" ]]', True),
        ('[ "${LOAD:-yes}" = yes ]', False),
        ('[ "$LOAD" != no ]', False),
        ('[ "$A" = yes ]', False),
        ('[ "$1" = load ]', False),
        ('[ -z "${LOAD+set}" ]', False),
        ("[ -f data.json ]", False),
    ],
)
def test_is_on_request(test: str, expected: bool) -> None:
    (command,) = [c for c in split_commands(f"if {test}; then load; fi") if c.words == ("load",)]
    assert is_on_request(command, KNOWN) is expected
