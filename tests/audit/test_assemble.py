"""Findings from what rules said: places, order, remedies, what counts."""

from dataclasses import replace
from pathlib import Path

from analyzer.audit.assemble import assemble, at_least
from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.facts import ProjectDirectory, RepositoryFacts
from analyzer.model.finding import Audit, Failed, Problem, RuleResult, Severity, Undetermined
from analyzer.snapshot.repository import RepositorySnapshot
from tests.audit.made import at, failed, info, result
from tests.audit.test_ignores import as_it_is


def audit(folder: Path, *results: RuleResult, baseline: frozenset[str] = frozenset()) -> Audit:
    (folder / "manage.py").write_text("import os\nmain()\n")
    (folder / "settings.py").write_text("DEBUG = True\nKEY = 1\n")
    project = ProjectDirectory(path=".", manage_py="manage.py", score=1, evidence=at("manage.py:2"))
    shape = RepositoryFacts(django_dir=".", candidates=(project,), files=2, python_files=2, skipped=())
    repository = RepositorySnapshot.open(folder)
    return assemble(tuple(results), repository, shape, as_it_is, baseline=baseline, today="2026-11-27")


def test_worst_first_then_by_place(tmp_path: Path) -> None:
    found = audit(
        tmp_path,
        result("advice", failed("manage.py:1"), Severity.ADVICE),
        result("risk", failed("settings.py:2", "settings.py:1", "manage.py:2")),
        result("blocker", failed("settings.py:2"), Severity.BLOCKER),
    )
    assert [(one.rule, one.evidence[0].path, one.evidence[0].line) for one in found.findings] == [
        ("blocker", "settings.py", 2),
        ("risk", "manage.py", 2),
        ("risk", "settings.py", 1),
        ("risk", "settings.py", 2),
        ("advice", "manage.py", 1),
    ]
    assert found.findings[2].excerpt is not None
    assert found.findings[2].excerpt.lines[0] == "DEBUG = True"


def test_what_no_line_says_stands_at_manage_py(tmp_path: Path) -> None:
    absent = Evidence(path=".", note="no requirements.txt")
    found = audit(tmp_path, result("a", Failed(problems=(Problem(message="m", evidence=(absent,)),))))
    assert found.findings[0].evidence == (at("manage.py:2"), absent)


def test_a_file_of_the_repository_comes_first(tmp_path: Path) -> None:
    absent = Evidence(path=".", note="no requirements.txt")
    problem = Problem(message="m", evidence=(absent, at("settings.py:1"), at("manage.py:1")))
    found = audit(tmp_path, result("a", Failed(problems=(problem,))))
    assert found.findings[0].evidence == (at("settings.py:1"), at("manage.py:1"), absent)


def test_the_remedy_is_the_rules_own_unless_the_problem_has_one(tmp_path: Path) -> None:
    problem = Problem(message="m", evidence=(at("settings.py:1"),))
    problems = (problem, replace(problem, remediation="Other."), replace(problem, commands=("x",)))
    found = audit(tmp_path, result("a", Failed(problems=problems)))
    rule = info("a")
    assert [(one.remediation, one.commands) for one in found.findings] == [
        (rule.remediation, rule.commands),
        ("Other.", ()),
        (rule.remediation, ("x",)),
    ]
    assert len({one.fingerprint for one in found.findings}) == 3


def test_severity_of_the_problem(tmp_path: Path) -> None:
    problem = Problem(message="m", evidence=(at("settings.py:1"),), severity=Severity.BLOCKER)
    found = audit(tmp_path, result("a", Failed(problems=(problem,))))
    assert found.findings[0].severity is Severity.BLOCKER
    assert found.score.capped


def test_known_findings_do_not_count(tmp_path: Path) -> None:
    results = (result("a", failed("settings.py:1")), result("b", failed("settings.py:1")))
    first = audit(tmp_path, *results)
    again = audit(tmp_path, *results, baseline=frozenset({first.findings[0].fingerprint}))
    assert [one.rule for one in again.open] == ["b"]
    assert [one.known for one in again.findings] == [True, False]


def test_lines_of_questions_are_kept(tmp_path: Path) -> None:
    found = audit(tmp_path, result("a", Undetermined(question="?", evidence=(at("settings.py:2"),))))
    assert found.excerpts["settings.py", 2].lines[1] == "KEY = 1"


def test_findings_below_a_bound_are_left_out_and_the_score_stays(tmp_path: Path) -> None:
    likely = Problem(message="m", evidence=(at("settings.py:1"),), certainty=Certainty.LIKELY)
    found = audit(
        tmp_path,
        result("a", failed("settings.py:1"), Severity.ADVICE),
        result("b", Failed(problems=(likely,))),
        result("c", failed("settings.py:1")),
    )
    assert [one.rule for one in at_least(found, "risk", None).findings] == ["b", "c"]
    assert [one.rule for one in at_least(found, None, "certain").findings] == ["c", "a"]
    assert [one.rule for one in at_least(found, "risk", "certain").findings] == ["c"]
    assert at_least(found, "blocker", "certain").score == found.score
    assert at_least(found, None, None) == found
