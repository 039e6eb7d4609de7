"""The document of `doctor detect`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from analyzer.config import Config
from analyzer.pipeline import detect
from analyzer.render.detection.json import render
from analyzer.render.schema import schema
from tests.render.closed_schema import strict_validator


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    """Of a project in which something goes wrong for every buildpack."""
    files = {
        "requirements.txt": "Django==5.2.8\n",
        "Pipfile": "[packages]\n",
        "runtime.txt": "python-3.12.4\n",
        "Procfile": "web: gunicorn shop.wsgi\n",
        "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
        "shop/settings.py": "import os\nINSTALLED_APPS = ['django.contrib.staticfiles']\nKEY = os.environ['KEY']\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    answer: dict[str, Any] = json.loads(render(detect(tmp_path, Config(), lambda _: None)))
    return answer


def prediction(document: dict[str, Any], key: str) -> dict[str, Any]:
    """The first prediction in which there is something at the key."""
    found: dict[str, Any] = next(p for p in document["buildpacks"] if p[key])
    return found


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


def test_the_document_has_no_key_that_the_schema_does_not_describe(document: dict[str, Any]) -> None:
    strict_validator("detect").validate(document)


PARTS: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda d: d,
    lambda d: d["buildpacks"][0],
    lambda d: d["buildpacks"][0]["detected"],
    lambda d: d["buildpacks"][0]["python"],
    lambda d: d["buildpacks"][0]["environment"],
    lambda d: d["buildpacks"][0]["evidence"][0],
    lambda d: prediction(d, "error")["error"],
    lambda d: prediction(d, "failures")["failures"][0],
    lambda d: prediction(d, "warnings")["warning_details"][0],
    lambda d: prediction(d, "collectstatic")["collectstatic"],
    lambda d: prediction(d, "statements")["statements"][0],
]


@pytest.mark.parametrize("number", range(len(PARTS)))
def test_a_key_that_the_schema_does_not_describe_is_found_in_every_part(document: dict[str, Any], number: int) -> None:
    PARTS[number](document)["surprise"] = 1
    with pytest.raises(ValidationError):
        strict_validator("detect").validate(document)


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.pop("buildpacks"),
        lambda d: d["buildpacks"][0].update(id="heroku"),
        lambda d: d["buildpacks"][0].update(read_on="yesterday"),
        lambda d: d["buildpacks"][0]["detected"].update(value="yes"),
        lambda d: d["buildpacks"][0].pop("default_process"),
        lambda d: d["buildpacks"][0]["processes"].update(web=["gunicorn"]),
        lambda d: d["buildpacks"][0]["environment"].pop("run"),
        lambda d: prediction(d, "failures")["failures"][0].update(mode="Z1"),
        lambda d: prediction(d, "failures")["failures"][0].update(step="later"),
        lambda d: prediction(d, "failures")["failures"][0].update(fix=""),
        lambda d: prediction(d, "warnings")["warning_details"][0].pop("message"),
        lambda d: prediction(d, "collectstatic")["collectstatic"].update(outcome="maybe"),
        lambda d: prediction(d, "statements")["statements"][0]["evidence"][0].update(line=0),
    ],
)
def test_the_schema_refuses_a_damaged_document(
    document: dict[str, Any], damage: Callable[[dict[str, Any]], object]
) -> None:
    damage(document)
    with pytest.raises(ValidationError):
        Draft202012Validator(json.loads(schema("detect"))).validate(document)
