"""What the audit says, put together for readers: how much there is of each kind, and what belongs together."""

from collections.abc import Iterator
from typing import NamedTuple

from analyzer.model.finding import (
    SEVERITIES,
    Audit,
    Finding,
    NotApplicable,
    Passed,
    RuleInfo,
    RuleResult,
    Severity,
    Undetermined,
)
from analyzer.model.plan import DeploymentPlan
from analyzer.render.statements import counted

ENGINES = {"PG": "PostgreSQL", "MYSQL": "MySQL", "VALKEY": "Valkey"}
"""Names of database engines for people."""


class Group(NamedTuple):
    """Open findings of one rule with the same severity and remedy, which are told once."""

    rule: RuleInfo
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """That of each of them."""
        return self.findings[0].severity


class Question(NamedTuple):
    """What only a person can tell."""

    rule: RuleInfo
    asked: Undetermined


def groups(audit: Audit) -> tuple[Group, ...]:
    """The open findings, worst first, then in the order of each group's first place."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for one in audit.open:
        found.setdefault((one.rule, one.severity, one.remediation, one.commands), []).append(one)
    return tuple(Group(rule=audit.rule(alike[0].rule), findings=tuple(alike)) for alike in found.values())


def questions(audit: Audit) -> tuple[Question, ...]:
    """The questions, by rule."""
    return tuple(Question(one.rule, one.outcome) for one in audit.results if isinstance(one.outcome, Undetermined))


def passed(audit: Audit) -> tuple[RuleResult, ...]:
    """The rules that say that all is well."""
    return tuple(one for one in audit.results if isinstance(one.outcome, Passed))


def not_applicable(audit: Audit) -> tuple[RuleResult, ...]:
    """The rules that are about something that the project does not have."""
    return tuple(one for one in audit.results if isinstance(one.outcome, NotApplicable))


def ignored(audit: Audit) -> tuple[Finding, ...]:
    """The findings that somebody decided to leave."""
    return tuple(one for one in audit.findings if one.ignored is not None)


def summary(audit: Audit) -> str:
    """One line: `2 blockers, 4 advice, 1 question; 31 passed, 9 not applicable, 1 ignored`."""
    open_ = ", ".join(_open(audit))
    if not open_:
        return f"Ready: {counted(len(passed(audit)), 'check')} passed{''.join(f', {one}' for one in _settled(audit))}."
    return f"{open_}; {', '.join([f'{len(passed(audit))} passed', *_settled(audit)])}"


def verdict(audit: Audit) -> str:
    """One sentence on what a move would meet."""
    worst = next((one for one in SEVERITIES if _number(audit, one)), None)
    match worst:
        case Severity.BLOCKER:
            number = _number(audit, worst)
            return (
                f"Not ready: {counted(number, 'blocker')} {'stops' if number == 1 else 'stop'} the build or the start."
            )
        case Severity.RISK:
            return f"It would build and start, with {counted(_number(audit, worst), 'risk')} to look at before."
        case Severity.ADVICE:
            return "Ready: nothing that was found stops the move or puts data at risk."
        case None:
            return "Ready: nothing was found."


def unlifted_codes(plan: DeploymentPlan, audit: Audit | None) -> tuple[str, ...]:
    """Codes of the plan's notes that no rule makes findings of."""
    lifted = {code for result in audit.results for code in result.rule.notes} if audit is not None else set()
    return tuple(dict.fromkeys(note.code for note in plan.notes if note.code not in lifted))


def _number(audit: Audit, severity: Severity) -> int:
    return sum(one.severity is severity for one in audit.open)


def _open(audit: Audit) -> Iterator[str]:
    for severity in SEVERITIES:
        if number := _number(audit, severity):
            yield f"{number} {severity}" if severity is Severity.ADVICE else counted(number, severity.value)
    if number := len(questions(audit)):
        yield counted(number, "question")


def _settled(audit: Audit) -> Iterator[str]:
    if number := len(not_applicable(audit)):
        yield f"{number} not applicable"
    if number := len(ignored(audit)):
        yield f"{number} ignored"
    if number := sum(one.known and one.ignored is None for one in audit.findings):
        yield f"{number} in the baseline"
