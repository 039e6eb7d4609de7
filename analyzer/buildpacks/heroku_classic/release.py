"""One release of the buildpack as its tables in data/ describe it."""

from collections.abc import Mapping
from functools import cache

from analyzer.buildpacks.tables import load
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What differs from release to release; what does not is code."""

    id: str
    title: str
    version: str
    repository: str
    commit: str
    read_on: str
    app_platform: bool
    """Whether this is what App Platform runs, with its own buildpacks beside it."""
    stack: str
    detect: tuple[str, ...]
    """Names of which one is enough; with a slash at its end it must be a folder."""
    stops_at: frozenset[str]
    """Checks that stop the build and in other releases warn."""
    default_python: str
    oldest_minor: int
    newest_minor: int
    latest_python: Mapping[str, str]
    """The newest patch release by minor version."""
    ending_python: Mapping[str, str]
    """When support for a minor version ends."""
    misspelt: tuple[str, ...]
    tools: Mapping[str, str]
    preinstalled: tuple[str, ...]
    """What is installed beside pip on `preinstalled_on`, which are minor versions."""
    preinstalled_on: tuple[str, ...]
    install: Mapping[str, str]
    build_environment: Mapping[str, str]
    build_environment_for: Mapping[str, Mapping[str, str]]
    run_environment: Mapping[str, str]
    run_environment_for: Mapping[str, Mapping[str, str]]
    lines: Mapping[str, str]
    """File and lines of the rules upstream."""


@cache
def read_release(name: str) -> Release:
    """The release of data/`name`.toml."""
    table = load(name)
    python = table["python"]
    return Release(
        id=table["id"],
        title=table["title"],
        version=table["version"],
        repository=table["repository"],
        commit=table["commit"],
        read_on=table["read_on"].isoformat(),
        app_platform=table["platform"] == "app-platform",
        stack=table["stack"],
        detect=tuple(table["detect"]),
        stops_at=frozenset(check for check, outcome in table["checks"].items() if outcome == "error"),
        default_python=python["default"],
        oldest_minor=python["oldest_minor"],
        newest_minor=python["newest_minor"],
        latest_python=python["latest"],
        ending_python=python["ending"],
        misspelt=tuple(python["misspelt"]),
        tools=table["tools"],
        preinstalled=tuple(table["preinstalled"]["packages"]),
        preinstalled_on=tuple(table["preinstalled"]["python"]),
        install=table["install"],
        build_environment=table["build_environment"],
        build_environment_for=table["build_environment_for"],
        run_environment=table["run_environment"],
        run_environment_for=table["run_environment_for"],
        lines=table["lines"],
    )
