"""What is predicted for the fixtures is what the real buildpacks answered when they were asked.

The answers were written by regenerate_buildpack_answers.py, which says how. What a program was not asked, or could not
tell, is not compared.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analyzer.buildpacks.registry import PREDICTORS
from analyzer.buildpacks.tables import load
from analyzer.config import Config
from analyzer.model.prediction import BuildpackPrediction, Outcome, PredictedCollectstatic, Step
from analyzer.pipeline import detect
from tests.oracles.programs.build import SOURCES
from tests.oracles.regenerate_buildpack_answers import ASKED, FIXTURES, Case, cases

TABLES = {
    "heroku-classic-v322": "heroku_classic_v322",
    "heroku-classic": "heroku_classic",
    "heroku-cnb": "heroku_cnb",
    "paketo": "paketo",
    "google": "google",
}
WARNINGS = {
    "checks::existing-venv-dir": "Warning: Existing '",
    "collectstatic::disabled-file": "Warning: The .heroku/collectstatic_disabled file is deprecated",
    "package-manager::multiple-found": "Warning: Multiple Python package manager files",
    "package-manager::setup-py-only": "Warning: Implicit setup.py",
    "python-version-file::not-found": "Warning: No Python version was specified",
    "python-version::deprecated": "Warning: Support for Python",
    "python-version::patch-update-available": "Warning: A Python patch update",
    "runtime-txt::deprecated": "Warning: The runtime.txt file is deprecated",
}
CASES = [pytest.param(case, id=f"{case.file.parent.relative_to(FIXTURES)}-{case.name}") for case in cases()]


@cache
def read(file: Path) -> dict[str, Any]:
    """A file of answers."""
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


def test_every_folder_was_asked_about() -> None:
    asked: dict[Path, list[str]] = {}
    for case in cases():
        asked.setdefault(case.file, []).append(case.name)
    assert asked == {file: list(read(file)["answers"]) for file in FIXTURES.glob("**/oracle.json")}


@pytest.mark.parametrize("file", sorted({case.file for case in cases()}), ids=lambda file: file.parent.name)
def test_the_programs_are_those_of_the_list(file: Path) -> None:
    programs = read(file)["programs"]
    assert {name: programs[name]["commit"] for name in ASKED} == {name: SOURCES[name]["commit"] for name in ASKED}


@pytest.mark.parametrize("name", TABLES)
def test_the_predictors_were_written_after_the_same_programs(name: str) -> None:
    assert load(TABLES[name])["commit"] == SOURCES[name]["commit"]


@pytest.mark.parametrize("case", CASES)
def test_predictions_agree_with_the_programs(case: Case) -> None:
    predictions = {p.buildpack: p for p in detect(case.folder, Config(), lambda _: None).predictions}
    answers = read(case.file)["answers"][case.name]
    assert predictions.keys() == answers.keys() == COMPARED.keys()
    for buildpack, answer in answers.items():
        real, predicted = COMPARED[buildpack](answer, predictions[buildpack])
        assert predicted == real, buildpack


def test_every_predictor_is_compared() -> None:
    assert COMPARED.keys() == {predictor.id for predictor in PREDICTORS}


def test_every_kind_of_answer_occurs() -> None:
    answers = [answer for case in cases() for answer in read(case.file)["answers"][case.name].values()]
    outcomes = {answer["collectstatic"]["outcome"] for answer in answers if "collectstatic" in answer}
    assert outcomes == {"runs", "skipped", "fails"}
    assert {answer["detected"] for answer in answers} == {True, False}
    assert len({answer.get("error") for answer in answers}) > 15


Pair = tuple[dict[str, Any], dict[str, Any]]


def classic(answer: Mapping[str, Any], prediction: BuildpackPrediction) -> Pair:
    """What a classic release answered, and what is predicted of it."""
    real, predicted = _identified(answer, prediction)
    if not answer["detected"]:
        return {"detected": False}, {"detected": predicted["detected"]}
    real |= {"package_manager": answer["package_manager"], "python": answer["python"]}
    predicted |= {"package_manager": prediction.package_manager, "python": _python(prediction)}
    if answer["error"] is None:
        real["warnings"] = sorted(_warning(text) for text in answer["warnings"])
        predicted["warnings"] = sorted(w.id for w in prediction.warnings if w.id in WARNINGS)
        assert prediction.collectstatic is not None
        real["collectstatic"] = answer["collectstatic"]
        predicted["collectstatic"] = _collectstatic(answer["collectstatic"], prediction, prediction.collectstatic)
    return real, predicted


def heroku_cnb(answer: Mapping[str, Any], prediction: BuildpackPrediction) -> Pair:
    """What heroku/python and heroku/procfile answered, and what is predicted of them."""
    real: dict[str, Any] = {"detected": answer["detected"]}
    predicted: dict[str, Any] = {"detected": prediction.detected.value}
    if answer["detected"]:
        real["error"], predicted["error"] = answer["error"], prediction.error and prediction.error.id
        if answer["error"] is None:
            real["python"], predicted["python"] = answer["python"], _python(prediction)
    procfile = answer.get("procfile", {"error": None, "processes": {}, "default_process": None})
    failed = (f.id for f in prediction.failures if "Procfile" in f.id)
    real["procfile"], predicted["procfile"] = procfile, {"error": next(failed, None)}
    if procfile["error"] is None:
        predicted["procfile"] |= {
            "processes": dict(prediction.processes),
            "default_process": prediction.default_process,
        }
    return real, predicted


def paketo(answer: Mapping[str, Any], prediction: BuildpackPrediction) -> Pair:
    """What Paketo's buildpack answered, and what is predicted of it."""
    real, predicted = _grouped(answer, prediction)
    if "python" in answer:
        requested, resolved = prediction.python.requested, prediction.python.resolved
        real["python"] = [answer["python"]["resolved"], answer["python"]["error"] is None]
        predicted["python"] = [resolved, prediction.error is None]
        if prediction.python.origin != "default":
            real["requested"], predicted["requested"] = answer["python"]["requested"], requested
    if "procfile" in answer:
        real["procfile"] = answer["procfile"]
        predicted["procfile"] = {name: prediction.processes.get(name) for name in answer["procfile"]}
    return real, predicted


