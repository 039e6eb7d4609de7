"""Every rule finds something in its bad examples, on the line that it says, and nothing in its good ones."""

from pathlib import Path

import pytest

from analyzer.model.finding import Example, Failed, Passed
from analyzer.rules.base import Rule
from analyzer.rules.registry import all_rules
from tests.rules.examples import findings_of, outcome_of, report_of

BAD = [
    pytest.param(rule, example, id=f"{rule.info.id}-{number}")
    for rule in all_rules()
    for number, example in enumerate(rule.info.bad)
]
GOOD = [
    pytest.param(rule, example, id=f"{rule.info.id}-{number}")
    for rule in all_rules()
    for number, example in enumerate(rule.info.good)
]


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_bad_example(rule: Rule, example: Example, tmp_path: Path) -> None:
    report = report_of(tmp_path, example.files)
    outcome = outcome_of(report, rule.info.id)
    assert isinstance(outcome, Failed), outcome
    places = {(found.evidence[0].path, found.evidence[0].line) for found in findings_of(report, rule.info.id)}
    assert (example.path or next(iter(example.files)), example.line) in places


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_good_example(rule: Rule, example: Example, tmp_path: Path) -> None:
    outcome = outcome_of(report_of(tmp_path, example.files), rule.info.id)
    assert isinstance(outcome, Passed), outcome


def test_the_example_project_is_in_order(tmp_path: Path) -> None:
    report = report_of(tmp_path, {})
    assert report.audit is not None
    assert [(found.rule, found.message) for found in report.audit.findings] == []
    assert report.audit.score.total == 100
