"""What the real buildpacks answered for small folders, and what is predicted for them.

buildpack_cases.json holds the folders (`files`: text, base64, the target of a link, or a folder), the answers of the
programs that were run on them, and in `_meta` the version and commit of each program.
"""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from analyzer.buildpacks.registry import PREDICTORS
from analyzer.config import Config
from analyzer.model.prediction import BuildpackPrediction
from analyzer.pipeline import detect

CASES: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("buildpack_cases.json").read_text())["cases"]
CLASSIC = {"heroku-classic-v322": "heroku_classic_v322", "heroku-classic": "heroku_classic_v351"}
STACKS = {"google-22": "google.22", "google-24": "google.24"}


@pytest.mark.parametrize("name", CASES)
def test_predictions_agree_with_the_programs(name: str, tmp_path: Path) -> None:
    _write(tmp_path, CASES[name]["files"])
    predictions = {p.buildpack: _predicted(p) for p in detect(tmp_path, Config(), lambda _: None).predictions}
    answers = _answers(CASES[name])
    assert predictions.keys() == answers.keys()
    for buildpack, fields in answers.items():
        assert {field: predictions[buildpack][field] for field in fields} == fields, buildpack


def test_every_predictor_is_asked() -> None:
    asked = set().union(*(_answers(case) for case in CASES.values()))
    assert asked == {predictor.id for predictor in PREDICTORS}


def _write(root: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    for path, entry in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if "symlink" in entry:
            target.symlink_to(entry["symlink"])
        elif entry.get("dir"):
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(base64.b64decode(entry["base64"]) if "base64" in entry else entry["text"].encode())


def _predicted(prediction: BuildpackPrediction) -> dict[str, Any]:
    return {
        "detected": prediction.detected.value,
        "group": None if prediction.group is None else list(prediction.group),
        "error": prediction.error and prediction.error.id,
        "package_manager": prediction.package_manager,
        "requested": prediction.python.requested,
        "resolved": prediction.python.resolved,
        "origin": prediction.python.origin,
        "manage_py": prediction.collectstatic and prediction.collectstatic.manage_py,
        "processes": dict(prediction.processes),
    }


def _answers(case: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Buildpack -> the fields that its program told about the case."""
    answers = {name: _classic(case[key]) for name, key in CLASSIC.items() if key in case}
    if "heroku_cnb" in case:
        answers["heroku-cnb"] = _heroku_cnb(case["heroku_cnb"])
    if "paketo" in case:
        answers["paketo"] = _paketo(case["paketo"])
    google = case.get("google", {})
    return answers | {name: _google(google[stack]) for name, stack in STACKS.items() if stack in google}


def _classic(answer: Mapping[str, Any]) -> dict[str, Any]:
    if not answer["detect"]["pass"]:
        return {"detected": False}
    reason, manager = answer["error"]["failure_reason"], answer["package_manager"]
    fields: dict[str, Any] = {"detected": True, "error": reason}
    if reason is None or not reason.startswith("package-manager"):
        fields["package_manager"] = "setuptools" if manager["setup_py_only"] else manager["value"]
    if reason is None:
        fields |= {key: answer["python"][key] for key in ("requested", "resolved", "origin")}
        fields["manage_py"] = answer["collectstatic"]["manage_py_found"]
    return fields


def _heroku_cnb(answer: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {"detected": answer["detect"]["pass"]}
    if fields["detected"]:
        title = answer["error"]["title"]
        fields["error"] = title and title.removeprefix("Error: ")
        if title is None:
            fields |= {key: answer["python"][key] for key in ("requested", "resolved", "origin")}
            if "package_manager" in answer:
                fields["package_manager"] = answer["package_manager"]["value"]
    if answer["procfile"].get("build_ok"):
        fields["processes"] = {p["type"]: p["command"] for p in answer["procfile"]["processes"]}
    return fields


def _paketo(answer: Mapping[str, Any]) -> dict[str, Any]:
    detected = answer["detect"]
    if not detected["pass"]:
        return {"detected": False, "error": detected["error_type"]}
    resolved = (answer.get("python") or {}).get("resolved")
    return {"detected": True, "group": detected["group"]} | ({"resolved": resolved} if resolved else {})


def _google(answer: Mapping[str, Any]) -> dict[str, Any]:
    if not answer["detect"]["pass"]:
        return {"detected": False}
    entrypoint = answer.get("entrypoint") or {}
    fields = {"detected": True, "group": answer["detect"]["group"]}
    return fields | ({"processes": entrypoint["processes"]} if entrypoint.get("ok") else {})