def google(answer: Mapping[str, Any], prediction: BuildpackPrediction) -> Pair:
    """What a builder of Google answered, and what is predicted of it."""
    real, predicted = _grouped(answer, prediction)
    if "python" in answer:
        real["requested"], predicted["requested"] = answer["python"]["requested"], prediction.python.requested
    if "start" in answer:
        stopped = [f for f in prediction.failures if f.step is Step.PROCESSES]
        real["starts"], predicted["starts"] = answer["start"]["error"] is None, not stopped
        real["processes"], predicted["processes"] = answer["start"]["processes"] or {}, dict(prediction.processes)
    return real, predicted


COMPARED: Mapping[str, Callable[[Mapping[str, Any], BuildpackPrediction], Pair]] = {
    "heroku-classic-v322": classic,
    "heroku-classic": classic,
    "heroku-cnb": heroku_cnb,
    "paketo": paketo,
    "google-22": google,
    "google-24": google,
}


def _identified(answer: Mapping[str, Any], prediction: BuildpackPrediction) -> Pair:
    real = {"detected": answer["detected"], "error": answer.get("error")}
    return real, {"detected": prediction.detected.value, "error": prediction.error and prediction.error.id}


def _grouped(answer: Mapping[str, Any], prediction: BuildpackPrediction) -> Pair:
    """Detection, and the group or the name that the lifecycle gives the failure."""
    if not answer["detected"]:
        return _identified(answer, prediction)
    group = None if prediction.group is None else list(prediction.group)
    real = {"detected": True, "group": answer["group"]}
    return real, {"detected": prediction.detected.value, "group": group}


def _python(prediction: BuildpackPrediction) -> dict[str, Any]:
    python = prediction.python
    return {"requested": python.requested, "resolved": python.resolved, "origin": python.origin}


def _why_skipped(collectstatic: PredictedCollectstatic) -> str:
    """What the buildpack records."""
    if "is set" in collectstatic.reason:
        return "disabled-env-var"
    return "disabled-file" if "collectstatic_disabled" in collectstatic.reason else "skipped-no-manage-py"


def _warning(text: str) -> str:
    return next(id_ for id_, beginning in WARNINGS.items() if text.startswith(beginning))


def _collectstatic(
    real: Mapping[str, Any], prediction: BuildpackPrediction, collectstatic: PredictedCollectstatic
) -> dict[str, Any]:
    """The prediction in the words of the answer; what the answer has, where it does not tell whether that is right.

    Django and Python are not those of the project (B11, newer syntax), and no prediction says whether style sheets are
    in order (C7). Exceptions are compared without their modules.
    """
    failure = next((f for f in prediction.failures if f.step is Step.COLLECTSTATIC), None)
    modes = {statement.mode for statement in prediction.statements} | {failure.mode if failure is not None else None}
    outcome = collectstatic.outcome
    too_new = real.get("reason") == "collectstatic-syntax-error"
    if outcome is Outcome.UNKNOWN or too_new or modes & {"B11", "C7"}:
        return {**real, "manage_py": collectstatic.manage_py}
    answer: dict[str, Any] = {"manage_py": collectstatic.manage_py, "outcome": outcome.value}
    if outcome is Outcome.FAILS and failure is not None:
        says = failure.log.partition(":")[0]
        same = says.rpartition(".")[2] == real.get("says", "").rpartition(".")[2]
        answer |= {"reason": failure.id, "says": real["says"] if same else says}
    elif outcome is Outcome.SKIPPED:
        answer |= {"manage_py": None, "reason": _why_skipped(collectstatic)}
    return answer
