"""Requirements of pyproject.toml: `[project]`, `[dependency-groups]` and the tables of the tools that extend them.

Sources: the packaging user guide's "pyproject.toml specification" and "Dependency Groups" (PEP 621, PEP 735), the
documentation of setuptools, Poetry, uv, PDM and Hatch.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import OF_EXTRA, Declared, combine, declare, problem
from analyzer.facts.dependencies.names import DEVELOPMENT_ROLES, Role, canonical, role_of
from analyzer.facts.dependencies.poetry import poetry_table, read_poetry
from analyzer.facts.dependencies.requirement_lines import Invalid, Wanted, parse_requirement
from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from analyzer.facts.dependencies.tables import table, tables, text, texts
from analyzer.facts.dependencies.urls import has_login, is_default_index, without_credentials
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Dependency, PackageIndex
from analyzer.snapshot.documents import ParseFailure, TomlDocument, read_toml
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot


def read_pyproject(
    repo: RepositorySnapshot, path: RepoPath, activation: Activation, reader: RequirementsReader
) -> Declared:
    """Every requirement of a pyproject.toml; `reader` reads the files that dynamic metadata names."""
    document = read_toml(repo, path)
    if document is None:
        return Declared()
    if isinstance(document, ParseFailure):
        return Declared(files=(path,), problems=(problem(path, document.line, document.reason),))
    parts = [
        *_dynamic(document, activation, reader),
        *_project(document, activation),
        *_groups(document, activation),
        read_poetry(document, activation),
        *_tool_groups(document, activation),
        Declared(files=(path,), indexes=tuple(_indexes(document)), pins=tuple(_constraints(document))),
    ]
    found = combine(parts)
    own = _own_name(document)  # extras of the project itself, which stand for what they list
    others = tuple(item for item in found.dependencies if item.name != own)
    return replace(found, dependencies=_with_sources(document, others))


def declares_requirements(document: TomlDocument) -> bool:
    """Whether the file asks for packages at all: many hold nothing but settings of tools."""
    project, poetry = table(document.data.get("project")), poetry_table(document)
    dynamic = "dependencies" in texts(project.get("dynamic"))
    return bool(project.get("dependencies")) or dynamic or any(key in poetry for key in ("dependencies", "group"))


def project_name(repo: RepositorySnapshot, directory: RepoPath) -> str | None:
    """The canonical name that the pyproject.toml of a folder gives its project."""
    path = join(directory, "pyproject.toml")
    document = read_toml(repo, path) if path else None
    if document is None or isinstance(document, ParseFailure):
        return None
    return _own_name(document)


def with_configuration(repo: RepositorySnapshot, path: RepoPath | None, activation: Activation) -> Activation:
    """`activation` with what the pyproject.toml at `path` makes of it: the groups that active ones include (PEP 735),
    the extras of the project itself that active extras and groups name, uv's default groups; Poetry's optional groups
    are left out unless asked for."""
    document = read_toml(repo, path) if path is not None else None
    if document is None or isinstance(document, ParseFailure):
        return activation
    optional = {
        canonical(name)
        for name, group in table(poetry_table(document).get("group")).items()
        if table(group).get("optional") is True and role_of(name) is not Role.PRODUCTION
    }
    unasked = _default_groups(document) - activation.without if activation.default_groups else set()
    without = activation.without | (optional - activation.groups)
    return _with_included(document, replace(activation, groups=activation.groups | unasked, without=without))


def _default_groups(document: TomlDocument) -> set[str]:
    """The groups that `uv sync` takes unasked, those of development left out."""
    named = table(table(document.data.get("tool")).get("uv")).get("default-groups")
    groups = table(document.data.get("dependency-groups")) if named == "all" else texts(named)
    return {canonical(name) for name in groups if role_of(name) not in DEVELOPMENT_ROLES}


def _with_included(document: TomlDocument, activation: Activation) -> Activation:
    project = table(document.data.get("project"))
    listed = {
        "groups": _canonical_keys(document.data.get("dependency-groups")),
        "extras": _canonical_keys(project.get("optional-dependencies")),
    }
    pending = [("groups", name) for name in listed["groups"] if activation.group(name) is None]
    pending += [("extras", name) for name in listed["extras"] if activation.extra(name) is None]
    active: dict[str, set[str]] = {"groups": set(), "extras": set()}
    own = _own_name(document)
    while pending:
        kind, name = pending.pop()
        if name in active[kind]:
            continue
        active[kind].add(name)
        entries = listed[kind].get(name)
        pending += [("groups", canonical(g)) for entry in tables(entries) if (g := text(entry.get("include-group")))]
        for wanted in map(parse_requirement, texts(entries)):
            if isinstance(wanted, Wanted) and wanted.name == own:
                pending += [("extras", extra) for extra in wanted.extras]
    return replace(activation, groups=activation.groups | active["groups"], extras=activation.extras | active["extras"])


def _canonical_keys(value: object) -> dict[str, object]:
    return {canonical(name): entries for name, entries in table(value).items()}


def _own_name(document: TomlDocument) -> str | None:
    name = text(table(document.data.get("project")).get("name")) or text(poetry_table(document).get("name"))
    return canonical(name) if name else None


def _project(document: TomlDocument, activation: Activation) -> Iterator[Declared]:
    project = table(document.data.get("project"))
    yield _requirements(document, ("project", "dependencies"), project.get("dependencies"), None)
    for extra, entries in table(project.get("optional-dependencies")).items():
        keys = ("project", "optional-dependencies", extra)
        yield _requirements(document, keys, entries, activation.extra(extra), OF_EXTRA)


def _groups(document: TomlDocument, activation: Activation) -> Iterator[Declared]:
    for group, entries in table(document.data.get("dependency-groups")).items():
        yield _requirements(document, ("dependency-groups", group), entries, activation.group(group))


def _tool_groups(document: TomlDocument, activation: Activation) -> Iterator[Declared]:
    """uv's and PDM's development tables, and the environments of Hatch."""
    tool = table(document.data.get("tool"))
    keys: tuple[str, ...] = ("tool", "uv", "dev-dependencies")
    yield _requirements(document, keys, table(tool.get("uv")).get("dev-dependencies"), "dev")
    for group, entries in table(table(tool.get("pdm")).get("dev-dependencies")).items():
        yield _requirements(document, ("tool", "pdm", "dev-dependencies", group), entries, activation.group(group))
    for name, environment in table(table(tool.get("hatch")).get("envs")).items():
        for key in ("dependencies", "extra-dependencies"):
            keys = ("tool", "hatch", "envs", name, key)
            taken_as = activation.group("dev" if name == "default" else name)
            yield _requirements(document, keys, table(environment).get(key), taken_as)


def _requirements(
    document: TomlDocument, keys: tuple[str, ...], entries: object, group: str | None, note: str = ""
) -> Declared:
    """What a list asks for; `note` begins the note of each."""
    return combine(
        declare(
            parse_requirement(entry),
            group,
            Evidence(
                path=document.path, line=document.line_of(*keys, position), note=note + without_credentials(entry)
            ),
        )
        for position, entry in enumerate(entries if isinstance(entries, list) else [])
        if isinstance(entry, str)
    )


def _dynamic(document: TomlDocument, activation: Activation, reader: RequirementsReader) -> Iterator[Declared]:
    """Dependencies that setuptools or hatch-requirements-txt takes from requirements files."""
    tool = table(document.data.get("tool"))
    setuptools = table(table(tool.get("setuptools")).get("dynamic"))
    hook = table(table(table(table(tool.get("hatch")).get("metadata")).get("hooks")).get("requirements_txt"))
    dynamic = texts(table(document.data.get("project")).get("dynamic"))
    if "dependencies" in dynamic:
        names = texts(table(setuptools.get("dependencies")).get("file")) + texts(hook.get("files"))
        yield from _files(document.path, names, None, reader)
    if "optional-dependencies" in dynamic:
        for extra, value in table(setuptools.get("optional-dependencies")).items():
            yield from _files(document.path, texts(table(value).get("file")), activation.extra(extra), reader)
        for extra, value in table(hook.get("optional-dependencies")).items():
            yield from _files(document.path, texts(value), activation.extra(extra), reader)


def _files(path: RepoPath, names: Iterable[str], group: str | None, reader: RequirementsReader) -> Iterator[Declared]:
    for name in names:
        target = join(parent(path), name)
        if target is not None and reader.repo.is_file(target):
            yield reader.read(target, group)
        else:
            yield Declared(problems=(problem(path, 1, f"takes its dependencies from {name}, which does not exist"),))


def _with_sources(document: TomlDocument, dependencies: tuple[Dependency, ...]) -> tuple[Dependency, ...]:
    """`dependencies` with the addresses that `[tool.uv.sources]` (or Poetry beside `[project]`) gives for them."""
    sources = table(table(table(document.data.get("tool")).get("uv")).get("sources"))
    if "dependencies" in table(document.data.get("project")):
        sources = {**table(poetry_table(document).get("dependencies")), **sources}
    found = {canonical(name): source for name, value in sources.items() for source in _source(value)}
    return tuple(
        replace(item, vcs=found[item.name][0], editable=found[item.name][1])
        if item.name in found and item.vcs is None
        else item
        for item in dependencies
    )


def _source(value: object) -> Iterator[tuple[str, bool]]:
    for source in reversed(tables(value)) if isinstance(value, list) else (table(value),):
        address = text(source.get("git")) or text(source.get("url")) or text(source.get("path"))
        if address:
            editable = source.get("editable") is True or source.get("develop") is True
            yield without_credentials(address), editable


def _constraints(document: TomlDocument) -> Iterator[tuple[str, str]]:
    for entry in texts(table(table(document.data.get("tool")).get("uv")).get("constraint-dependencies")):
        wanted = parse_requirement(entry)
        if not isinstance(wanted, Invalid) and wanted.name and wanted.pinned:
            yield wanted.name, wanted.pinned


def _indexes(document: TomlDocument) -> Iterator[PackageIndex]:
    tool = table(document.data.get("tool"))
    uv, pdm = table(tool.get("uv")), table(tool.get("pdm"))
    for keys, entries in ((("tool", "uv", "index"), uv.get("index")), (("tool", "pdm", "source"), pdm.get("source"))):
        for position, entry in enumerate(tables(entries)):
            extra = not (entry.get("default") is True or (keys[1] == "pdm" and entry.get("name") == "pypi"))
            yield from _index(document, (*keys, position, "url"), entry.get("url"), extra)
    yield from _index(document, ("tool", "uv", "index-url"), uv.get("index-url"), False)
    for key in ("extra-index-url", "find-links"):
        for url in texts(uv.get(key)):
            yield from _index(document, ("tool", "uv", key), url, True)


def _index(document: TomlDocument, keys: tuple[str | int, ...], url: object, extra: bool) -> Iterator[PackageIndex]:
    address: Any = text(url)
    if address and not is_default_index(address):
        evidence = Evidence(path=document.path, line=document.line_of(*keys), note=".".join(map(str, keys)))
        yield PackageIndex(url=without_credentials(address), extra=extra, login=has_login(address), evidence=evidence)


def requires_python(document: TomlDocument) -> Mapping[str, tuple[str, int]]:
    """What the file says about Python: `project` (PEP 440) and `poetry` (Poetry's form) -> (text, line)."""
    found = {}
    if wanted := text(table(document.data.get("project")).get("requires-python")):
        found["project"] = (wanted, document.line_of("project", "requires-python"))
    if wanted := text(table(poetry_table(document).get("dependencies")).get("python")):
        found["poetry"] = (wanted, document.line_of("tool", "poetry", "dependencies", "python"))
    return found
