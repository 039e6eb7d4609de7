"""Which Debian packages a Python package needs (data/system_packages.toml)."""

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from typing import Any

from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Debian packages for the stage that installs the Python packages, and for the one that runs them."""

    build: tuple[str, ...] = ()
    run: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One Python package. The file's head says what the keys mean."""

    name: str
    always: Needs
    from_source: Needs = Needs()
    wheels: Mapping[str, str] = field(default_factory=dict)
    before: tuple[tuple[str, Needs], ...] = ()
    """(version, what is needed before it instead of `always`)"""
    pulls: tuple[str, ...] = ()
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bundled_by: frozenset[str] = frozenset()
    database_client: bool = False
    compiled_since: str | None = None
    wheel_only: bool = False
    same_release: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DebianTable:
    """The whole file."""

    releases: tuple[str, ...]
    """Code names, the newest first; all other names are the newest's."""
    rows: Mapping[str, Row]
    features: Mapping[str, Needs]
    database_clients: Mapping[str, tuple[str, ...]]
    fetchers: Mapping[str, tuple[str, ...]]
    renamed: Mapping[str, Mapping[str, str]]
    absent: Mapping[str, frozenset[str]]

    @property
    def pythons(self) -> tuple[str, ...]:
        """The Python versions about whose wheels the table knows, ascending."""
        found = {python for row in self.rows.values() for python in row.wheels}
        return tuple(sorted(found, key=lambda version: tuple(map(int, version.split(".")))))

    def names(self, package: str) -> dict[str, str]:
        """Debian release -> what it calls the package; a release that does not have it is left out."""
        return {
            release: self.renamed.get(release, {}).get(package, package)
            for release in self.releases
            if package not in self.absent.get(release, frozenset())
        }


@cache
def debian_table() -> DebianTable:
    """The table, read once."""
    data = load_table("analyzer.facts", "system_packages")
    return DebianTable(
        releases=tuple(data["releases"]),
        rows={row["name"]: _row(row) for row in data["package"]},
        features={name: _needs(row) for name, row in data["features"].items()},
        database_clients=_lists(data["database_clients"]),
        fetchers=_lists(data["fetchers"]),
        renamed=data["renamed"],
        absent={release: frozenset(names) for release, names in data["absent"].items()},
    )


def _row(row: Mapping[str, Any]) -> Row:
    return Row(
        name=row["name"],
        always=_needs(row),
        from_source=_needs(row, "source_"),
        wheels=row.get("wheels", {}),
        before=tuple((older["version"], _needs(older)) for older in row.get("before", ())),
        pulls=tuple(row.get("pulls", ())),
        extras=_lists(row.get("extras", {})),
        bundled_by=frozenset(row.get("bundled_by", ())),
        database_client=row.get("database_client", False),
        compiled_since=row.get("compiled_since"),
        wheel_only=row.get("wheel_only", False),
        same_release=row.get("same_release", False),
    )


def _needs(row: Mapping[str, Any], prefix: str = "") -> Needs:
    return Needs(build=tuple(row.get(f"{prefix}build", ())), run=tuple(row.get(f"{prefix}run", ())))


def _lists(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in table.items()}
