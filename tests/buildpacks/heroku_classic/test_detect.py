"""bin/detect: one known name is enough, as file, folder or link."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.buildpacks.heroku_classic.compile import predict_newest, predict_v322
from analyzer.buildpacks.source import Source


@pytest.mark.parametrize(
    "files",
    [
        {"manage.py": ""},
        {"requirements": None},
        {"pyproject.toml": None},
        {"Requirements.txt": ""},
        {"venv": None},
        {"server.py": Path("code/server.py"), "code/server.py": ""},
    ],
)
def test_a_known_name_is_enough(source: Callable[..., Source], files: dict[str, str | Path | None]) -> None:
    detected = predict_v322(source(files)).detected
    assert detected.value
    assert detected.evidence[0].path == next(iter(files))


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": ""},
        {"venv": "a file"},
        {"Manage.py": ""},
        {"app.py": Path("nowhere")},
        {"backend/requirements.txt": ""},
    ],
)
def test_other_names_are_not(source: Callable[..., Source], files: dict[str, str | Path | None]) -> None:
    prediction = predict_newest(source(files))
    assert not prediction.detected.value
    assert prediction.error is not None
    assert (prediction.error.id, prediction.error.mode) == ("detect", "B2")


def test_the_folder_below_that_could_be_built_is_named(source: Callable[..., Source]) -> None:
    error = predict_v322(source({"README.md": "", "backend/requirements.txt": "", "backend/manage.py": ""})).error
    assert error is not None
    assert "backend" in error.fix
    assert error.evidence[0].path == "backend/requirements.txt"


def test_the_evidence_has_every_name_in_the_order_of_the_buildpack(source: Callable[..., Source]) -> None:
    evidence = predict_v322(source({"venv": None, "uv.lock": "", "app.py": ""})).detected.evidence
    assert [e.path for e in evidence] == ["app.py", "uv.lock", "venv"]
