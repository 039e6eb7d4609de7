"""Findings from what the rules said."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from analyzer.audit.excerpts import Excerpts, Redact
from analyzer.audit.fingerprints import Fingerprints
from analyzer.audit.ignores import Ignores
from analyzer.audit.score import score
from analyzer.model.evidence import Certainty, Evidence, RepoPath
from analyzer.model.facts import RepositoryFacts
from analyzer.model.finding import (
    SEVERITIES,
    Audit,
    Excerpt,
    Failed,
    Finding,
    IgnoreRule,
    Problem,
    RuleResult,
    Severity,
    Undetermined,
    commands_of,
)
from analyzer.snapshot.repository import RepositorySnapshot

_CERTAINTIES = tuple(Certainty)


def assemble(
    results: tuple[RuleResult, ...],
    repository: RepositorySnapshot,
    shape: RepositoryFacts,
    redact: Redact,
    *,
    ignores: Iterable[IgnoreRule] = (),
    baseline: Collection[str] = (),
    comments: bool = True,
    today: str,
) -> Audit:
    """The audit: findings with their lines, worst first.

    Args:
        redact: takes secrets out of lines.
        ignores: entries of the configuration.
        baseline: fingerprints that are known.
        comments: whether comments beside the lines are read.
        today: ISO date, by which entries of the configuration are over.
    """
    excerpts = Excerpts(repository, redact)
    ignored = Ignores(ignores, excerpts if comments else None, today)
    fingerprints = Fingerprints()
    anchor = _anchor(shape)
    found = []
    for result, problem in _problems(results):
        places = _places(problem.evidence, repository, anchor)
        fingerprint = fingerprints.of(result.rule.id, places[0].path, excerpts.line(places[0].path, places[0].line))
        found.append(
            Finding(
                rule=result.rule.id,
                severity=problem.severity or result.rule.severity,
                certainty=problem.certainty,
                message=problem.message,
                evidence=places,
                remediation=result.rule.remediation if problem.remediation is None else problem.remediation,
                commands=commands_of(problem, result.rule),
                fingerprint=fingerprint,
                excerpt=excerpts.around(places[0].path, places[0].line),
                ignored=ignored.of(result.rule.id, places[0]),
                known=fingerprint in baseline,
            )
        )
    findings = tuple(sorted(found, key=_order))
    return Audit(
        findings=findings,
        results=results,
        score=score(results, findings),
        expired_ignores=ignored.expired,
        unused_ignores=ignored.unused,
        excerpts=_shown(results, findings, excerpts),
    )


def at_least(audit: Audit, severity: str | None, certainty: str | None) -> Audit:
    """The audit without the findings that are less severe or less certain; the score stays as it is."""
    severities = SEVERITIES[: SEVERITIES.index(Severity(severity)) + 1] if severity else SEVERITIES
    certainties = _CERTAINTIES[: _CERTAINTIES.index(Certainty(certainty)) + 1] if certainty else _CERTAINTIES
    kept = (one for one in audit.findings if one.severity in severities and one.certainty in certainties)
    return replace(audit, findings=tuple(kept))


def _problems(results: Iterable[RuleResult]) -> Iterator[tuple[RuleResult, Problem]]:
    for result in results:
        if isinstance(result.outcome, Failed):
            for problem in result.outcome.problems:
                yield result, problem


def _anchor(shape: RepositoryFacts) -> Evidence:
    """The place of what no line says: the project's manage.py."""
    project = next((one for one in shape.candidates if one.path == shape.django_dir), None)
    return project.evidence if project is not None else Evidence(path=".")


def _places(evidence: tuple[Evidence, ...], repository: RepositorySnapshot, anchor: Evidence) -> tuple[Evidence, ...]:
    """The places of a problem, a file of the repository first."""
    files = [one for one in evidence if repository.is_file(one.path)]
    others = [one for one in evidence if not repository.is_file(one.path)]
    return tuple(dict.fromkeys([*(files or [Evidence(path=anchor.path, line=anchor.line)]), *others]))


def _order(finding: Finding) -> tuple[int, RepoPath, int, str, int]:
    place = finding.evidence[0]
    return (
        SEVERITIES.index(finding.severity),
        place.path,
        place.line,
        finding.rule,
        _CERTAINTIES.index(finding.certainty),
    )


def _shown(
    results: Iterable[RuleResult], findings: Iterable[Finding], excerpts: Excerpts
) -> dict[tuple[RepoPath, int], Excerpt]:
    """The lines of the places that findings name beside their first one, and of those of questions."""
    places = [place for one in findings for place in one.evidence[1:]]
    for result in results:
        if isinstance(result.outcome, Undetermined):
            places += result.outcome.evidence
    shown = {(one.path, one.line): excerpts.around(one.path, one.line) for one in places}
    return {place: excerpt for place, excerpt in shown.items() if excerpt is not None}
