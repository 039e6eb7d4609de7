"""The texts of failures and warnings, which a table of data/ holds by their ids."""

from typing import Any

from analyzer.buildpacks.tables import load
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import BuildWarning, PredictedFailure, Step
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Messages:
    """The tables `failures` and `warnings` of data/`name`.toml.

    A row has step and message, and mode where the catalogue of failure modes has one; a failure also has log and fix.
    Texts have the names of values in braces.
    """

    name: str

    def failure(self, key: str, /, *evidence: Evidence, **values: object) -> PredictedFailure:
        """The failure with the id `key`, its texts filled in. Raises KeyError when the table does not have it."""
        row = self._row("failures", key)
        return PredictedFailure(
            id=key,
            mode=row.get("mode"),
            message=row["message"].format(**values),
            step=Step(row["step"]),
            log=row["log"].format(**values),
            fix=row["fix"].format(**values),
            evidence=evidence,
        )

    def warning(self, key: str, /, *evidence: Evidence, **values: object) -> BuildWarning:
        """The warning with the id `key`, its text filled in. Raises KeyError when the table does not have it."""
        row = self._row("warnings", key)
        return BuildWarning(
            id=key,
            mode=row.get("mode"),
            message=row["message"].format(**values),
            step=Step(row["step"]),
            evidence=evidence,
        )

    def _row(self, kind: str, key: str) -> dict[str, Any]:
        row: dict[str, Any] = load(self.name)[kind][key]
        return row
