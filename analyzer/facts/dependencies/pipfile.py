"""Pipfile of Pipenv: `[packages]`, `[dev-packages]` and named categories.

Source: Pipenv's documentation, "Pipfile & Pipfile.lock".
"""

from collections.abc import Mapping
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared, combine, problem
from analyzer.facts.dependencies.names import canonical
from analyzer.facts.dependencies.requirement_lines import Wanted
from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from analyzer.facts.dependencies.tables import table, tables, text, texts
from analyzer.facts.dependencies.urls import has_login, is_default_index, name_in_url, without_credentials
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import PackageIndex
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


def read_pipfile(
    repo: RepositorySnapshot, path: RepoPath, activation: Activation, reader: RequirementsReader
) -> Declared:
    """The requirements of a Pipfile; `dev-packages` are group "dev", other categories carry their own name.

    `reader` names the packages of local paths.
    """
    document = read_toml(repo, path)
    if document is None:
        return Declared()
    if isinstance(document, ParseFailure):
        return Declared(files=(path,), problems=(problem(path, document.line, document.reason),))
    parts = [Declared(files=(path,), indexes=_indexes(document))]
    for section, entries in document.data.items():
        if section in _NOT_CATEGORIES:
            continue
        group = None if section == "packages" else "dev" if section == "dev-packages" else activation.group(section)
        parts += [_requirement(document, section, name, value, group, reader) for name, value in table(entries).items()]
    return combine(parts)


def _requirement(
    document: TomlDocument, section: str, name: str, value: object, group: str | None, reader: RequirementsReader
) -> Declared:
    details = table(value)
    constraint = (text(value) or text(details.get("version")) or "*").strip()
    address = next((found for key in ("git", "file", "path", "hg", "svn") if (found := text(details.get(key)))), None)
    specifier, doubt = "", None
    try:
        specifier = _specifier(constraint)
    except InvalidSpecifier:
        doubt = f"`{constraint}` is no version specifier"
    wanted = Wanted(
        name=canonical(name),
        specifier=specifier,
        extras=tuple(sorted(canonical(extra) for extra in texts(details.get("extras")))),
        marker=_marker(details),
        url=without_credentials(address) if address else None,
        editable=details.get("editable") is True,
        version=name_in_url(address)[1] if address else None,
        doubt=doubt,
    )
    note = name if address else f'{name} = "{constraint}"'
    evidence = Evidence(path=document.path, line=document.line_of(section, name), note=note)
    return reader.requirement(wanted, group, evidence)


def _specifier(constraint: str) -> str:
    if constraint == "*":
        return ""
    return str(SpecifierSet(f"=={constraint}" if constraint[0].isdigit() else constraint))


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
            found.append(
                PackageIndex(url=without_credentials(url), extra=position > 0, login=has_login(url), evidence=evidence)
            )
    return tuple(found)
