"""Commands and variables as YAML, TOML and JSON documents write them."""

from collections.abc import Iterator, Mapping
from typing import Any

from analyzer.facts.existing.declaration import Assigned, Words, shell_words
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import JsonDocument, ParseFailure, TomlDocument, YamlNode, read_yaml
from analyzer.snapshot.repository import RepositorySnapshot

_BLOCK = lazy_pattern(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")


def yaml_root(repo: RepositorySnapshot, path: RepoPath) -> YamlNode | None:
    """The mapping at the top of a YAML file, that of its first document; None without one."""
    documents = _documents(repo, path)
    return documents[0] if documents and documents[0].is_mapping else None


def yaml_roots(repo: RepositorySnapshot, path: RepoPath) -> tuple[YamlNode, ...]:
    """The mappings at the top of all documents of a YAML file."""
    return tuple(document for document in _documents(repo, path) if document.is_mapping)


def _documents(repo: RepositorySnapshot, path: RepoPath) -> tuple[YamlNode, ...]:
    document = read_yaml(repo, path)
    return () if document is None or isinstance(document, ParseFailure) else document.documents


def child(node: YamlNode | None, *keys: str) -> YamlNode | None:
    """The node below `node` that the keys lead to, None where one is missing."""
    found = node
    for key in keys:
        found = None if found is None else found.get(key)
    return found


def items(node: YamlNode | None, *keys: str) -> list[tuple[str, YamlNode, int]]:
    """The items (name, value, line) of the mapping that the keys lead to; own ones go before merged ones."""
    found = child(node, *keys)
    unique: dict[str, tuple[str, YamlNode, int]] = {}
    for item in found.items() if found is not None else ():
        unique.setdefault(item[0], item)
    return list(unique.values())


def scalar(node: YamlNode | None, *keys: str) -> str:
    """The text below `node` that the keys lead to; empty when there is none."""
    found = child(node, *keys)
    return (found.text or "") if found is not None else ""


def elements(node: YamlNode | None, *keys: str) -> list[YamlNode]:
    """The elements of the list that the keys lead to; none when there is no list."""
    found = child(node, *keys)
    return list(found.elements()) if found is not None else []


def yaml_command(repo: RepositorySnapshot, path: RepoPath, node: YamlNode | None) -> Words | None:
    """A command given as text, as a list of words or as a list of commands; None when there is none."""
    if node is None:
        return None
    listed = node.elements()
    text = (node.text or "").strip() if node.is_scalar else command([element.text for element in listed])
    line = listed[0].line if listed else content_line(repo, path, node)
    return Words(text=text, evidence=Evidence(path=path, line=line)) if text else None


def content_line(repo: RepositorySnapshot, path: RepoPath, node: YamlNode) -> int:
    """Where the text of a scalar begins: that of a block (`|`, `>`) in the line after its mark."""
    lines = (repo.text(path) or "").split("\n")
    return node.line + (node.line <= len(lines) and _BLOCK.search(lines[node.line - 1]) is not None)


def command(value: Any) -> str:
    """Shell text for a command given as text, as a list of words or as a list of commands; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        return ""
    return " && ".join(value) if all(" " in word for word in value) else shell_words(tuple(value))


def yaml_assignments(node: YamlNode | None, path: RepoPath) -> Iterator[Assigned]:
    """The variables of a mapping, or of a list of `{name | key: …, value: …}`."""
    for name, given, line in items(node):
        yield Assigned(name=name, value=given.text, evidence=Evidence(path=path, line=line))
    for element in elements(node):
        name = scalar(element, "key") or scalar(element, "name")
        value = child(element, "value")
        if name:
            yield Assigned(
                name=name,
                value=value.text if value is not None else None,
                evidence=Evidence(path=path, line=element.line),
            )


def at(data: Any, *keys: str) -> Any:
    """What the keys lead to in tables of TOML or JSON; None where one is missing."""
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def table_command(document: TomlDocument | JsonDocument, *keys: str) -> Words | None:
    """The command that the keys lead to in TOML or JSON; None when there is none."""
    text = command(at(document.data, *keys))
    return Words(text=text, evidence=Evidence(path=document.path, line=document.line_of(*keys))) if text else None


def table_assignments(document: TomlDocument | JsonDocument, *keys: str) -> Iterator[Assigned]:
    """The variables of a table of TOML or JSON; a value may be a table with a `value`."""
    table = at(document.data, *keys)
    for name, given in table.items() if isinstance(table, dict) else ():
        value = given.get("value") if isinstance(given, dict) else given
        evidence = Evidence(path=document.path, line=document.line_of(*keys, name))
        yield Assigned(name=name, value=_variable_text(value), evidence=evidence)


def _variable_text(value: Any) -> str | None:
    """A value as the environment has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else None
