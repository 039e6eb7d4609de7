"""Every row of data/system_packages.toml is well-formed."""

import re
import tomllib
from importlib import resources
from typing import Any

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from analyzer.facts.system_packages.table import Needs, Row, debian_table

TABLE = debian_table()
DATA: dict[str, Any] = tomllib.loads(
    resources.files("analyzer.facts").joinpath("data/system_packages.toml").read_text("utf-8")
)
KEYS = {
    "name", "build", "run", "source_build", "source_run", "wheels", "before", "pulls", "extras", "bundled_by",
    "database_client", "compiled_since", "wheel_only", "same_release",
}  # fmt: skip
DEBIAN_NAME = re.compile(r"[a-z0-9][a-z0-9+.-]+")
ROWS = [pytest.param(row, id=row.name) for row in TABLE.rows.values()]


def packages(*needs: Needs) -> list[str]:
    return [name for need in needs for name in (*need.build, *need.run)]


def everything() -> set[str]:
    needs = [need for row in TABLE.rows.values() for need in (row.always, row.from_source, *(n for _, n in row.before))]
    lists = (*TABLE.database_clients.values(), *TABLE.fetchers.values())
    return {*packages(*needs, *TABLE.features.values()), *(name for names in lists for name in names)}


def test_rows_are_sorted_and_unique() -> None:
    names = [row["name"] for row in DATA["package"]]
    assert names == sorted(set(names))


@pytest.mark.parametrize("row", DATA["package"], ids=lambda row: row["name"])
def test_keys_of_a_row(row: dict[str, Any]) -> None:
    assert row.keys() <= KEYS
    assert len(row) > 1
    assert ("wheels" in row) == ("source_build" in row or row.get("wheel_only", False))


@pytest.mark.parametrize("row", ROWS)
def test_names_of_a_row(row: Row) -> None:
    assert row.name == canonicalize_name(row.name)
    for name in packages(row.always, row.from_source, *(needs for _, needs in row.before)):
        assert DEBIAN_NAME.fullmatch(name), name
    for pulled in (*row.pulls, *(name for names in row.extras.values() for name in names)):
        assert pulled in TABLE.rows, pulled
    assert all(name == canonicalize_name(name) for name in (*row.bundled_by, *row.extras))


@pytest.mark.parametrize("row", ROWS)
def test_needs_of_a_row_are_not_repeated(row: Row) -> None:
    for needs in (row.always, row.from_source, *(needs for _, needs in row.before)):
        assert len(set(needs.build)) == len(needs.build)
        assert len(set(needs.run)) == len(needs.run)
        assert not [name for name in needs.run if name.endswith("-dev")]


@pytest.mark.parametrize("row", ROWS)
def test_versions_of_a_row_do_not_fall(row: Row) -> None:
    """A newer Python gets its first wheel with a newer version of the package, or with none."""
    firsts = [Version(row.wheels[python]) if row.wheels[python] else None for python in row.wheels]
    assert list(row.wheels) == [python for python in TABLE.pythons if python in row.wheels]
    known = [first for first in firsts if first is not None]
    assert known == sorted(known)
    assert firsts[: len(known)] == known
    for version, _ in row.before:
        assert str(Version(version)) == version


def test_releases() -> None:
    assert TABLE.releases == ("trixie", "bookworm")
    assert TABLE.renamed.keys() < set(TABLE.releases)
    for release, renamed in TABLE.renamed.items():
        assert list(renamed) == sorted(renamed)
        assert not renamed.keys() & set(renamed.values())
        assert not renamed.keys() & TABLE.absent[release]


def test_other_names_are_of_packages_of_the_table() -> None:
    used = everything()
    unused = {name for renamed in TABLE.renamed.values() for name in renamed} - used
    assert unused == set()
    assert all(names <= used for names in TABLE.absent.values())


def test_every_package_has_a_release() -> None:
    assert [name for name in everything() if not TABLE.names(name)] == []


@pytest.mark.parametrize(
    ("package", "names"),
    [
        ("libpq5", {"trixie": "libpq5", "bookworm": "libpq5"}),
        ("libmagic1t64", {"trixie": "libmagic1t64", "bookworm": "libmagic1"}),
        ("wkhtmltopdf", {"bookworm": "wkhtmltopdf"}),
        ("libgirepository-2.0-0", {"trixie": "libgirepository-2.0-0"}),
    ],
)
def test_names_in_releases(package: str, names: dict[str, str]) -> None:
    assert TABLE.names(package) == names
