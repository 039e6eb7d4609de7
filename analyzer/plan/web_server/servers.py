"""Web servers and how their commands are written (data/web_servers.toml, whose head says what the fields mean)."""

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from typing import Any

from packaging.version import Version

from analyzer.model.facts import DependencyFacts
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.version_bounds import is_before
from analyzer.plan.tables import table


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One program that serves HTTP."""

    name: str
    package: tuple[str, ...]
    serves: tuple[str, ...]
    values: frozenset[str]
    dropped: Mapping[str, int]
    bind: tuple[str, ...]
    added: tuple[str, ...] = ()
    unless_configured: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    config_file: str | None = None
    target: str | None = None
    target_last: bool = False
    start: tuple[str, ...] = ()
    trusts: bool = False
    since: Mapping[str, str] = field(default_factory=dict)
    interface: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def has(self, option: str, dependencies: DependencyFacts) -> bool:
        """Whether the version that the project pins has an option; one that is not pinned is a new one."""
        first = self.since.get(option)
        found = [d for name in self.package if (d := dependencies.get(name)) is not None]
        if first is None or not found:
            return True
        wanted = found[0].locked or found[0].specifier
        return not (wanted and is_before(wanted, Version(first)))

    def installed(self, dependencies: DependencyFacts) -> bool:
        """Whether production installs it."""
        return any(dependencies.has(name) for name in self.package)


@cache
def servers() -> Mapping[str, Server]:
    """By the name of the program."""
    return {name: _server(name, row) for name, row in table("web_servers")["servers"].items()}


def _server(name: str, row: Mapping[str, Any]) -> Server:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    fields["values"] = frozenset(fields["values"])
    fields["interface"] = {key: tuple(words) for key, words in row.get("interface", {}).items()}
    return Server(name=name, **fields)
