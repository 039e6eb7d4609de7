"""Pins of pure Python packages that do not run on newer Pythons (data/python_limits.toml)."""

from packaging.version import Version

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import ProjectFacts
from analyzer.model.plan import AddedPackage
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.version_bounds import is_before
from analyzer.plan.python_table import order
from analyzer.plan.tables import table


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A pin that is too old for a version of Python; `newest` is the last one that it runs on."""

    requirement: str
    newest: str
    because: str
    evidence: Evidence


def limits_on(facts: ProjectFacts, python: str) -> list[Limit]:
    """The pins of production that do not run on a version of Python."""
    found = []
    for row in table("python_limits")["limit"]:
        if order(python) > order(row["newest"]) and (pin := _pin_before(facts, row["package"], row["before"])):
            wanted, evidence = pin
            found.append(
                Limit(
                    requirement=f"{row['package']}{wanted}",
                    newest=row["newest"],
                    because=row["because"],
                    evidence=evidence,
                )
            )
    return found


def pkg_resources(facts: ProjectFacts, python: str) -> AddedPackage | None:
    """What brings pkg_resources, where a pin imports it and nothing else does."""
    row = table("python_limits")["pkg_resources"]
    needing = [name for name, before in row["packages"].items() if _pin_before(facts, name, before)]
    manager = facts.dependencies.package_manager
    exact = isinstance(manager, Fact) and manager.value == "uv"  # `uv sync` removes what the environment brings
    if not needing or (order(python) < order(row["since"]) and not exact):
        return None
    if _pin_before(facts, "setuptools", row["before"]) is not None:
        return None
    because = f"{needing[0]} imports pkg_resources, which environments have no more since Python {row['since']}"
    return AddedPackage(requirement=row["requirement"], because=because)


def _pin_before(facts: ProjectFacts, name: str, before: str) -> tuple[str, Evidence] | None:
    """-> (specifier, line) of a requirement of production that only allows versions before another one."""
    requirement = facts.dependencies.get(name)
    if requirement is None or requirement.group is not None:
        return None
    wanted = f"=={requirement.locked}" if requirement.locked else requirement.specifier
    return (wanted, requirement.evidence) if wanted and is_before(wanted, Version(before)) else None
