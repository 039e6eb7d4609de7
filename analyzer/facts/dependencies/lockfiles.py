"""What a lock file fixes, and who asks for it.

A lock names every package of every group. Which of them production installs is told by the lock itself (Poetry's
`groups`, Pipenv's `default`) or follows from its graph, walked from the requirements of the project.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import TypeAlias

from packaging.version import InvalidVersion, Version

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import OF_EXTRA, Declared
from analyzer.facts.dependencies.names import DEVELOPMENT_ROLES, role_of
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Dependency, PackageIndex
from analyzer.model.quick_dataclass import dataclass

Edge: TypeAlias = tuple[str, tuple[str, ...]]
"""A package (canonical name) and the extras of it that are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedPackage:
    """One package of a lock file; `groups` are the lock's own words for who installs it, None when it says nothing."""

    name: str
    version: str | None
    line: int
    marker: str | None = None
    vcs: str | None = None
    requires: tuple[Edge, ...] = ()
    extras: Mapping[str, tuple[Edge, ...]] = field(default_factory=dict)
    groups: tuple[str, ...] | None = None
    optional: bool = False
    """Whether it is installed only where an extra of the project asks for it."""
    of_extra: bool = False
    """The same of a lock that names the extras, by which it is in a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A lock file. `roots` are the project's own requirements by group (None: always), where the lock repeats them."""

    path: RepoPath
    packages: tuple[LockedPackage, ...]
    roots: tuple[tuple[str | None, Edge], ...] = ()
    indexes: tuple[PackageIndex, ...] = ()
    problems: tuple[Evidence, ...] = ()


PRODUCTION_GROUPS = frozenset({"main", "default"})
"""Poetry's and PDM's or Pipenv's names for what production installs."""

UNREACHED = "optional"
"""The group of packages that the lock holds and nothing asks for: those of other platforms and unused extras."""


def apply_lock(declared: Declared, lock: Lock, activation: Activation) -> Declared:
    """`declared` with locked versions, and with what only the lock names (direct=False) in the group that needs it."""
    by_name = _by_name(lock.packages)
    direct = tuple(_locked(item, by_name.get(item.name, ())) for item in declared.dependencies)
    names = declared.names
    production = {item.name for item in direct if item.group is None}
    groups = _groups(declared, lock, by_name, activation)
    indirect = tuple(
        _indirect(lock.path, packages, groups.get(name, UNREACHED))
        for name, packages in by_name.items()
        if name not in names or (groups.get(name, UNREACHED) is None and name not in production)
    )
    return replace(
        declared,
        files=tuple(dict.fromkeys((*declared.files, lock.path))),
        dependencies=direct + indirect,
        indexes=tuple(dict.fromkeys((*declared.indexes, *lock.indexes))),
        problems=declared.problems + lock.problems,
    )


def _by_name(packages: Iterable[LockedPackage]) -> dict[str, tuple[LockedPackage, ...]]:
    found: dict[str, tuple[LockedPackage, ...]] = {}
    for package in packages:
        found[package.name] = (*found.get(package.name, ()), package)
    return found


def _locked(item: Dependency, packages: tuple[LockedPackage, ...]) -> Dependency:
    version = _newest(packages).version if packages else None
    return replace(item, locked=version) if version else item


def _newest(packages: tuple[LockedPackage, ...]) -> LockedPackage:
    """A lock may hold several versions of a package, for different markers; the newest is the one of new Pythons."""
    return max(packages, key=lambda package: _order(package.version or ""))


def _order(version: str) -> tuple[bool, Version]:
    try:
        return True, Version(version)
    except InvalidVersion:
        return False, Version("0")


def _indirect(path: RepoPath, packages: tuple[LockedPackage, ...], group: str | None) -> Dependency:
    package = _newest(packages)
    return Dependency(
        name=package.name,
        specifier="",
        locked=package.version,
        marker=package.marker,
        group=group,
        vcs=package.vcs,
        direct=False,
        evidence=Evidence(
            path=path,
            line=package.line,
            note=(OF_EXTRA if package.of_extra else "")
            + (f"locked at {package.version}" if package.version else "locked"),
        ),
    )


def _groups(
    declared: Declared, lock: Lock, by_name: Mapping[str, tuple[LockedPackage, ...]], activation: Activation
) -> dict[str, str | None]:
    """Package -> the group that installs it, production (None) first."""
    if any(package.groups is not None for package in lock.packages):
        by_extra = _groups_of_roots(lock.roots, by_name)
        return {
            name: by_extra.get(name, UNREACHED)
            if all(package.optional for package in packages)
            else _stated_group(packages, activation)
            for name, packages in by_name.items()
        }
    roots = list(lock.roots) or [(item.group, (item.name, item.extras)) for item in declared.dependencies]
    if not roots:
        return dict.fromkeys(by_name)
    return _groups_of_roots(roots, by_name)


def _groups_of_roots(
    roots: Iterable[tuple[str | None, Edge]], by_name: Mapping[str, tuple[LockedPackage, ...]]
) -> dict[str, str | None]:
    """Package -> the group whose roots reach it, production (None) first."""
    wanted = tuple(roots)
    found: dict[str, str | None] = {}
    for group in sorted({group for group, _ in wanted}, key=_production_first):
        for name in _reachable(by_name, [edge for of, edge in wanted if of == group]):
            found.setdefault(name, group)
    return found


def _production_first(group: str | None) -> tuple[bool, bool, str]:
    return group is not None, group is not None and role_of(group) in DEVELOPMENT_ROLES, group or ""


def _stated_group(packages: Iterable[LockedPackage], activation: Activation) -> str | None:
    stated = {
        None if group in PRODUCTION_GROUPS else activation.group(group)
        for package in packages
        for group in package.groups or ()
    }
    return min(stated, key=_production_first) if stated else None


def _reachable(by_name: Mapping[str, tuple[LockedPackage, ...]], edges: Iterable[Edge]) -> set[str]:
    pending, seen = list(edges), set[Edge]()
    while pending:
        name, extras = edge = pending.pop()
        if edge in seen or name not in by_name:
            continue
        seen.add(edge)
        for package in by_name[name]:
            pending += package.requires
            pending += [wanted for extra in extras for wanted in package.extras.get(extra, ())]
    return {name for name, _ in seen}
