"""Conda's environment files: packages of conda, and the list that pip installs after them.

Source: conda's documentation, "Managing environments" and "Package match specifications".
"""

import re
from collections.abc import Iterator

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from analyzer.facts.dependencies.declared import Declared, combine, declare, problem
from analyzer.facts.dependencies.names import canonical
from analyzer.facts.dependencies.requirement_lines import Wanted
from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import ParseFailure, YamlNode, read_yaml
from analyzer.snapshot.repository import RepositorySnapshot

NAMES = ("environment.yml", "environment.yaml", "conda.yml", "conda.yaml")

_SPEC = lazy_pattern(
    r"(?:[^\s:]+::)?(?P<name>[A-Za-z0-9_][A-Za-z0-9._-]*)\s*(?:\[(?P<brackets>[^\]]*)\])?\s*(?P<rest>.*)$"
)
_NOT_PYTHON = frozenset({"python", "pip"})


def read_environment(repo: RepositorySnapshot, path: RepoPath, reader: RequirementsReader) -> Declared:
    """The requirements of an environment file; conda's own names stand for those of the Python package index."""
    document = read_yaml(repo, path)
    if document is None:
        return Declared()
    if isinstance(document, ParseFailure):
        return Declared(files=(path,), problems=(problem(path, document.line, document.reason),))
    entries = document.root.get("dependencies") if document.root is not None and document.root.is_mapping else None
    if entries is None or not entries.is_sequence:
        return Declared()
    parts = [part for entry in entries.elements() for part in _entry(path, entry, reader)]
    return combine([*parts, Declared(files=(path,))])


def conda_packages(repo: RepositorySnapshot, path: RepoPath) -> tuple[str, ...]:
    """Canonical names of the packages that conda itself installs, pip's list left out, in order."""
    document = read_yaml(repo, path)
    root = document.root if document is not None and not isinstance(document, ParseFailure) else None
    entries = root.get("dependencies") if root is not None and root.is_mapping else None
    names = [
        canonical(found["name"])
        for entry in (entries.elements() if entries is not None and entries.is_sequence else ())
        if entry.is_scalar and entry.text and (found := _SPEC.match(entry.text.strip()))
    ]
    return tuple(dict.fromkeys(name for name in names if name not in _NOT_PYTHON))


def python_spec(repo: RepositorySnapshot, path: RepoPath) -> tuple[str, int] | None:
    """-> (PEP 440 specifier or "" for any, line) of the `python` entry, None without one."""
    document = read_yaml(repo, path)
    root = document.root if document is not None and not isinstance(document, ParseFailure) else None
    entries = root.get("dependencies") if root is not None and root.is_mapping else None
    for entry in entries.elements() if entries is not None and entries.is_sequence else ():
        found = _SPEC.match(entry.text.strip()) if entry.is_scalar and entry.text else None
        if found and found["name"] == "python":
            try:
                return _specifier(found["rest"]), entry.line
            except InvalidSpecifier:
                return None
    return None


def _entry(path: RepoPath, entry: YamlNode, reader: RequirementsReader) -> Iterator[Declared]:
    if entry.is_mapping:
        nested = entry.get("pip")
        for item in nested.elements() if nested is not None and nested.is_sequence else ():
            if item.is_scalar and item.text:
                yield reader.line(path, item.line, item.text.strip(), None)
        return
    text = (entry.text or "").strip()
    found = _SPEC.match(text)
    if not found:
        yield Declared(problems=(problem(path, entry.line, f"`{text}` is no conda package"),))
        return
    if found["name"] in _NOT_PYTHON:
        return
    specifier, doubt = "", None
    try:
        specifier = _specifier(found["rest"])
    except InvalidSpecifier:
        doubt = f"`{text}` has no version that can be read"
    wanted = Wanted(name=canonical(found["name"]), specifier=specifier, doubt=doubt)
    yield declare(wanted, None, Evidence(path=path, line=entry.line, note=text))


def _specifier(rest: str) -> str:
    """`=1.2` (that series), `=1.2.3`, `==1.2`, `>=1,<2`, `1.2.*`, `=1.2=build`, `1.2 build`; `|` has no counterpart."""
    rest = rest.strip()
    if not rest or rest == "*":
        return ""
    if "|" in rest:
        raise InvalidSpecifier(rest)
    parts = []
    for part in rest.split(","):
        found = re.match(r"\s*(?P<op>==|=|>=|<=|!=|~=|<|>|)\s*(?P<version>[^=\s]+)(?P<build>[=\s].*)?$", part)
        if not found:
            raise InvalidSpecifier(part)
        operator, version = found["op"], found["version"]
        if operator in ("", "="):
            # With a build, or down to the last part of a version, it is one release whatever conda could match.
            exact = found["build"] or version.count(".") > 1 or version.endswith("*")
            series = operator == "=" and not exact
            operator, version = "==", f"{version}.*" if series else version
        parts.append(operator + version)
    return str(SpecifierSet(",".join(parts)))
