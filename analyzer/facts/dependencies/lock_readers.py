"""Readers of the lock files: uv.lock, poetry.lock, pdm.lock, pylock.toml (PEP 751), Pipfile.lock."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import problem
from analyzer.facts.dependencies.lockfiles import Edge, Lock, LockedPackage
from analyzer.facts.dependencies.names import canonical
from analyzer.facts.dependencies.requirement_lines import Wanted, parse_requirement
from analyzer.facts.dependencies.tables import table, tables, text, texts
from analyzer.facts.dependencies.urls import is_default_index, without_credentials
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import PackageIndex
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import JsonDocument, ParseFailure, read_json
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.toml_locks import read_toml_lock

_EXTRA = lazy_pattern(r"\bextra == ['\"]([^'\"]+)['\"]")
_PACKAGE = lazy_pattern(r"\[\[packages?\]\]")


def read_lock(repo: RepositorySnapshot, path: RepoPath, activation: Activation) -> Lock | None:
    """The lock file at `path`, None when there is none; one that cannot be parsed is a lock with a problem."""
    if basename(path) == "Pipfile.lock":
        return _pipfile_lock(path, read_json(repo, path))
    document = read_toml_lock(repo, path)
    if document is None:
        return None
    if isinstance(document, ParseFailure):
        return _unreadable(path, document.line, document.reason)
    written = (repo.text(path) or "").split("\n")
    lines = [number for number, line in enumerate(written, 1) if _PACKAGE.match(line)]
    return _reader(basename(path))(path, document.data, lines, activation)


def _unreadable(path: RepoPath, line: int | None, reason: str) -> Lock:
    return Lock(path=path, packages=(), problems=(problem(path, line, reason),))


_Reader = Callable[[RepoPath, Mapping[str, Any], list[int], Activation], Lock]


def _reader(name: str) -> _Reader:
    return {"uv.lock": _uv_lock, "poetry.lock": _poetry_lock, "pdm.lock": _pdm_lock}.get(name, _pylock)


def _numbered(data: Mapping[str, Any], key: str, lines: list[int]) -> Iterable[tuple[Mapping[str, Any], str, int]]:
    """-> (package, canonical name, line) of each named package."""
    for position, package in enumerate(tables(data.get(key))):
        if isinstance(package.get("name"), str):
            yield package, canonical(package["name"]), lines[position] if position < len(lines) else 1


def _version(package: Mapping[str, Any]) -> str | None:
    version = package.get("version")
    return version.removeprefix("==") if isinstance(version, str) else None


def _edges(value: object) -> tuple[Edge, ...]:
    return tuple(
        (canonical(item["name"]), tuple(canonical(extra) for extra in texts(item.get("extra"))))
        for item in tables(value)
        if isinstance(item.get("name"), str)
    )


def _uv_lock(path: RepoPath, data: Mapping[str, Any], lines: list[int], activation: Activation) -> Lock:
    """The project and the members of its workspace are packages of the lock whose source is a folder."""
    packages: list[LockedPackage] = []
    roots: list[tuple[str | None, Edge]] = []
    own: dict[str, Mapping[str, tuple[Edge, ...]]] = {}
    registries: dict[str, int] = {}
    for package, name, line in _numbered(data, "package", lines):
        source = table(package.get("source"))
        extras = {canonical(key): _edges(edges) for key, edges in table(package.get("optional-dependencies")).items()}
        registry = source.get("registry")
        if isinstance(registry, str) and not is_default_index(registry):
            registries.setdefault(without_credentials(registry), line)
        if "virtual" in source or "editable" in source:
            own[name] = extras
            roots += [(None, edge) for edge in _edges(package.get("dependencies"))]
            roots += [(activation.extra(extra), edge) for extra, edges in extras.items() for edge in edges]
            groups = table(package.get("dev-dependencies"))
            roots += [(activation.group(group), edge) for group, edges in groups.items() for edge in _edges(edges)]
            continue
        address = source.get("git") or source.get("url") or source.get("path") or source.get("directory")
        packages.append(
            LockedPackage(
                name=name,
                version=_version(package),
                line=line,
                vcs=without_credentials(address) if isinstance(address, str) else None,
                requires=_edges(package.get("dependencies")),
                extras=extras,
            )
        )
    roots = _with_own_extras(roots, own)
    return Lock(path=path, packages=tuple(packages), roots=tuple(roots), indexes=_registries(path, registries))


def _with_own_extras(
    roots: list[tuple[str | None, Edge]], own: Mapping[str, Mapping[str, tuple[Edge, ...]]]
) -> list[tuple[str | None, Edge]]:
    """`roots` with what the extras list that the project's own requirements name: `all = ["shop[redis,s3]"]`."""
    found, seen = list(roots), set[tuple[str | None, str, str]]()
    for group, (name, extras) in found:  # grows while it is walked
        for extra in extras if name in own else ():
            if (group, name, extra) not in seen:
                seen.add((group, name, extra))
                found += [(group, edge) for edge in own[name].get(extra, ())]
    return found


