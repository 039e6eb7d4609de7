"""Rules and results for tests of the audit."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import (
    Area,
    Category,
    Effort,
    Failed,
    Problem,
    RuleInfo,
    RuleOutcome,
    RuleResult,
    Severity,
)


def info(name: str, severity: Severity = Severity.RISK, area: Area = Area.DATA) -> RuleInfo:
    """A rule with nothing to say."""
    return RuleInfo(
        id=name,
        title=f"Title of {name}",
        severity=severity,
        category=Category.DATABASE,
        area=area,
        effort=Effort.MINUTES,
        rationale="Why.",
        remediation="Do it.",
        commands=("do it",),
        references=("https://example.org/",),
        bad=(),
        good=(),
    )


def result(name: str, outcome: RuleOutcome, severity: Severity = Severity.RISK, area: Area = Area.DATA) -> RuleResult:
    """What a rule said."""
    return RuleResult(rule=info(name, severity, area), outcome=outcome)


def failed(*places: str) -> Failed:
    """One problem for each place, "path:line"."""
    return Failed(problems=tuple(Problem(message=f"at {place}", evidence=(at(place),)) for place in places))


def at(place: str) -> Evidence:
    """A place from "path:line"."""
    path, _, line = place.rpartition(":")
    return Evidence(path=path, line=int(line))
