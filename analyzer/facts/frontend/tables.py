"""The programs that build front ends and the ways to call them (data/bundlers.toml, data/javascript.toml)."""

from functools import cache
from typing import Any

from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundler:
    """A row of data/bundlers.toml, whose head says what the fields mean."""

    name: str
    programs: tuple[str, ...]
    packages: tuple[str, ...]
    subcommands: tuple[str, ...] | None = None
    builds: str | None = None
    directories: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    positional: str | None = None
    configs: tuple[str, ...] = ()
    config_options: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    file_keys: tuple[str, ...] = ()
    within: str | None = None
    calls: tuple[str, ...] = ()
    root_keys: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    default: str | None = None
    export_default: str | None = None
    tasks: bool = False
    page: bool = False
    site: bool = False
    assistant: bool = False


@cache
def bundlers() -> tuple[Bundler, ...]:
    """Every row, in the order of the file."""
    return tuple(_bundler(row) for row in load_table("analyzer.facts.frontend", "bundlers")["bundler"])


@cache
def bundler_of(program: str) -> Bundler | None:
    """The row of a program's name."""
    return next((row for row in bundlers() if program in row.programs), None)


def javascript() -> dict[str, Any]:
    """data/javascript.toml"""
    return load_table("analyzer.facts.frontend", "javascript")


def _bundler(row: dict[str, Any]) -> Bundler:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Bundler(**fields)
