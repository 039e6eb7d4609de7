"""The database engine that the installed driver speaks for (data/database_drivers.toml)."""

import tomllib
from functools import cache
from importlib import resources

from analyzer.facts.evaluator.library.service_urls import engine_of_scheme
from analyzer.model.facts import DependencyFacts


@cache
def _drivers() -> dict[str, str]:
    text = resources.files("analyzer.facts").joinpath("data/database_drivers.toml").read_text("utf-8")
    table: dict[str, str] = tomllib.loads(text)["drivers"]
    return table


def engine_of_driver(dependencies: DependencyFacts, library: str) -> str | None:
    """The engine of the installed drivers; None when there is none, or when they speak for several.

    Args:
        library: the library that turns the database URL into settings.
    """
    schemes = {scheme for name, scheme in _drivers().items() if dependencies.has(name)}
    if len(schemes) != 1:
        return None
    versions = {d.name: d.locked or d.specifier.removeprefix("==") for d in dependencies.dependencies}
    return engine_of_scheme("database", schemes.pop(), library, versions)
