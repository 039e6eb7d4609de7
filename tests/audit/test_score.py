"""The score from what the rules said."""

from analyzer.audit.score import CAP, POINTS, WEIGHTS, score
from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.finding import (
    Area,
    Failed,
    Finding,
    Ignore,
    NotApplicable,
    Passed,
    RuleResult,
    Score,
    Severity,
    Undetermined,
)
from tests.audit.made import at, failed, result

PASSED, NOT_APPLICABLE = Passed(reason="fine"), NotApplicable(reason="nothing")
UNDETERMINED = Undetermined(question="?", evidence=())


def finding(of: RuleResult, ignored: Ignore | None = None, *, known: bool = False) -> Finding:
    return Finding(
        rule=of.rule.id,
        severity=of.rule.severity,
        certainty=Certainty.CERTAIN,
        message="m",
        evidence=(at("a.py:1"),),
        remediation="",
        commands=(),
        fingerprint="f",
        ignored=ignored,
        known=known,
    )


def score_of(*results: RuleResult) -> Score:
    return score(results, [finding(one) for one in results if isinstance(one.outcome, Failed)])


def test_weights_are_a_hundred() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert set(WEIGHTS) == set(Area)


def test_all_rules_passed() -> None:
    assert score_of(result("a", PASSED), result("b", PASSED, area=Area.BUILD)).total == 100


def test_no_rule_applies() -> None:
    found = score_of(result("a", NOT_APPLICABLE))
    assert found.total == 100
    assert [area.points for area in found.areas] == [None] * len(Area)


def test_an_area_is_the_share_of_its_points_that_apply() -> None:
    found = score_of(result("a", PASSED), result("b", failed("a.py:1"), Severity.ADVICE), result("c", NOT_APPLICABLE))
    (data,) = [area for area in found.areas if area.points is not None]
    share = POINTS[Severity.RISK] / (POINTS[Severity.RISK] + POINTS[Severity.ADVICE])
    assert data.area is Area.DATA
    assert data.points == WEIGHTS[Area.DATA] * share
    assert found.total == int(100 * share)
    assert [(rule.rule, rule.points, rule.of) for rule in data.rules] == [("a", 3, 3), ("b", 0, 1)]


def test_what_could_not_be_told_counts_half_and_is_marked() -> None:
    found = score_of(result("a", UNDETERMINED))
    assert found.total == 50
    assert [rule.undetermined for area in found.areas for rule in area.rules] == [True]


def test_an_open_blocker_caps_the_total() -> None:
    many = [result(f"r{number}", PASSED, Severity.BLOCKER, Area.BUILD) for number in range(50)]
    found = score_of(*many, result("b", failed("a.py:1"), Severity.BLOCKER, Area.BUILD))
    assert (found.total, found.capped) == (CAP, True)


def test_ignored_and_known_findings_lose_no_points() -> None:
    failing = result("a", failed("a.py:1"), Severity.BLOCKER)
    ignore = Ignore(reason="why", source=Evidence(path="doctor.toml"))
    assert score([failing], [finding(failing, ignore)]).total == 100
    assert score([failing], [finding(failing, known=True)]).total == 100
    assert score([failing], [finding(failing, ignore), finding(failing)]).total == 0
