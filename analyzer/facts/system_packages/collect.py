"""The Debian packages that the dependencies need, to be installed and to run."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from analyzer.facts.system_packages.table import Needs, Row, debian_table
from analyzer.model.evidence import Answer, Evidence, Fact
from analyzer.model.facts import Dependency, DependencyFacts, DjangoFacts, OnPython, SystemPackage, WheelGap
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.markers import applies
from analyzer.model.quick_dataclass import dataclass

Packages: TypeAlias = tuple[tuple[SystemPackage, ...], tuple[SystemPackage, ...]]
"""(for the build, at run time)"""

_ARCHIVE = lazy_pattern(r"\.(?:whl|zip|tgz|tar\.\w+)(?:[?#]|$)|/(?:archive|tarball|zipball)/")


@dataclass(frozen=True, slots=True)
class _Need:
    needs: Needs
    because: str
    evidence: Evidence


def system_packages(dependencies: DependencyFacts, django: DjangoFacts, declared: Packages) -> Packages:
    """-> (packages for the build, packages at run time), by name; one entry for each reason.

    A compiler and headers are only asked for where a package has no wheel for the Python that the project requests;
    without such a request it is taken to have one.

    Args:
        declared: build and run packages that files of the repository name themselves.
    """
    return _packages(dependencies, django, declared, _python(dependencies.python_version))


def on_each_python(dependencies: DependencyFacts, django: DjangoFacts, declared: Packages) -> dict[str, OnPython]:
    """What `system_packages` says for each Python whose wheels the table knows, whatever the project requests."""
    found = {}
    for python in debian_table().pythons:
        build, run = _packages(dependencies, django, declared, python)
        gaps = dict.fromkeys(_gaps(dependencies, python))
        found[python] = OnPython(gaps=tuple(gaps), build_packages=build, run_packages=run)
    return found


def _packages(dependencies: DependencyFacts, django: DjangoFacts, declared: Packages, python: str | None) -> Packages:
    needs = [*_of_requirements(dependencies, _engines(django), python), *_of_features(django)]
    build = {_package(name, need) for need in needs for name in need.needs.build}
    run = {_package(name, need) for need in needs for name in need.needs.run}
    return _sorted((*build, *declared[0])), _sorted((*run, *declared[1]))


def _package(name: str, need: _Need) -> SystemPackage:
    names = debian_table().names(name)
    return SystemPackage(
        package=next(iter(names.values())), because=need.because, evidence=need.evidence, names=tuple(names.items())
    )


def _sorted(packages: Iterable[SystemPackage]) -> tuple[SystemPackage, ...]:
    return tuple(sorted(packages, key=lambda p: (p.package, p.because, p.evidence.path, p.evidence.line)))


def _installed(dependencies: DependencyFacts, python: str | None) -> list[Dependency]:
    version = python or debian_table().pythons[-1]
    return [d for d in dependencies.dependencies if d.group is None and applies(d.marker, version)]


def _of_requirements(dependencies: DependencyFacts, engines: frozenset[str], python: str | None) -> Iterator[_Need]:
    installed = _installed(dependencies, python)
    names = frozenset(d.name for d in installed)
    for dependency in installed:
        yield from _of_row(dependency, dependency.name, python, names)
        row = debian_table().rows.get(dependency.name)
        if row is not None and row.database_client:
            clients = [c for engine in sorted(engines) for c in debian_table().database_clients.get(engine, ())]
            yield _Need(Needs(run=tuple(clients)), dependency.name, dependency.evidence)
        yield _Need(
            Needs(build=_fetchers(dependency.vcs)), f"{dependency.name} (from its repository)", dependency.evidence
        )


def _of_row(dependency: Dependency, name: str, python: str | None, installed: frozenset[str]) -> Iterator[_Need]:
    """What the package `name` needs, which is the dependency or one that it pulls in and that has no turn itself."""
    row = debian_table().rows.get(name)
    if row is None or row.bundled_by & {*dependency.extras, *installed}:
        return
    own = dependency.name == name
    because = name if own else f"{dependency.name} (through {name})"
    specifiers = _specifiers(dependency) if own else SpecifierSet()
    yield _Need(_always(row, specifiers), because, dependency.evidence)
    source = dependency.vcs if own else None
    reason = _why_built(row, source, specifiers, python)
    if reason is not None:
        yield _Need(row.from_source, f"{because} {reason}", dependency.evidence)
    asked = [pulled for extra in dependency.extras for pulled in row.extras.get(extra, ())] if own else []
    for pulled in (*row.pulls, *asked):
        if pulled not in installed:
            yield from _of_row(dependency, pulled, python, installed)


def _gaps(dependencies: DependencyFacts, python: str) -> Iterator[WheelGap]:
    """The requirements of production whose pins have no wheel for one version of Python, and those that never have."""
    installed = _installed(dependencies, python)
    names = frozenset(d.name for d in installed)
    for dependency in installed:
        for row, specifiers in _with_pulled(dependency, names):
            if _lacks_wheel(row, specifiers, python) and not (dependency.vcs and row.name == dependency.name):
                yield WheelGap(
                    requirement=f"{row.name}{specifiers}", buildable=not row.wheel_only, evidence=dependency.evidence
                )


def _with_pulled(dependency: Dependency, installed: frozenset[str]) -> Iterator[tuple[Row, SpecifierSet]]:
    """The row of a requirement, and those of the packages whose versions its own fixes."""
    rows, specifiers = debian_table().rows, _specifiers(dependency)
    row = rows.get(dependency.name)
    if row is None:
        return
    yield row, specifiers
    for extra in dependency.extras:
        for name in row.extras.get(extra, ()):
            if name not in installed and (pulled := rows.get(name)) is not None and pulled.same_release:
                yield pulled, specifiers


def _lacks_wheel(row: Row, specifiers: SpecifierSet, python: str) -> bool:
    first = row.wheels.get(python)
    if first is None or (row.compiled_since is not None and _stays_below(specifiers, row.compiled_since)):
        return False
    return first != "" and _stays_below(specifiers, first)


def _always(row: Row, specifiers: SpecifierSet) -> Needs:
    older = (needs for version, needs in row.before if _stays_below(specifiers, version))
    return next(older, row.always)


def _why_built(row: Row, source: str | None, specifiers: SpecifierSet, python: str | None) -> str | None:
    """Why the package is built from source where its row says something about that; None when it has a wheel."""
    if not row.wheels:
        return None
    if source is not None:
        return None if source.endswith(".whl") else "(built from its source)"
    first = row.wheels.get(python or debian_table().pythons[-1])
    if first == "":
        return f"(no wheel for Python {python})" if python else "(no wheel for recent Python)"
    if python is None or not _lacks_wheel(row, specifiers, python):
        return None
    return f"{specifiers} (no wheel for Python {python})"


def _specifiers(dependency: Dependency) -> SpecifierSet:
    return _specifier_set(f"=={dependency.locked}" if dependency.locked is not None else dependency.specifier)


@lru_cache(4_096)
def _specifier_set(text: str) -> SpecifierSet:
    """Every Python asks for that of every requirement; the texts are those of repositories, hence the bound."""
    try:
        return SpecifierSet(text)
    except InvalidSpecifier:
        return SpecifierSet()


def _stays_below(specifiers: SpecifierSet, version: str) -> bool:
    """Whether every version that satisfies the specifiers is older than `version`."""
    for clause in specifiers:
        if clause.operator in ("==", "===", "~=", "<", "<="):
            try:
                bound = Version(clause.version.removesuffix(".*"))
            except InvalidVersion:
                continue
            if bound <= Version(version) and not clause.contains(version, prereleases=True):
                return True
    return False


def _python(requested: Answer[str | None]) -> str | None:
    """The minor version of Python that a request leaves open no other for: "3.12" for `3.12.4` and `~=3.12.0`."""
    if not isinstance(requested, Fact) or requested.value is None:
        return None
    exact = re.fullmatch(r"(\d+\.\d+)(?:\.\d+)?", requested.value)
    if exact is not None:
        return exact[1]
    try:
        wanted = SpecifierSet(requested.value)
    except InvalidSpecifier:
        return None
    known = debian_table().pythons
    major, _, minor = known[-1].partition(".")
    fitting = [python for python in (*known, f"{major}.{int(minor) + 1}") if wanted.contains(f"{python}.99")]
    return fitting[0] if len(fitting) == 1 else None


def _fetchers(address: str | None) -> tuple[str, ...]:
    """The programs with which an installer fetches a requirement from a repository of source code."""
    if address is None or _ARCHIVE.search(address):
        return ()
    system, plus, rest = address.partition("+")
    scheme = (rest if plus else address).partition("://")[0]
    if not plus:
        # Lock files write a repository's address without the name of the system, which then is git.
        system = "git" if scheme in ("https", "http", "git", "ssh") or address.startswith("git@") else ""
    over_ssh = scheme == "ssh" or address.startswith("git@")
    fetchers = debian_table().fetchers
    return (*fetchers.get(system, ()), *(fetchers["ssh"] if over_ssh else ()))


def _engines(django: DjangoFacts) -> frozenset[str]:
    """The last part of every database engine of the production settings."""
    if not isinstance(django.databases, Fact):
        return frozenset()
    facts = django.databases.value.values()
    return frozenset(e.rpartition(".")[2] for f in facts for e in (f.engine, f.configured_engine) if e is not None)


def _of_features(django: DjangoFacts) -> Iterator[_Need]:
    features = debian_table().features
    if isinstance(django.geodjango, Fact) and django.geodjango.value:
        yield _Need(features["geodjango"], "django.contrib.gis", django.geodjango.evidence[0])
    if isinstance(django.databases, Fact) and "spatialite" in _engines(django):
        yield _Need(features["spatialite"], "the SpatiaLite database", django.databases.evidence[0])
    if isinstance(django.compilemessages, Fact) and django.compilemessages.value:
        yield _Need(features["compilemessages"], "compilemessages", django.compilemessages.evidence[0])
