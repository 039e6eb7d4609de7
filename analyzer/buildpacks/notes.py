"""What is noted while a build is followed step by step."""

from dataclasses import field, replace

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.prediction import BuildWarning, PredictedFailure, Statement, Step
from analyzer.model.quick_dataclass import dataclass

MAX_WARNINGS = 200
"""Of one buildpack: a file can hold the same mistake 100,000 times."""
MAX_STATEMENTS = 1_000
"""Of one buildpack: a Procfile can have 100,000 processes."""


@dataclass(slots=True)
class Notes:
    """Statements, warnings and failures in the order in which the build comes to them."""

    statements: list[Statement] = field(default_factory=list)
    warnings: list[BuildWarning] = field(default_factory=list)
    failures: list[PredictedFailure] = field(default_factory=list)

    def say(self, step: Step, text: str, *evidence: Evidence, source: str = "", mode: str | None = None) -> None:
        """Note what happens in a step; the first statement beyond the limit says that there are more."""
        if len(self.statements) == MAX_STATEMENTS:
            text = f"there are more than {MAX_STATEMENTS:,} statements; the others are left out"
        if len(self.statements) <= MAX_STATEMENTS:
            self.statements.append(Statement(step=step, text=text, evidence=evidence, source=source, mode=mode))

    def warn(self, warning: BuildWarning) -> None:
        """Note a warning; the first one beyond the limit says that there are more."""
        if len(self.warnings) == MAX_WARNINGS:
            message = f"There are more than {MAX_WARNINGS} warnings; the others are left out."
            warning = replace(warning, id="doctor::more-warnings", message=message, mode=None)
        if len(self.warnings) <= MAX_WARNINGS:
            self.warnings.append(warning)

    def fail(self, failure: PredictedFailure) -> None:
        """Note that something goes wrong."""
        self.failures.append(failure)

    def failures_after(self, error: PredictedFailure | None) -> tuple[PredictedFailure, ...]:
        """Everything that goes wrong, the failure with which the build stops first."""
        return (*((error,) if error is not None else ()), *self.failures)


def absent(name: RepoPath) -> Evidence:
    """Evidence that the folder has no `name`."""
    return Evidence(path=".", note=f"no {name}")
