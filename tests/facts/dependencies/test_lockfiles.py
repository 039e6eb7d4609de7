"""What a lock fixes, and which of it production installs."""

import pytest

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared, combine, declare
from analyzer.facts.dependencies.lockfiles import UNREACHED, Lock, LockedPackage, apply_lock
from analyzer.facts.dependencies.requirement_lines import parse_requirement
from analyzer.model.evidence import Evidence
from analyzer.model.facts import Dependency

NOTHING = Activation()


def declared(**groups: str | None) -> Declared:
    """Requirements by name with their groups."""
    here = Evidence(path="pyproject.toml", line=3)
    return combine(declare(parse_requirement(name), group, here) for name, group in groups.items())


def package(
    name: str, version: str = "1.0", requires: str = "", groups: tuple[str, ...] | None = None, optional: bool = False
) -> LockedPackage:
    edges = tuple((word, ()) for word in requires.split())
    return LockedPackage(name=name, version=version, line=7, requires=edges, groups=groups, optional=optional)


def groups(found: Declared) -> dict[str, str | None]:
    return {item.name: item.group for item in found.dependencies}


def test_versions_evidence_and_what_is_indirect() -> None:
    lock = Lock(path="uv.lock", packages=(package("django", "4.2.7", "asgiref"), package("asgiref", "3.7")))
    found = apply_lock(declared(django=None), lock, NOTHING)
    assert found.files == ("uv.lock",)
    direct, indirect = found.dependencies
    assert (direct.name, direct.locked, direct.direct, direct.evidence.path) == (
        "django",
        "4.2.7",
        True,
        "pyproject.toml",
    )
    assert indirect == Dependency(
        name="asgiref",
        specifier="",
        locked="3.7",
        direct=False,
        evidence=Evidence(path="uv.lock", line=7, note="locked at 3.7"),
    )


def test_the_graph_tells_who_asks() -> None:
    lock = Lock(
        path="uv.lock",
        packages=(
            package("django", requires="asgiref"),
            package("asgiref"),
            package("pytest", requires="pluggy asgiref"),
            package("pluggy"),
            package("orphan"),
            package("loop-a", requires="loop-b"),
            package("loop-b", requires="loop-a"),
        ),
    )
    found = apply_lock(declared(django=None, pytest="dev", **{"loop-a": "s3"}), lock, NOTHING)
    assert groups(found) == {
        "django": None,
        "pytest": "dev",
        "loop-a": "s3",
        "asgiref": None,
        "pluggy": "dev",
        "orphan": UNREACHED,
        "loop-b": "s3",
    }


def test_extras_of_packages_are_followed_where_asked_for() -> None:
    django = LockedPackage(
        name="django", version="4", line=1, extras={"argon2": (("argon2-cffi", ()),), "bcrypt": (("bcrypt", ()),)}
    )
    lock = Lock(path="uv.lock", packages=(django, package("argon2-cffi"), package("bcrypt")))
    asked = combine([declare(parse_requirement("django[argon2]"), None, Evidence(path="x"))])
    assert groups(apply_lock(asked, lock, NOTHING)) == {"django": None, "argon2-cffi": None, "bcrypt": UNREACHED}


def test_roots_of_the_lock_go_before_what_was_declared() -> None:
    lock = Lock(path="uv.lock", packages=(package("a"), package("b")), roots=((None, ("b", ())), ("dev", ("a", ()))))
    assert groups(apply_lock(Declared(), lock, NOTHING)) == {"a": "dev", "b": None}


@pytest.mark.parametrize(
    ("stated", "activation", "group"),
    [
        (("main",), NOTHING, None),
        (("default",), NOTHING, None),
        (("dev",), NOTHING, "dev"),
        (("dev", "main"), NOTHING, None),
        (("dev", "web"), NOTHING, "web"),
        (("dev", "web"), Activation(groups=frozenset({"web"})), None),
        ((), NOTHING, None),
    ],
)
def test_stated_groups(stated: tuple[str, ...], activation: Activation, group: str | None) -> None:
    lock = Lock(path="poetry.lock", packages=(package("a", groups=stated),))
    assert groups(apply_lock(Declared(), lock, activation)) == {"a": group}


def test_optional_packages_belong_to_the_extras_that_reach_them() -> None:
    packages = (
        package("django", groups=("main",)),
        package("psycopg", requires="libpq", groups=("main",), optional=True),
        package("libpq", groups=("main",), optional=True),
        package("boto3", groups=("main",), optional=True),
        package("unused", groups=("main",), optional=True),
    )
    roots = ((None, ("psycopg", ())), ("s3", ("boto3", ())))
    found = apply_lock(declared(django=None), Lock(path="poetry.lock", packages=packages, roots=roots), NOTHING)
    assert groups(found) == {"django": None, "psycopg": None, "libpq": None, "boto3": "s3", "unused": UNREACHED}


def test_the_newest_of_several_versions() -> None:
    packages = (package("numpy", "1.26"), package("numpy", "2.1"), package("numpy", "odd"), package("numpy", "2.0"))
    found = apply_lock(declared(numpy=None), Lock(path="uv.lock", packages=packages), NOTHING)
    assert [item.locked for item in found.dependencies] == ["2.1"]


def test_a_development_requirement_that_production_needs_indirectly_is_there_twice() -> None:
    lock = Lock(path="uv.lock", packages=(package("django", requires="asgiref"), package("asgiref")))
    found = apply_lock(declared(django=None, asgiref="dev"), lock, NOTHING)
    assert [(d.name, d.group, d.direct) for d in found.dependencies] == [
        ("django", None, True),
        ("asgiref", "dev", True),
        ("asgiref", None, False),
    ]


def test_a_lock_without_roots_is_all_production() -> None:
    assert groups(apply_lock(Declared(), Lock(path="x.lock", packages=(package("a"),)), NOTHING)) == {"a": None}


def test_problems_and_indexes_are_kept() -> None:
    bad = Evidence(path="uv.lock", note="bad")
    found = apply_lock(declared(django=None), Lock(path="uv.lock", packages=(), problems=(bad,)), NOTHING)
    assert (found.problems, groups(found)) == ((bad,), {"django": None})
