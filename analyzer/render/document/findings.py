"""What the audit says as JSON data: findings, outcomes and the score; the keys are those of the report document."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import (
    AreaScore,
    Audit,
    Excerpt,
    Finding,
    Ignore,
    NotApplicable,
    Passed,
    RuleInfo,
    RuleResult,
    RuleScore,
    Score,
    Undetermined,
)
from analyzer.render.document.values import Json, Object, evidence

DIGITS = 2
"""Of points."""


def audit_document(audit: Audit | None) -> Object:
    """The keys `findings` (worst first), `outcomes` and `score`; empty where no rule was asked."""
    results, findings = (audit.results, audit.findings) if audit is not None else ((), ())
    rules = {result.rule.id: result.rule for result in results}
    reported = [_finding(one, rules[one.rule]) for one in findings if one.ignored is None]
    ignored = [_finding(one, rules[one.rule]) for one in findings if one.ignored is not None]
    return {
        "findings": reported,
        "outcomes": {**_outcomes(results), "ignored": ignored},
        "score": None if audit is None else _score(audit.score),
    }


def _outcomes(results: tuple[RuleResult, ...]) -> Object:
    """What the rules said that found nothing."""
    passed: list[Json] = []
    details: list[Json] = []
    not_applicable: list[Json] = []
    undetermined: list[Json] = []
    for result in results:
        rule, outcome = result.rule.id, result.outcome
        match outcome:
            case Passed():
                passed.append(rule)
                details.append({"rule": rule, "reason": outcome.reason, "evidence": _places(outcome.evidence)})
            case NotApplicable():
                not_applicable.append({"rule": rule, "reason": outcome.reason})
            case Undetermined():
                undetermined.append(
                    {
                        "rule": rule,
                        "question": outcome.question,
                        "override": outcome.override,
                        "evidence": _places(outcome.evidence),
                    }
                )
    return {
        "passed": passed,
        "passed_details": details,
        "not_applicable": not_applicable,
        "undetermined": undetermined,
    }


def _finding(finding: Finding, rule: RuleInfo) -> Object:
    """One finding with what its rule says of all of its kind."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "certainty": finding.certainty.value,
        "effort": rule.effort.value,
        "title": rule.title,
        "category": rule.category.value,
        "area": rule.area.value,
        "message": finding.message,
        "evidence": _places(finding.evidence),
        "excerpt": None if finding.excerpt is None else _excerpt(finding.excerpt),
        "remediation": finding.remediation,
        "commands": list(finding.commands),
        "references": list(rule.references),
        "fingerprint": finding.fingerprint,
        "known": finding.known,
        "ignored": None if finding.ignored is None else _ignore(finding.ignored),
        "patch": finding.patch,
    }


def _score(score: Score) -> Object:
    """The score with the points of every rule that applies."""
    return {
        "version": score.version,
        "total": score.total,
        "capped": score.capped,
        "areas": {one.area.value: _area(one) for one in score.areas},
    }


def _places(places: tuple[Evidence, ...]) -> list[Json]:
    return [evidence(one) for one in places]


def _excerpt(excerpt: Excerpt) -> Object:
    return {
        "first_line": excerpt.first_line,
        "lines": list(excerpt.lines),
        "column": excerpt.column,
        "end_column": excerpt.end_column,
    }


def _ignore(ignore: Ignore) -> Object:
    return {"reason": ignore.reason, "until": ignore.until, "source": evidence(ignore.source)}


def _area(score: AreaScore) -> Object:
    points = None if score.points is None else round(score.points, DIGITS)
    return {"points": points, "weight": score.weight, "rules": [_rule(one) for one in score.rules]}


def _rule(score: RuleScore) -> Object:
    return {
        "rule": score.rule,
        "points": round(score.points, DIGITS),
        "of": score.of,
        "undetermined": score.undetermined,
    }
