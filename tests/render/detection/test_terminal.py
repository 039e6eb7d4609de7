"""The answer of `doctor detect` at a terminal."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analyzer.config import Config
from analyzer.model.report import Detection
from analyzer.pipeline import detect
from analyzer.render.detection.terminal import MAX_AGE, render
from analyzer.render.text_layout import cells

READ_ON = date(2026, 11, 23)


@pytest.fixture
def detection(tmp_path: Path) -> Detection:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "requirements.txt").write_text("Django==5.2.8\ngunicorn==23.0.0\n", encoding="utf-8")
    (folder / "Pipfile").write_text("[packages]\n", encoding="utf-8")
    return detect(folder, Config(), lambda _: None)


def test_every_buildpack_has_a_column_and_no_line_is_wider_than_the_terminal(detection: Detection) -> None:
    for width in (80, 160):
        lines = render(detection, width=width, colour=False, today=READ_ON, quiet=True).splitlines()
        assert max(map(cells, lines)) <= width
        heads = [
            name for line in lines for name in line.split() if name in {p.buildpack for p in detection.predictions}
        ]
        assert heads == [p.buildpack for p in detection.predictions]


def test_a_failure_names_the_file_the_log_and_the_change(detection: Detection) -> None:
    text = render(detection, width=100, colour=False, today=READ_ON)
    part = text[text.index("What goes wrong: DigitalOcean App Platform") :]
    assert "package-manager::pipenv-missing-lockfile" in part
    assert "Pipfile:1" in part
    assert "\n  log " in part
    assert "\n  change " in part


def test_why_gives_the_upstream_file_of_a_rule(detection: Detection) -> None:
    plain = render(detection, width=100, colour=False, today=READ_ON)
    why = render(detection, width=100, colour=False, today=READ_ON, why=True)
    assert "(bin/detect" not in plain
    assert "(bin/detect" in why


def test_old_rules_are_said_to_be_old(detection: Detection) -> None:
    oldest = min(date.fromisoformat(p.read_on) for p in detection.predictions)
    assert "days ago" not in render(detection, width=100, colour=False, today=oldest)
    later = date.fromordinal(oldest.toordinal() + MAX_AGE + 1)
    assert f"{MAX_AGE + 1} days ago, on {oldest}" in " ".join(
        render(detection, width=100, colour=False, today=later).split()
    )


def test_text_of_the_repository_cannot_move_the_cursor(detection: Detection) -> None:
    first = replace(detection.predictions[0], processes={"web": "run \x1b[2J"}, default_process="web")
    hostile = replace(detection, predictions=(first,))
    assert "\x1b" not in render(hostile, width=100, colour=False, today=READ_ON, why=True)
