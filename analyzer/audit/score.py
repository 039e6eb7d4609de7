"""The readiness score: five areas of fixed weights, each the share of the points of its rules that apply."""

from collections.abc import Iterable, Mapping

from analyzer.model.finding import (
    Area,
    AreaScore,
    Failed,
    Finding,
    NotApplicable,
    RuleResult,
    RuleScore,
    Score,
    Severity,
    Undetermined,
)

VERSION = 1
"""Of the way in which points are counted: scores of two versions are not to be compared."""
WEIGHTS: Mapping[Area, int] = {
    Area.BUILD: 25,
    Area.BOOT: 25,
    Area.DATA: 20,
    Area.CONFIGURATION: 15,
    Area.OPERATIONS: 15,
}
POINTS: Mapping[Severity, int] = {Severity.BLOCKER: 8, Severity.RISK: 3, Severity.ADVICE: 1}
CAP = 69
"""The most that a project with an open blocker gets."""


def score(results: Iterable[RuleResult], findings: Iterable[Finding]) -> Score:
    """The score from what the rules said; a finding that is ignored or known loses no points."""
    counting = [one for one in findings if one.counts]
    failing = {one.rule for one in counting}
    capped = any(one.severity is Severity.BLOCKER for one in counting)
    rules = tuple(results)
    areas = tuple(_area(area, rules, failing) for area in WEIGHTS)
    known = [area for area in areas if area.points is not None]
    weight = sum(area.weight for area in known)
    share = sum(area.points or 0.0 for area in known) / weight if weight else 1.0
    total = int(100 * share)
    return Score(version=VERSION, total=min(total, CAP) if capped else total, capped=capped, areas=areas)


def _area(area: Area, results: tuple[RuleResult, ...], failing: set[str]) -> AreaScore:
    rules = tuple(
        _points(one, failing) for one in results if one.rule.area is area and not isinstance(one.outcome, NotApplicable)
    )
    of = sum(rule.of for rule in rules)
    points = WEIGHTS[area] * sum(rule.points for rule in rules) / of if of else None
    return AreaScore(area=area, weight=WEIGHTS[area], points=points, rules=rules)


def _points(result: RuleResult, failing: set[str]) -> RuleScore:
    of = POINTS[result.rule.severity]
    match result.outcome:
        case Undetermined():
            return RuleScore(rule=result.rule.id, points=of / 2, of=of, undetermined=True)
        case Failed() if result.rule.id in failing:
            return RuleScore(rule=result.rule.id, points=0, of=of)
        case _:
            return RuleScore(rule=result.rule.id, points=of, of=of)
