"""Pipfile of Pipenv: `[packages]`, `[dev-packages]` and named categories.

Source: Pipenv's documentation, "Pipfile & Pipfile.lock".
"""

from collections.abc import Mapping
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared, problem
from analyzer.facts.dependencies.names import canonical
from analyzer.facts.dependencies.tables import table, tables, text, texts
from analyzer.facts.dependencies.urls import is_default_index, name_in_url, without_credentials
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Dependency, PackageIndex
from analyzer.snapshot.documents import ParseFailure, TomlDocument, read_toml
from analyzer.snapshot.repository import RepositorySnapshot

_NOT_CATEGORIES = frozenset({"source", "requires", "scripts", "pipenv", "pipfile"})
_MARKER_KEYS = (
    "sys_platform",
    "os_name",
    "platform_system",
    "platform_machine",
    "python_version",
    "python_full_version",
)


def read_pipfile(repo: RepositorySnapshot, path: RepoPath, activation: Activation) -> Declared:
    """The requirements of a Pipfile; `dev-packages` are group "dev", other categories carry their own name."""
    document = read_toml(repo, path)
    if document is None:
        return Declared()
    if isinstance(document, ParseFailure):
        return Declared(files=(path,), problems=(problem(path, document.line, document.reason),))
    dependencies, problems = [], []
    for section, entries in document.data.items():
        if section in _NOT_CATEGORIES:
            continue
        group = None if section == "packages" else "dev" if section == "dev-packages" else activation.group(section)
        for name, value in table(entries).items():
            item = _dependency(document, section, name, value, group)
            if isinstance(item, Dependency):
                dependencies.append(item)
            else:
                problems.append(item)
    return Declared(
        files=(path,), dependencies=tuple(dependencies), indexes=_indexes(document), problems=tuple(problems)
    )


def _dependency(
    document: TomlDocument, section: str, name: str, value: object, group: str | None
) -> Dependency | Evidence:
    line = document.line_of(section, name)
    details = table(value)
    wanted = (text(value) or text(details.get("version")) or "*").strip()
    try:
        specifier = _specifier(wanted)
    except InvalidSpecifier:
        return problem(document.path, line, f"`{wanted}` is no version specifier")
    address = next((found for key in ("git", "file", "path", "hg", "svn") if (found := text(details.get(key)))), None)
    return Dependency(
        name=canonical(name),
        specifier=specifier,
        locked=name_in_url(address)[1] if address else None,
        extras=tuple(sorted(canonical(extra) for extra in texts(details.get("extras")))),
        marker=_marker(details),
        group=group,
        vcs=without_credentials(address) if address else None,
        editable=details.get("editable") is True,
        evidence=Evidence(path=document.path, line=line, note=f"{name} {wanted}" if not address else name),
    )


def _specifier(wanted: str) -> str:
    if wanted == "*":
        return ""
    return str(SpecifierSet(f"=={wanted}" if wanted[0].isdigit() else wanted))


def _marker(details: Mapping[str, Any]) -> str | None:
    """Pipenv also takes a marker's variable as a key: `sys_platform = "== 'win32'"`."""
    parts = [f"{key} {details[key]}" for key in _MARKER_KEYS if text(details.get(key))]
    parts += [found] if (found := text(details.get("markers"))) else []
    return " and ".join(parts) or None


def _indexes(document: TomlDocument) -> tuple[PackageIndex, ...]:
    """The first source is the index that Pipenv asks by default, the others are additional."""
    found = []
    for position, source in enumerate(tables(document.data.get("source"))):
        url = text(source.get("url"))
        if url and not is_default_index(url):
            evidence = Evidence(path=document.path, line=document.line_of("source", position, "url"), note="[[source]]")
            found.append(PackageIndex(url=without_credentials(url), extra=position > 0, evidence=evidence))
    return tuple(found)
