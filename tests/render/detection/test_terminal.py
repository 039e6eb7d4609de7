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


def test_neighbours_to_which_the_same_happens_share_a_section(detection: Detection) -> None:
    for why in (False, True):
        text = render(detection, width=80, colour=False, today=READ_ON, why=why)
        assert max(map(cells, text.splitlines())) <= 80
    assert "Google Cloud buildpacks (builder google-22) and google-24\n" in text
    *others, google = detection.predictions
    apart = replace(detection, predictions=(*others, replace(google, failures=google.failures[:-1])))
    assert google.failures
    text = render(apart, width=80, colour=False, today=READ_ON)
    assert "Google Cloud buildpacks (builder google-22)\n" in text
    assert " and google-24" not in text


def test_the_folder_itself_has_no_line(detection: Detection) -> None:
    assert any(e.path == "." for p in detection.predictions for f in p.failures for e in f.evidence)
    assert ".:1" not in render(detection, width=80, colour=False, today=READ_ON, why=True)


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


def of(folder: Path, *only: str, **files: str) -> Detection:
    """The answer for a folder with these files; their names have `__` for the dot."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return detect(folder, Config(), lambda _: None, only)


def shown(detection: Detection, **options: bool) -> str:
    """The answer at 80 columns, each paragraph on one line."""
    return " ".join(render(detection, width=80, colour=False, today=READ_ON, **options).split())


def test_a_file_that_is_missing_stands_where_the_line_would(tmp_path: Path) -> None:
    text = shown(of(tmp_path / "app", "heroku-cnb", uv__lock="", pyproject__toml='[project]\nname = "shop"\n'))
    assert "requires-python is not read (no .python-version) log" in text
    assert "change add a .python-version with the line 3.14" in text


def test_a_dockerfile_goes_before_the_buildpack_of_app_platform_only(tmp_path: Path) -> None:
    files = {"requirements__txt": "Django==5.2.8\n", "Dockerfile": "FROM python:3.13\n"}
    text = shown(of(tmp_path / "app", "heroku-classic-v322", **files))
    assert "detects yes, but Dockerfile goes first" in text
    assert "What goes wrong: DigitalOcean App Platform (Heroku classic v322), were it not for Dockerfile" in text
    text = shown(of(tmp_path / "app", "heroku-classic", **files))
    assert "detects yes packages by" in text
    assert "were it not" not in text


def test_nothing_is_said_of_a_package_manager_that_the_build_does_not_come_to(tmp_path: Path) -> None:
    assert "packages by" not in shown(of(tmp_path / "stops", "heroku-classic", Pipfile="[packages]\n"))
    passes = of(tmp_path / "passes", "google-22", Pipfile="[packages]\n", main__py="", Procfile="web: python main.py\n")
    assert "packages by nothing" in shown(passes)


def test_why_shows_long_logs_and_every_place_of_a_failure(tmp_path: Path) -> None:
    detection = of(tmp_path / "app", "heroku-classic", requirements__txt="Django==5.2.8\n", Pipfile__lock="{}\n")
    failure = detection.predictions[0].failures[0]
    long = replace(
        failure, log="word " * 100 + "end", evidence=failure.evidence + detection.predictions[0].detected.evidence
    )
    detection = replace(detection, predictions=(replace(detection.predictions[0], failures=(long,)),))
    assert "word end" not in shown(detection)
    assert "word end" in shown(detection, why=True)
    assert "enough to be detected requirements.txt:1 log" in shown(detection, why=True)


def test_rules_of_one_day_are_said_to_be_old_in_one_sentence(detection: Detection) -> None:
    first, second, *others = detection.predictions
    old = (replace(first, read_on="2026-01-01"), replace(second, read_on="2026-01-01"))
    text = shown(replace(detection, predictions=(*old, *others)))
    assert text.count("days ago") == 1
    names = f"{first.buildpack} {first.version}, {second.buildpack} {second.version}"
    assert f"The rules of {names} were read 326 days ago, on 2026-01-01: newer releases may act otherwise" in text
