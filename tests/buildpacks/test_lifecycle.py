"""The lifecycle's choice of a group: what it needs of plans, alternatives and optional members."""

from collections.abc import Sequence

from analyzer.buildpacks.lifecycle import (
    BUILDPACK_ERROR,
    FAILED_DETECTION,
    Code,
    DetectRun,
    Member,
    NotResolved,
    Plan,
    Requirement,
    Resolution,
    resolve_order,
)


def run(*plans: tuple[str, str], code: Code = Code.PASS) -> DetectRun:
    """An answer with plans as ("provided names", "required names")."""
    alternatives = tuple(
        Plan(provides=tuple(p.split()), requires=tuple(Requirement(name=n) for n in r.split())) for p, r in plans
    )
    return DetectRun(code=code, reason="", plans=alternatives or (Plan(),))


def resolve(order: Sequence[str], **runs: DetectRun) -> Resolution | NotResolved:
    groups = [[Member(name=n.removesuffix("?"), optional=n.endswith("?")) for n in group.split()] for group in order]
    return resolve_order(groups, runs)


def group(outcome: Resolution | NotResolved) -> tuple[str, ...]:
    assert isinstance(outcome, Resolution)
    return outcome.group


def test_a_required_member_that_fails_rejects_its_group() -> None:
    outcome = resolve(["a b", "a"], a=run(), b=run(code=Code.FAIL))
    assert isinstance(outcome, Resolution)
    assert outcome.group == ("a",)
    assert [rejection.member for rejection in outcome.rejected] == ["b"]


def test_an_optional_member_that_fails_is_left_out() -> None:
    assert group(resolve(["a b?"], a=run(), b=run(code=Code.ERROR))) == ("a",)


def test_an_error_is_told_when_no_group_is_left() -> None:
    assert resolve(["a", "b"], a=run(code=Code.ERROR), b=run(code=Code.FAIL)).rejected[0].member == "a"
    for code, error in ((Code.ERROR, BUILDPACK_ERROR), (Code.FAIL, FAILED_DETECTION)):
        outcome = resolve(["a", "b"], a=run(code=code), b=run(code=Code.FAIL))
        assert isinstance(outcome, NotResolved)
        assert outcome.error == error


def test_an_error_of_an_optional_member_counts_only_in_a_group_that_fails() -> None:
    outcome = resolve(["a b?"], a=run(code=Code.FAIL), b=run(code=Code.ERROR))
    assert isinstance(outcome, NotResolved)
    assert outcome.error == BUILDPACK_ERROR
    unresolved = resolve(["a b?"], a=run(("", "x")), b=run(code=Code.ERROR))
    assert isinstance(unresolved, NotResolved)
    assert unresolved.error == FAILED_DETECTION


def test_what_is_required_has_to_be_provided_before() -> None:
    assert group(resolve(["a b"], a=run(("x", "")), b=run(("", "x")))) == ("a", "b")
    outcome = resolve(["b a"], a=run(("x", "")), b=run(("", "x")))
    assert outcome.rejected[0].unmet == "b requires x, which nothing provides"


def test_what_is_provided_has_to_be_required_after() -> None:
    assert resolve(["a b"], a=run(("x", "")), b=run()).rejected[0].unmet == "a provides x, which nothing requires"
    assert group(resolve(["a b"], a=run(("x", "")), b=run(("x", "x")))) == ("a", "b")
    assert isinstance(resolve(["a b"], a=run(("", "x")), b=run(("x", "x"))), NotResolved)


def test_a_member_may_require_what_it_provides() -> None:
    assert group(resolve(["a"], a=run(("x", "x")))) == ("a",)


def test_an_optional_member_whose_plan_is_not_met_is_left_out_and_others_with_it() -> None:
    runs = {"a": run(), "b": run(("x", "y")), "c": run(("", "x"))}
    assert group(resolve(["a b? c?"], **runs)) == ("a",)


def test_alternatives_are_tried_in_order_the_later_members_first() -> None:
    runs = {"a": run(("x", ""), ("y", "")), "b": run(("", "z"), ("", "y"), ("", "x"))}
    outcome = resolve(["a b"], **runs)
    assert isinstance(outcome, Resolution)
    assert [requirement.name for requirement in outcome.requires] == ["x"]


def test_an_optional_member_is_left_out_only_with_its_last_alternative() -> None:
    runs = {"a": run(("x", ""), ("", "q")), "b": run()}
    assert group(resolve(["a? b"], **runs)) == ("b",)


def test_a_group_of_which_nobody_is_left_does_not_build() -> None:
    assert isinstance(resolve(["a?"], a=run(("", "x"))), NotResolved)
    assert isinstance(resolve(["a?"], a=run(code=Code.FAIL)), NotResolved)
