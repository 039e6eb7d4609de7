"""How rules are written: names, lengths and words."""

import re
from collections import Counter
from pathlib import Path

import pytest

import analyzer.plan
from analyzer.model.finding import RuleInfo
from analyzer.rules.registry import all_rules

RULES = [pytest.param(rule.info, id=rule.info.id) for rule in all_rules()]
FORBIDDEN = re.compile(r"\b(please|simply|just|easy|easily|obviously)\b|!(?!=)", re.IGNORECASE)
FAILURES = Path(__file__).parents[2] / "fixtures" / "buildpack_failures"
PLAN_ALONE = {
    "app-spec-keys-left-out",
    "autoscaling-left-out",
    "build-variable-unknown",
    "create-clusters",
    "existing-component-left-out",
    "existing-database-left-out",
    "git-source-missing",
    "one-container-only",
    "price-not-known",
    "routes-not-known",
    "secrets-to-set",
    "size-allows-one-container",
    "unknown-reference",
    "variable-added",
}
"""Notes about the emitted files, not about the repository."""


@pytest.mark.parametrize("info", RULES)
def test_texts(info: RuleInfo) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", info.id)
    assert len(info.title) <= 60
    assert not info.title.endswith(".")
    assert info.rationale.endswith(".")
    assert len(info.rationale) <= 600
    assert info.remediation.endswith(".")
    assert info.bad
    assert info.good
    assert info.references
    assert all(one.startswith("https://") for one in info.references)
    for text in (info.title, info.rationale, info.remediation):
        assert not FORBIDDEN.search(text), text
        assert "\n" not in text


def test_modules_are_named_like_their_rules() -> None:
    for rule in all_rules():
        package, _, module = rule.check.__module__.rpartition(".")
        assert module == rule.info.id.replace("-", "_")
        assert package.rpartition(".")[2] == rule.info.category.replace("-", "_")


def test_titles_differ() -> None:
    assert Counter(rule.info.title for rule in all_rules()).most_common(1)[0][1] == 1


def test_every_failure_mode_of_buildpacks_has_a_rule() -> None:
    modes = {folder.name.split("_")[0] for folder in FAILURES.iterdir() if folder.is_dir()}
    assert modes == {mode for rule in all_rules() for mode in rule.info.modes}


def test_every_note_of_the_plan_is_a_finding_of_one_rule_or_about_the_emitted_files() -> None:
    sources = Path(next(iter(analyzer.plan.__path__))).rglob("*.py")
    codes = {code for path in sources for code in re.findall(r'code="([a-z-]+)"', path.read_text(encoding="utf-8"))}
    by_rule = Counter(code for rule in all_rules() for code in rule.info.notes)
    assert [code for code, number in by_rule.items() if number > 1] == []
    assert codes - set(by_rule) - PLAN_ALONE == set()
    assert set(by_rule) & PLAN_ALONE == set()
