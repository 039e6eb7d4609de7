"""The summary of a fleet at a terminal."""

import pytest
from syrupy.assertion import SnapshotAssertion

from analyzer.fleet.summary import summary_of
from analyzer.model.fleet import FleetSummary
from analyzer.render.fleet.terminal import MOVES_SHOWN, render
from analyzer.render.text_layout import cells
from tests.fleet.entries import FLEET, HOSTILE, entry, found


@pytest.fixture
def summary() -> FleetSummary:
    return summary_of("fleet", FLEET)


def test_the_summary(summary: FleetSummary, snapshot: SnapshotAssertion) -> None:
    assert render(summary, width=80, colour=False) == snapshot


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(summary: FleetSummary, width: int) -> None:
    lines = render(summary, width=width, colour=False, verbose=True).splitlines()
    table = [line for line in lines if line.startswith(("  heroku-classic ", "  paketo ", "      "))]
    assert [line for line in lines if cells(line) > width and line not in table] == []


def test_text_of_a_repository_stays_text(summary: FleetSummary) -> None:
    assert "\x1b" not in render(summary, width=80, colour=False)
    assert HOSTILE.replace("\x1b", "\\x1b").split()[0] in render(summary, width=80, colour=False)


def test_colour(summary: FleetSummary) -> None:
    assert "\x1b[1m" in render(summary, width=80, colour=True)


def test_a_large_fleet_is_told_in_short_unless_more_is_asked_for() -> None:
    fleet = summary_of("fleet", [entry(f"shop{number:03}", found(f"rule-{number:03}")) for number in range(100)])
    short, long = (render(fleet, width=80, colour=False, verbose=verbose) for verbose in (False, True))
    assert f"shop{MOVES_SHOWN - 1:03}" in short
    assert f"shop{MOVES_SHOWN:03}" not in short
    assert f"and {100 - MOVES_SHOWN} repositories more in the order" in short
    assert "blockers of minutes (100 repositories)" in short
    assert "rule-099" not in short
    assert "shop099" in long
    assert "rule-099" in long
    assert "more in the order" not in long


def test_nothing_was_scanned() -> None:
    text = render(summary_of("fleet", FLEET[-2:]), width=80, colour=False)
    assert "No repository was scanned." in text
    assert "Buildpacks" not in text
    assert "USD" not in text
