"""Poetry's constraints as PEP 440 specifiers, with poetry-core as the judge of what they allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version as Pep440Version
from poetry.core.constraints.version import Version, parse_constraint
from poetry.core.constraints.version.exceptions import ParseConstraintError

from analyzer.facts.dependencies.poetry_constraints import InvalidConstraint, to_specifier

PARTS = st.integers(0, 4).map(str)
RELEASES = st.lists(PARTS, min_size=1, max_size=3).map(".".join)
OPERATORS = st.sampled_from(["", "=", "==", "!=", ">", ">=", "<", "<=", "^", "~", "~ ", "^ ", ">= "])
SIMPLE = (
    st.tuples(OPERATORS, RELEASES).map("".join)
    | RELEASES.map(lambda release: f"~={release}")
    | st.tuples(st.sampled_from(["", "==", "!="]), RELEASES).map(lambda part: f"{part[0]}{part[1]}.*")
    | st.just("*")
)
CONJUNCTIONS = st.lists(SIMPLE, min_size=1, max_size=3).map(",".join)
PROBES = [f"{major}.{minor}.{micro}" for major in range(6) for minor in range(6) for micro in range(0, 6, 2)]
POETRY = {probe: Version.parse(probe) for probe in PROBES}
PEP440 = {probe: Pep440Version(probe) for probe in PROBES}


def allowed_by_poetry(constraint: str) -> set[str]:
    parsed = parse_constraint(constraint)
    return {probe for probe in PROBES if parsed.allows(POETRY[probe])}


def allowed_by_us(constraint: str) -> set[str]:
    specifier = SpecifierSet(to_specifier(constraint))
    return {probe for probe in PROBES if PEP440[probe] in specifier}


@given(CONJUNCTIONS)
def test_a_conjunction_allows_exactly_the_releases_that_poetry_allows(constraint: str) -> None:
    assert allowed_by_us(constraint) == allowed_by_poetry(constraint)


@given(st.lists(CONJUNCTIONS, min_size=2, max_size=3), st.sampled_from([" || ", "||", " | "]))
def test_alternatives_lose_no_release_that_poetry_allows(parts: list[str], separator: str) -> None:
    constraint = separator.join(parts)
    assert allowed_by_us(constraint) >= allowed_by_poetry(constraint)


@pytest.mark.parametrize(
    ("constraint", "specifier"),
    [
        ("*", ""),
        ("^3.11", ">=3.11,<4.0"),
        ("^0.3.1", ">=0.3.1,<0.4.0"),
        ("^0.0.3", ">=0.0.3,<0.0.4"),
        ("^0", ">=0,<1"),
        ("~2.2", ">=2.2,<2.3"),
        ("~2", ">=2,<3"),
        ("4.2.7", "==4.2.7"),
        ("4.2.*", "==4.2.*"),
        ("4.x", "==4.*"),
        (">=3.2 <4.0", ">=3.2,<4.0"),
        (">=3.2, !=3.2.4", ">=3.2,!=3.2.4"),
        ("v1.2", "==1.2"),
        ("^2.0@dev", ">=2.0,<3.0"),
        ("^1.0a1", ">=1.0a1,<2.0"),
        (">=3.8,<3.10 || ^3.11", ">=3.8,<4.0,!=3.10.*"),
        ("~2.7 || ^3.8", ">=2.7,<4.0"),
        ("<1.0 || *", ""),
    ],
)
def test_the_text_of_a_specifier(constraint: str, specifier: str) -> None:
    assert to_specifier(constraint) == specifier


@pytest.mark.parametrize(
    "constraint", ["nonsense!", "^", ">=,<3", "1.2 words", "^3.x.y", ">= two", ">=1 || ", "~1.2.*"]
)
def test_what_poetry_refuses_is_refused(constraint: str) -> None:
    with pytest.raises(ParseConstraintError):
        parse_constraint(constraint)
    with pytest.raises(InvalidConstraint):
        to_specifier(constraint)


@given(st.text(max_size=30) | st.text("0123.*^~=!<>|, v@a+", max_size=30))
def test_any_text_gives_a_specifier_or_is_refused(constraint: str) -> None:
    try:
        specifier = to_specifier(constraint)
    except InvalidConstraint:
        return
    assert str(SpecifierSet(specifier)).count(",") <= specifier.count(",")


def test_a_constraint_of_any_length_is_answered() -> None:
    with pytest.raises(InvalidConstraint, match="longer"):
        to_specifier(" " * 1_000_000 + "1")


def test_a_wide_gap_between_alternatives_is_not_written_out() -> None:
    assert to_specifier("1.1 || 1.999999999") == ">=1.1,<1.1000000000"
