"""Poetry's own tables of pyproject.toml: `[tool.poetry]`.

Source: Poetry's documentation, "The pyproject.toml file" and "Dependency specification".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from packaging.specifiers import SpecifierSet

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import OF_EXTRA, Declared, combine, declare
from analyzer.facts.dependencies.names import canonical
from analyzer.facts.dependencies.poetry_constraints import InvalidConstraint, to_specifier
from analyzer.facts.dependencies.requirement_lines import Wanted
from analyzer.facts.dependencies.tables import table, tables, text, texts
from analyzer.facts.dependencies.urls import has_login, is_default_index, name_in_url, without_credentials
from analyzer.model.evidence import Evidence
from analyzer.model.facts import PackageIndex
from analyzer.snapshot.documents import TomlDocument

_TABLE = ("tool", "poetry")
OPTIONAL = "optional"
"""The group of an optional dependency that no extra lists."""


def poetry_table(document: TomlDocument) -> Mapping[str, Any]:
    """`[tool.poetry]`, empty when there is none."""
    return table(table(document.data.get("tool")).get("poetry"))


def read_poetry(document: TomlDocument, activation: Activation) -> Declared:
    """The requirements of Poetry's tables. With `[project] dependencies` the main table only adds sources to them."""
    poetry = poetry_table(document)
    parts = [Declared(indexes=_indexes(document, poetry))]
    for keys, group, entries in _sections(document, poetry, activation):
        for name, value in entries.items():
            if name.lower() == "python":
                continue
            for place, item in _alternatives((*keys, name), value):
                in_group = _group(poetry, name, item, group, activation)
                parts.append(_requirement(document, place, name, item, in_group))
    return combine(parts)


def _alternatives(keys: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """-> (keys, what they hold): one, or several constraints for different Pythons or platforms."""
    if not isinstance(value, list):
        yield keys, value
        return
    for position, item in enumerate(value):
        yield (*keys, position), item


def _sections(
    document: TomlDocument, poetry: Mapping[str, Any], activation: Activation
) -> Iterator[tuple[tuple[str, ...], str | None, Mapping[str, Any]]]:
    if "dependencies" not in table(document.data.get("project")):
        yield (*_TABLE, "dependencies"), None, table(poetry.get("dependencies"))
    yield (*_TABLE, "dev-dependencies"), "dev", table(poetry.get("dev-dependencies"))
    for group, value in table(poetry.get("group")).items():
        keys = (*_TABLE, "group", group, "dependencies")
        yield keys, activation.group(group), table(table(value).get("dependencies"))


def _group(
    poetry: Mapping[str, Any], name: str, value: object, group: str | None, activation: Activation
) -> str | None:
    if group is not None or table(value).get("optional") is not True:
        return group
    extras = [
        extra
        for extra, names in table(poetry.get("extras")).items()
        if canonical(name) in {canonical(listed) for listed in texts(names)}
    ]
    groups = [activation.extra(extra) for extra in sorted(extras)]
    return None if None in groups else groups[0] if groups else OPTIONAL


def _requirement(
    document: TomlDocument, keys: tuple[str | int, ...], name: str, value: object, group: str | None
) -> Declared:
    details = table(value)
    constraint = text(value) or text(details.get("version")) or "*"
    specifier, doubt = "", None
    try:
        specifier = str(SpecifierSet(to_specifier(constraint)))
    except InvalidConstraint as error:
        doubt = str(error)
    address = next((found for key in ("git", "url", "path", "file") if (found := text(details.get(key)))), None)
    wanted = Wanted(
        name=canonical(name),
        specifier=specifier,
        extras=tuple(sorted(canonical(extra) for extra in texts(details.get("extras")))),
        marker=_marker(details),
        url=without_credentials(address) if address else None,
        editable=details.get("develop") is True,
        version=name_in_url(address)[1] if address else None,
        doubt=doubt,
    )
    note = name if address else f'{name} = "{constraint}"'
    if details.get("optional") is True:
        note = OF_EXTRA + note
    return declare(wanted, group, Evidence(path=document.path, line=document.line_of(*keys), note=note))


def _marker(details: Mapping[str, Any]) -> str | None:
    parts = [found] if (found := text(details.get("markers"))) else []
    if platform := text(details.get("platform")):
        parts.append(f"sys_platform == '{platform}'")
    if python := text(details.get("python")):
        parts += _python_marker(python)
    return " and ".join(parts) or None


def _python_marker(constraint: str) -> list[str]:
    try:
        specifiers = to_specifier(constraint)
    except InvalidConstraint:
        return []
    found = []
    for specifier in SpecifierSet(specifiers):
        precise = len(specifier.version.removesuffix(".*").split(".")) > 2
        variable = "python_full_version" if precise else "python_version"
        found.append(f"{variable} {specifier.operator} '{specifier.version}'")
    return sorted(found)


def _indexes(document: TomlDocument, poetry: Mapping[str, Any]) -> tuple[PackageIndex, ...]:
    found = []
    for position, source in enumerate(tables(poetry.get("source"))):
        url = text(source.get("url"))
        if url and not is_default_index(url):
            extra = (
                source.get("priority") in ("supplemental", "explicit", "secondary") or source.get("secondary") is True
            )
            line = document.line_of(*_TABLE, "source", position, "url")
            evidence = Evidence(path=document.path, line=line, note="[[tool.poetry.source]]")
            found.append(
                PackageIndex(url=without_credentials(url), extra=extra, login=has_login(url), evidence=evidence)
            )
    return tuple(found)
