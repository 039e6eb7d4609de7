"""What a submodule that the checkout does not have may start is asked, not told."""

from pathlib import Path

import pytest

from analyzer.model.finding import Failed, Undetermined
from analyzer.rules.base import Rule
from analyzer.rules.celery import beat_started_by_nobody, worker_started_by_nobody
from tests.rules.examples import outcome_of, report_of

SUBMODULE = '[submodule "common"]\n\tpath = common\n\turl = ../common.git\n'


@pytest.mark.parametrize("rule", [worker_started_by_nobody.rule, beat_started_by_nobody.rule])
def test_an_absent_submodule_makes_it_a_question(tmp_path: Path, rule: Rule) -> None:
    files = dict(rule.info.bad[0].files)
    assert isinstance(outcome_of(report_of(tmp_path / "with", files), rule.info.id), Failed)
    outcome = outcome_of(report_of(tmp_path / "without", {**files, ".gitmodules": SUBMODULE}), rule.info.id)
    assert isinstance(outcome, Undetermined)
    assert "common" in outcome.question
    assert [(place.path, place.line) for place in outcome.evidence] == [(".gitmodules", 2)]
