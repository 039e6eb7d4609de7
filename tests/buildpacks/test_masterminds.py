"""Version constraints; each answer was given by the library itself."""

import pytest

from analyzer.buildpacks.masterminds import ImproperConstraint, SemVersion, compare, parse_constraints, parse_version

RELEASES = ["2.7.18", "3.9.1", "3.11.14", "3.11.15", "3.12.13", "3.13.0", "3.14.7"]


def newest(constraint: str) -> str | None:
    checked = parse_constraints(constraint)
    matching = [text for text in RELEASES if (version := parse_version(text)) is not None and checked.check(version)]
    return matching[-1] if matching else None


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("3.11", "3.11.15"),
        ("=3.11", "3.11.15"),
        ("3.11.14", "3.11.14"),
        ("3", "3.14.7"),
        ("v3.12", "3.12.13"),
        ("*", "3.14.7"),
        ("x", "3.14.7"),
        ("3.x", "3.14.7"),
        ("3.12.*", "3.12.13"),
        ("3.*.1", "3.14.7"),
        ("!=3.14", "3.13.0"),
        ("!=3", "2.7.18"),
        ("!=3.14.7", "3.13.0"),
        (">3.11", "3.14.7"),
        (">3.14", None),
        (">3", None),
        (">2", "3.14.7"),
        (">3.14.6", "3.14.7"),
        ("<3.12", "3.11.15"),
        ("<=3.12", "3.12.13"),
        ("<=3", "3.14.7"),
        ("=<3.11.14", "3.11.14"),
        ("=>3.9", "3.14.7"),
        (">=3.10,<3.13", "3.12.13"),
        (">=3.10 <3.13", "3.12.13"),
        (">= 3.10 , < 3.13", "3.12.13"),
        ("~3.11", "3.11.15"),
        ("~3", "3.14.7"),
        ("~>3.11.14", "3.11.15"),
        ("~*", "3.14.7"),
        ("^3.11", "3.14.7"),
        ("^2.7", "2.7.18"),
        ("^0.1", None),
        ("3.9 || 3.12", "3.12.13"),
        ("3.9 - 3.12", "3.12.13"),
        ("3.9||<3", "3.9.1"),
        ("03.11", "3.11.15"),
        ("3.12.13+build", "3.12.13"),
        ("3.12.0-rc1", None),
        (">=3.12.0-rc1", "3.14.7"),
        ("3.12\n3.11", None),
        ("  3.12  ", "3.12.13"),
    ],
)
def test_newest_release(constraint: str, expected: str | None) -> None:
    assert newest(constraint) == expected


@pytest.mark.parametrize(
    "constraint",
    [
        "~=3.11",
        "==3.11",
        "===3.11",
        "3.11.",
        ".3",
        "3..1",
        "3.12.*.1",
        "3.12rc1",
        ">>3",
        "3,",
        ",3",
        "3,,4",
        "3 ||",
        "",
        "python",
        "# c\n3.12",
        "^3.9 - 3.12",
        "3>=4",
        "\ufeff3.12",
        "3.12\x0b",
        "3|4",
        "3X",
        "3.12.0-01",
        "99999999999999999999",
        "3" * 513,
        "3||" * 32 + "3",
    ],
)
def test_no_constraint(constraint: str) -> None:
    with pytest.raises(ImproperConstraint):
        parse_constraints(constraint)


def test_a_long_constraint_of_many_parts_is_read_at_once() -> None:
    with pytest.raises(ImproperConstraint):
        parse_constraints("3 , " * 120 + "!")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", SemVersion(major=3)),
        ("v3.12", SemVersion(major=3, minor=12)),
        ("03.012.1", SemVersion(major=3, minor=12, patch=1)),
        ("3.14.0-rc1+b.1", SemVersion(major=3, minor=14, pre="rc1")),
        ("3.14.0rc1", None),
        ("3.12.x", None),
        ("3.12.0-01", None),
        ("18446744073709551616", None),
        ("3.12\n", None),
        ("", None),
        ("1" * 257, None),
    ],
)
def test_version(text: str, expected: SemVersion | None) -> None:
    assert parse_version(text) == expected


def test_order_of_prereleases() -> None:
    ordered = ["1.0.0-0", "1.0.0-2", "1.0.0-10", "1.0.0-a", "1.0.0-a.1", "1.0.0-a.b", "1.0.0-b", "1.0.0"]
    versions = [version for text in ordered if (version := parse_version(text)) is not None]
    assert len(versions) == len(ordered)
    for i, left in enumerate(versions):
        for j, right in enumerate(versions):
            assert (compare(left, right) > 0) == (i > j)
            assert (compare(left, right) == 0) == (i == j)


def test_a_prerelease_satisfies_only_constraints_that_name_one() -> None:
    candidate = SemVersion(major=3, minor=15, pre="rc1")
    assert not parse_constraints(">=3.14").check(candidate)
    assert parse_constraints(">=3.14.0-0").check(candidate)
