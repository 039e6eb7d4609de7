"""The bad example of every rule that has an editor: its patch applies with git, and the finding is gone."""

import subprocess
from pathlib import Path

import pytest

from analyzer.cli.support import say_nothing
from analyzer.config import Config
from analyzer.model.finding import Example, Failed
from analyzer.model.report import Report
from analyzer.patches.make import EDITORS
from analyzer.pipeline import analyze
from analyzer.render.report.patch import render
from analyzer.rules.base import Rule
from analyzer.rules.registry import all_rules
from tests.rules.examples import outcome_of, report_of

UNPATCHED = {("static-files-not-served", 0)}  # MIDDLEWARE is a list of another file there
"""Examples that no editor can change safely, with their numbers."""
CASES = [
    pytest.param(rule, number, example, id=f"{rule.info.id}-{number}")
    for rule in all_rules()
    if rule.info.id in EDITORS
    for number, example in enumerate(rule.info.bad)
]


def test_every_editor_is_of_a_rule() -> None:
    assert set(EDITORS) <= {rule.info.id for rule in all_rules()}


@pytest.mark.parametrize(("rule", "number", "example"), CASES)
def test_the_patch_resolves_the_finding(rule: Rule, number: int, example: Example, tmp_path: Path) -> None:
    report_of(tmp_path, example.files)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    report = _patched(tmp_path)
    assert report.audit is not None
    patches = [one.patch for one in report.audit.findings if one.rule == rule.info.id]
    if (rule.info.id, number) in UNPATCHED:
        assert patches == [None] * len(patches)
        return
    assert all(patches)
    patch = tmp_path.parent / f"{tmp_path.name}.patch"
    patch.write_bytes(render(report).encode())
    subprocess.run(["git", "apply", str(patch)], cwd=tmp_path, check=True)
    assert not isinstance(outcome_of(_patched(tmp_path), rule.info.id), Failed)


def _patched(folder: Path) -> Report:
    report = analyze(folder, Config(), say_nothing, patches=True)
    assert isinstance(report, Report)
    return report
