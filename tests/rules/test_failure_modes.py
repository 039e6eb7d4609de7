"""Of each failure mode of buildpacks that rules cover, one finds something in the folder that shows the mode, and none
finds it in the one that comes near.

What a rule finds there because of another of its modes does not count. A folder that is no Django project for a scan
has no audit; what buildpacks do with it is tested with the fixtures.
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
NARROWER = {
    "A8": "every Django project, so that it is told where a file asks for one of those builders",
    "C1": "a secret can be set for a build, unlike the address of a service",
}
"""Modes of which a rule asks for more than the folder shows, and why."""
COVERED = sorted({mode for rule in all_rules() for mode in rule.info.modes})


@pytest.mark.parametrize("mode", COVERED)
def test_the_mode_is_found_where_it_is_and_not_where_it_nearly_is(mode: str) -> None:
    rules = [rule for rule in all_rules() if mode in rule.info.modes]
    shows = _report(FOLDERS[mode] / "shows")
    assert shows is not None
    assert any(_places(shows, rule) for rule in rules) is (mode not in NARROWER)
    near_miss = _report(FOLDERS[mode] / "near_miss")
    if near_miss is not None:
        for rule in rules:
            others = [_told(near_miss, other) for other in rule.info.modes if other != mode]
            assert _places(near_miss, rule) <= set().union(*others), rule.info.id


def _report(folder: Path) -> Report | None:
    report = analyze(folder, Config(), say_nothing)
    return report if isinstance(report, Report) else None


def _places(report: Report, rule: Rule) -> set[Evidence]:
    """Where the rule finds something."""
    assert report.audit is not None
    outcome = next(one.outcome for one in report.audit.results if one.rule.id == rule.info.id)
    problems = outcome.problems if isinstance(outcome, Failed) else ()
    return {place for problem in problems for place in problem.evidence}


def _told(report: Report, mode: str) -> set[Evidence]:
    """Where buildpacks are predicted to do what the mode is about."""
    found: set[Evidence] = set()
    for prediction in report.predictions:
        found.update(place for one in prediction.failures if one.mode == mode for place in one.evidence)
        found.update(place for one in prediction.warnings if one.mode == mode for place in one.evidence)
        found.update(place for one in prediction.statements if one.mode == mode for place in one.evidence)
    return found
