"""What an audit says, put together."""

from dataclasses import replace

import pytest

from analyzer.model.finding import Failed, Finding, Severity
from analyzer.model.plan import DatabaseEngine, PlanNote
from analyzer.render.outcomes import (
    ENGINES,
    groups,
    ignored,
    not_applicable,
    passed,
    questions,
    summary,
    unlifted_codes,
    verdict,
)
from tests.render.audits import ALL_WELL, AUDIT, CACHE, FINDINGS, HOSTS, KEY, RESULTS, audit_of, finding
from tests.render.plans import SIMPLE, plan_of


def test_the_summary_counts_what_is_open_and_what_is_settled() -> None:
    assert summary(AUDIT) == (
        "1 blocker, 1 risk, 1 advice, 1 question; 1 passed, 1 not applicable, 1 ignored, 1 in the baseline"
    )
    two = tuple(finding(info, line) for info in (HOSTS, KEY, CACHE) for line in (1, 2))
    assert summary(audit_of(*two)) == "2 blockers, 2 risks, 2 advice, 1 question; 1 passed, 1 not applicable"


def test_nothing_open_is_said_in_a_sentence() -> None:
    assert summary(ALL_WELL) == "Ready: 1 check passed, 1 not applicable."
    settled = audit_of(*FINDINGS[3:], results=ALL_WELL.results)
    assert summary(settled) == "Ready: 1 check passed, 1 not applicable, 1 ignored, 1 in the baseline."


@pytest.mark.parametrize(
    ("findings", "sentence"),
    [
        (FINDINGS, "Not ready: 1 blocker stops the build or the start."),
        ((FINDINGS[0], FINDINGS[0]), "Not ready: 2 blockers stop the build or the start."),
        (FINDINGS[1:], "It would build and start, with 1 risk to look at before."),
        (FINDINGS[2:], "Ready: nothing that was found stops the move or puts data at risk."),
        (FINDINGS[3:], "Ready: nothing was found."),
    ],
)
def test_the_verdict_is_that_of_the_worst_open_finding(findings: tuple[Finding, ...], sentence: str) -> None:
    assert verdict(replace(AUDIT, findings=findings)) == sentence


def test_findings_with_the_same_remedy_are_a_group() -> None:
    own = replace(finding(CACHE, 3), remediation="Another one.")
    audit = audit_of(finding(HOSTS, 1), finding(CACHE, 1), finding(CACHE, 2), own, *FINDINGS[3:])
    assert [(one.rule.id, one.severity, [f.evidence[0].line for f in one.findings]) for one in groups(audit)] == [
        (HOSTS.id, Severity.BLOCKER, [1]),
        (CACHE.id, Severity.ADVICE, [1, 2]),
        (CACHE.id, Severity.ADVICE, [3]),
    ]


def test_outcomes_are_told_apart() -> None:
    assert [one.rule.id for one in questions(AUDIT)] == ["media-root-shared"]
    assert [one.rule.id for one in passed(AUDIT)] == ["debug-on"]
    assert [one.rule.id for one in not_applicable(AUDIT)] == ["redis-without-tls"]
    assert [one.evidence[0].line for one in ignored(AUDIT)] == [31]
    assert sum(isinstance(one.outcome, Failed) for one in RESULTS) == 3


def test_notes_that_no_rule_lifts() -> None:
    codes = ("other", "allowed-hosts-fixed", "other", "more")
    plan = plan_of(SIMPLE, notes=tuple(PlanNote(code=code, message="m") for code in codes))
    assert unlifted_codes(plan, AUDIT) == ("other", "more")
    assert unlifted_codes(plan, None) == ("other", "allowed-hosts-fixed", "more")


def test_every_engine_has_a_name() -> None:
    assert ENGINES.keys() == {engine.value for engine in DatabaseEngine}
