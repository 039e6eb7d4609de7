"""The database engine that the installed driver speaks for (data/database_drivers.toml)."""

import tomllib
from functools import cache
from importlib import resources

from analyzer.model.facts import DependencyFacts


@cache
def _drivers() -> dict[str, str]:
    text = resources.files("analyzer.facts").joinpath("data/database_drivers.toml").read_text("utf-8")
    table: dict[str, str] = tomllib.loads(text)["drivers"]
    return table


def engine_of_driver(dependencies: DependencyFacts) -> str | None:
    """The engine of the installed drivers; None when there is none, or when drivers of several engines are installed."""
    engines = {engine for name, engine in _drivers().items() if dependencies.has(name)}
    return engines.pop() if len(engines) == 1 else None
