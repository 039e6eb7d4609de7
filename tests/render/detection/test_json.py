"""The document of `doctor detect`."""

import json
from pathlib import Path

from analyzer.config import Config
from analyzer.pipeline import detect
from analyzer.render.detection.json import render


def test_a_folder_without_a_project_has_an_answer_from_every_buildpack(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to build\n", encoding="utf-8")
    document = json.loads(render(detect(tmp_path, Config(), lambda _: None)))
    assert document["schema_version"] == 1
    assert document["repository"]["django_dir"] is None
    assert document["repository"]["files"] == 1
    found = {b["id"]: b["detected"]["value"] for b in document["buildpacks"]}
    assert found == dict.fromkeys(
        ("heroku-classic-v322", "heroku-classic", "heroku-cnb", "paketo", "google-22", "google-24"), False
    )


def test_the_keys_of_a_prediction_are_those_of_the_report_document(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("Django==5.2.8\n", encoding="utf-8")
    (tmp_path / "Procfile").write_text("web: gunicorn shop.wsgi\n", encoding="utf-8")
    (tmp_path / ".python-version").write_text("3.12\n", encoding="utf-8")
    first = json.loads(render(detect(tmp_path, Config(), lambda _: None)))["buildpacks"][0]
    assert first["id"] == "heroku-classic-v322"
    assert first["package_manager"] == "pip"
    assert first["python"]["requested"] == "3.12"
    assert first["python"]["origin"] == ".python-version"
    assert first["processes"] == {"web": "gunicorn shop.wsgi"}
    assert first["default_process"] == "web"
    assert first["error"] is None
    assert {"version", "group", "warnings", "collectstatic", "environment", "evidence"} <= first.keys()
