"""Buildpack predictions as JSON data; the keys are those of the report document."""

from analyzer.model.prediction import (
    BuildpackPrediction,
    BuildWarning,
    PredictedCollectstatic,
    PredictedFailure,
    Statement,
)
from analyzer.render.document.values import Json, Object, by_name, evidence, fact, same


def prediction_document(prediction: BuildpackPrediction) -> Object:
    """What one buildpack would do."""
    python = prediction.python
    return {
        "id": prediction.buildpack,
        "title": prediction.title,
        "version": prediction.version,
        "read_on": prediction.read_on,
        "detected": fact(prediction.detected),
        "overruled_by": None if prediction.overruled_by is None else evidence(prediction.overruled_by),
        "group": None if prediction.group is None else list(prediction.group),
        "package_manager": prediction.package_manager,
        "install_command": prediction.install_command,
        "python": {
            "requested": python.requested,
            "resolved": python.resolved,
            "origin": python.origin,
            "evidence": [evidence(e) for e in python.evidence],
        },
        "error": None if prediction.error is None else _failure(prediction.error),
        "failures": [_failure(failure) for failure in prediction.failures],
        "warnings": [warning.id for warning in prediction.warnings],
        "warning_details": [_warning(warning) for warning in prediction.warnings],
        "collectstatic": None if prediction.collectstatic is None else _collectstatic(prediction.collectstatic),
        "processes": by_name(prediction.processes, same),
        "default_process": prediction.default_process,
        "environment": {
            "build": by_name(prediction.build_environment, same),
            "run": by_name(prediction.run_environment, same),
        },
        "statements": [_statement(statement) for statement in prediction.statements],
        "evidence": [evidence(e) for e in prediction.detected.evidence],
    }


def _failure(failure: PredictedFailure) -> Object:
    return {
        "id": failure.id,
        "mode": failure.mode,
        "message": failure.message,
        "step": failure.step.value,
        "log": failure.log,
        "fix": failure.fix,
        "evidence": [evidence(e) for e in failure.evidence],
    }


def _warning(warning: BuildWarning) -> Json:
    return {
        "id": warning.id,
        "mode": warning.mode,
        "message": warning.message,
        "step": warning.step.value,
        "evidence": [evidence(e) for e in warning.evidence],
    }


def _collectstatic(collectstatic: PredictedCollectstatic) -> Object:
    return {
        "outcome": collectstatic.outcome.value,
        "manage_py": collectstatic.manage_py,
        "reason": collectstatic.reason,
        "evidence": [evidence(e) for e in collectstatic.evidence],
    }


def _statement(statement: Statement) -> Json:
    return {
        "step": statement.step.value,
        "text": statement.text,
        "mode": statement.mode,
        "source": statement.source,
        "evidence": [evidence(e) for e in statement.evidence],
    }
