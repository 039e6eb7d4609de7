"""Rules that cover failure modes of buildpacks find something in the folder that shows the mode, and nothing of the
mode in the one that comes near.

A folder that is no Django project for a scan has no audit; what buildpacks do with it is tested with the fixtures.
"""

from pathlib import Path

import pytest

from analyzer.cli.support import say_nothing
from analyzer.config import Config
from analyzer.model.evidence import Evidence
from analyzer.model.finding import Failed
from analyzer.model.report import Report
from analyzer.pipeline import analyze
from analyzer.rules.base import Rule
from analyzer.rules.registry import all_rules

CATALOGUE = Path(__file__).parents[2] / "fixtures" / "buildpack_failures"
FOLDERS = {path.name.partition("_")[0]: path for path in sorted(CATALOGUE.iterdir())}
COVERED = [pytest.param(rule, mode, id=f"{mode}-{rule.info.id}") for rule in all_rules() for mode in rule.info.modes]


@pytest.mark.parametrize(("rule", "mode"), COVERED)
def test_the_mode_is_found_where_it_is_and_not_where_it_nearly_is(rule: Rule, mode: str) -> None:
    shows = analyze(FOLDERS[mode] / "shows", Config(), say_nothing)
    assert isinstance(shows, Report)
    assert _places(shows, rule) & _told(shows, mode), mode
    near_miss = analyze(FOLDERS[mode] / "near_miss", Config(), say_nothing)
    assert isinstance(near_miss, Report)
    assert not _told(near_miss, mode), mode
    if len(rule.info.modes) == 1:
        assert not _places(near_miss, rule)


def _places(report: Report, rule: Rule) -> set[Evidence]:
    """Where the rule finds something."""
    assert report.audit is not None
    outcome = next(one.outcome for one in report.audit.results if one.rule.id == rule.info.id)
    problems = outcome.problems if isinstance(outcome, Failed) else ()
    return {place for problem in problems for place in problem.evidence}


def _told(report: Report, mode: str) -> set[Evidence]:
    """Where buildpacks are predicted to do what the mode is about."""
    return {
        place
        for prediction in report.predictions
        for entry in (*prediction.failures, *prediction.warnings, *prediction.statements)
        if entry.mode == mode
        for place in entry.evidence
    }
