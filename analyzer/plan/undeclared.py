"""What a library needs without asking for it (data/undeclared.toml)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from packaging.version import Version

from analyzer.model.evidence import Fact
from analyzer.model.facts import Dependency, ProjectFacts
from analyzer.model.plan import AddedPackage
from analyzer.model.version_bounds import is_before
from analyzer.plan.tables import table


def undeclared_packages(facts: ProjectFacts) -> Iterator[AddedPackage]:
    """What a Celery broker's transport needs, where no requirement of production brings it or leaves room for it; and
    limits of what a pinned library brings with it."""
    yield from _of_celery(facts)
    for row in table("undeclared")["outgrown"]:
        pin = facts.dependencies.get(row["package"])
        if pin is None or pin.group is not None or row["extra"] not in pin.extras or not _is_before(pin, row["before"]):
            continue
        held = facts.dependencies.get(row["held"])
        if held is None or not (held.locked or _is_before(held, row["to"])):
            because = row["because"].format(pin=pin.locked or pin.specifier)
            yield AddedPackage(requirement=f"{row['held']}<{row['to']}", because=because)


def _of_celery(facts: ProjectFacts) -> Iterator[AddedPackage]:
    for row in table("undeclared")["undeclared"]:
        asked = _asked(facts, row, row["since"])
        if not asked or facts.dependencies.has(row["requirement"]):
            continue
        if not any(_is_before(d, row["since"][d.name]) for d in asked):
            yield AddedPackage(requirement=row["requirement"], because=row["because"])
    for row in table("undeclared")["refused"]:
        asked = _asked(facts, row, row["instead"])
        pin = facts.dependencies.get(row["package"])
        if not asked or pin is None or pin.group is not None or not _is_before(pin, row["before"]):
            continue
        because = row["because"].format(pin=pin.locked or pin.specifier)
        for name, version in row["instead"].items():
            held = facts.dependencies.get(name)
            if held is None or not (held.locked or _is_before(held, version)):
                yield AddedPackage(requirement=f"{name}<{version}", because=because)


def _asked(facts: ProjectFacts, row: Mapping[str, Any], names: Iterable[str]) -> list[Dependency]:
    """Those of the packages that production installs; none with another broker, or with the extra that asks for all."""
    broker = facts.task_queue.broker
    found = [d for name in names if (d := facts.dependencies.get(name)) is not None and d.group is None]
    if not isinstance(broker, Fact) or broker.value != row["broker"] or any(row["extra"] in d.extras for d in found):
        return []
    return found


def _is_before(dependency: Dependency, version: str) -> bool:
    wanted = dependency.locked or dependency.specifier
    return bool(wanted) and is_before(wanted, Version(version))