def _registries(path: RepoPath, registries: Mapping[str, int]) -> tuple[PackageIndex, ...]:
    return tuple(
        PackageIndex(url=url, extra=True, evidence=Evidence(path=path, line=line, note="packages are locked from it"))
        for url, line in registries.items()
    )


def _poetry_lock(path: RepoPath, data: Mapping[str, Any], lines: list[int], activation: Activation) -> Lock:
    packages = []
    for package, name, line in _numbered(data, "package", lines):
        groups, category = package.get("groups"), package.get("category")
        marker = text(package.get("markers"))
        extras = _EXTRA.findall(marker or "")
        if extras:  # since Poetry 2 the marker of an optional package names the extras that ask for it
            groups = [activation.extra(extra) or "main" for extra in extras]
        source = table(package.get("source"))
        packages.append(
            LockedPackage(
                name=name,
                version=_version(package),
                line=line,
                marker=marker if not extras else None,
                vcs=without_credentials(str(source["url"]))
                if source.get("type") in ("git", "url", "directory", "file")
                else None,
                requires=tuple(_poetry_edges(table(package.get("dependencies")))),
                extras={canonical(key): _extra_edges(entries) for key, entries in table(package.get("extras")).items()},
                groups=texts(groups) if groups is not None else texts(category) or None,
                optional=package.get("optional") is True and not extras,
                of_extra=package.get("optional") is True and bool(extras),
            )
        )
    roots = [
        (activation.extra(extra), edge)
        for extra, entries in table(data.get("extras")).items()
        for edge in _extra_edges(entries)
    ]
    return Lock(path=path, packages=tuple(packages), roots=tuple(roots))


def _extra_edges(entries: object) -> tuple[Edge, ...]:
    """The packages of an extra, which are written with or without a version."""
    return tuple((canonical(re.split(r"[\s\[(;<>=!~]", entry)[0]), ()) for entry in texts(entries) if entry)


def _poetry_edges(wanted_by: Mapping[str, Any]) -> Iterable[Edge]:
    for name, value in wanted_by.items():
        for item in value if isinstance(value, list) else [value]:
            wanted = table(item)
            if not wanted.get("optional"):
                yield canonical(name), tuple(canonical(extra) for extra in texts(wanted.get("extras")))


def _pdm_lock(path: RepoPath, data: Mapping[str, Any], lines: list[int], activation: Activation) -> Lock:
    packages = []
    for package, name, line in _numbered(data, "package", lines):
        wanted = [parse_requirement(text) for text in texts(package.get("dependencies"))]
        groups = package.get("groups")
        address = package.get("git") or package.get("url") or package.get("path")
        packages.append(
            LockedPackage(
                name=name,
                version=_version(package),
                line=line,
                marker=text(package.get("marker")),
                vcs=without_credentials(address) if isinstance(address, str) else None,
                requires=tuple((item.name, item.extras) for item in wanted if isinstance(item, Wanted) and item.name),
                groups=texts(groups) if groups is not None else None,
            )
        )
    return Lock(path=path, packages=tuple(packages))


def _pylock(path: RepoPath, data: Mapping[str, Any], lines: list[int], activation: Activation) -> Lock:
    """PEP 751 puts extras and groups into the markers: a package of none of them is production's."""
    packages = []
    defaults = {canonical(group) for group in texts(data.get("default-groups"))}
    for package, name, line in _numbered(data, "packages", lines):
        marker = text(package.get("marker"))
        named = re.findall(r"['\"]([\w.-]+)['\"] in (extras|dependency_groups)", marker or "")
        groups = [
            activation.extra(word)
            if kind == "extras"
            else None
            if canonical(word) in defaults
            else activation.group(word)
            for word, kind in named
        ]
        vcs = table(package.get("vcs")).get("url")
        packages.append(
            LockedPackage(
                name=name,
                version=_version(package),
                line=line,
                marker=marker if not named else None,
                vcs=without_credentials(vcs) if isinstance(vcs, str) else None,
                groups=tuple(group or "main" for group in groups) or ("main",),
            )
        )
    return Lock(path=path, packages=tuple(packages))


def _pipfile_lock(path: RepoPath, document: JsonDocument | ParseFailure | None) -> Lock | None:
    if document is None:
        return None
    if isinstance(document, ParseFailure):
        return _unreadable(path, document.line, document.reason)
    data = table(document.data)
    packages = []
    for section, entries in data.items():
        if section.startswith("_"):
            continue
        for name, value in table(entries).items():
            entry = table(value)
            address = entry.get("git") or entry.get("file") or entry.get("path")
            packages.append(
                LockedPackage(
                    name=canonical(name),
                    version=_version(entry),
                    line=document.line_of(section, name),
                    marker=text(entry.get("markers")),
                    vcs=without_credentials(address) if isinstance(address, str) else None,
                    groups=("dev" if section == "develop" else section,),
                )
            )
    return Lock(path=path, packages=tuple(packages))
