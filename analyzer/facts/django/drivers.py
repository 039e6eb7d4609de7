"""The database engine that the installed driver speaks for (data/database_drivers.toml)."""

from collections.abc import Iterable
from functools import cache

from analyzer.facts.evaluator.library.service_urls import engine_of_scheme
from analyzer.model.facts import DependencyFacts
from analyzer.tables import load_table


@cache
def _drivers() -> dict[str, str]:
    table: dict[str, str] = load_table("analyzer.facts", "database_drivers")["drivers"]
    return table


def scheme_of_drivers(distributions: Iterable[str]) -> str | None:
    """The scheme of the URLs that the installed drivers speak for; None when there is none, or there are several.

    Args:
        distributions: canonical names.
    """
    schemes = schemes_of_drivers(distributions)
    return schemes[0] if len(schemes) == 1 else None


def schemes_of_drivers(distributions: Iterable[str]) -> tuple[str, ...]:
    """The schemes of the URLs that the installed drivers speak for, PostgreSQL's first."""
    installed = frozenset(distributions)
    return tuple(dict.fromkeys(scheme for name, scheme in _drivers().items() if name in installed))


def engine_of_driver(dependencies: DependencyFacts, library: str) -> str | None:
    """The engine of the installed drivers; None when there is none, or when they speak for several.

    Args:
        library: the library that turns the database URL into settings.
    """
    scheme = scheme_of_drivers(d.name for d in dependencies.dependencies if d.group is None)
    return None if scheme is None else _engine(dependencies, library, scheme)


def first_engine_of_drivers(dependencies: DependencyFacts, library: str) -> str | None:
    """The same where drivers for several databases are installed: the one that comes first in the table, PostgreSQL."""
    installed = {d.name for d in dependencies.dependencies if d.group is None}
    scheme = next((scheme for name, scheme in _drivers().items() if name in installed), None)
    return None if scheme is None else _engine(dependencies, library, scheme)


def _engine(dependencies: DependencyFacts, library: str, scheme: str) -> str | None:
    versions = {d.name: d.locked or d.specifier.removeprefix("==") for d in dependencies.dependencies}
    return engine_of_scheme("database", scheme, library, versions)
