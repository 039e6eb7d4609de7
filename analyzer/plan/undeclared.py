"""Packages that a library imports without asking for them (data/undeclared.toml)."""

from collections.abc import Iterator

from packaging.version import Version

from analyzer.model.evidence import Fact
from analyzer.model.facts import Dependency, ProjectFacts
from analyzer.model.plan import AddedPackage
from analyzer.model.version_bounds import is_before
from analyzer.plan.tables import table


def undeclared_packages(facts: ProjectFacts) -> Iterator[AddedPackage]:
    """What a Celery broker's transport imports, where no requirement of production brings it."""
    broker = facts.task_queue.broker
    for row in table("undeclared")["undeclared"]:
        asked = [d for name in row["since"] if (d := facts.dependencies.get(name)) is not None and d.group is None]
        if not isinstance(broker, Fact) or broker.value != row["broker"] or not asked:
            continue
        brought = facts.dependencies.has(row["requirement"]) or any(row["extra"] in d.extras for d in asked)
        if not brought and not any(_is_older(d, row["since"][d.name]) for d in asked):
            yield AddedPackage(requirement=row["requirement"], because=row["because"])


def _is_older(dependency: Dependency, version: str) -> bool:
    wanted = dependency.locked or dependency.specifier
    return bool(wanted) and is_before(wanted, Version(version))
