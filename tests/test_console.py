"""Colour and width follow the stream and the environment."""

import io

import pytest

from analyzer.console import When, uses_colour, width_of


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "on_a_terminal", "in_a_file"),
    [
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "xterm-256color"}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_colour_follows_the_environment(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], on_a_terminal: bool, in_a_file: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert uses_colour(When.AUTO, Terminal()) is on_a_terminal
    assert uses_colour(When.AUTO, io.StringIO()) is in_a_file
    assert uses_colour(When.ALWAYS, io.StringIO()) is True
    assert uses_colour(When.NEVER, Terminal()) is False


def test_the_width_is_the_terminals_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert width_of(Terminal()) == 100
    monkeypatch.setenv("COLUMNS", "300")
    assert width_of(Terminal()) == 120
    assert width_of(io.StringIO()) == 80
