"""What an installer of the production requirements reads and is told: its files, groups and local packages."""

import codecs
from collections.abc import Iterable, Iterator

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.conda import conda_packages
from analyzer.facts.dependencies.declared import Declared
from analyzer.facts.dependencies.manifests import LOCKS, Manifests
from analyzer.facts.dependencies.names import DEVELOPMENT_ROLES, canonical, role_of
from analyzer.facts.dependencies.poetry import poetry_table
from analyzer.facts.dependencies.project_package import project_package, project_scripts
from analyzer.facts.dependencies.pyproject import declares_requirements
from analyzer.facts.dependencies.tables import table, text, texts
from analyzer.facts.dependencies.urls import is_vcs
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import InstallFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import ParseFailure, TomlDocument, read_toml
from analyzer.snapshot.paths import basename, join
from analyzer.snapshot.repository import RepositorySnapshot

MAX_MEMBERS = 50
"""Members of a workspace whose manifests are looked for."""

_HASH = lazy_pattern(r"(?m)--hash[= ]sha(?:256|384|512):")
_OWN_FILES = {
    "uv": ("uv.toml",),
    "poetry": ("poetry.toml",),
    "pdm": ("pdm.toml",),
}
"""Configuration files that a manager reads beside pyproject.toml and its lock file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What was found out about the production requirements before."""

    manager: str | None
    home: Manifests
    activation: Activation
    declared: Declared
    """The production requirements with the files that name them."""
    requirements: tuple[RepoPath, ...] = ()
    constraints: tuple[RepoPath, ...] = ()


def install_facts(repo: RepositorySnapshot, found: Installed, django_dir: RepoPath) -> InstallFacts:
    """The files, groups and local packages of an installation of `found`."""
    home = found.home
    document = _document(repo, home.pyproject)
    lock = next((path for path in home.locks if LOCKS[basename(path)] == found.manager), None)
    if found.manager == "pip" and not found.requirements:
        lock = home.pylock
    local = tuple(dict.fromkeys(_local(repo, found)))
    files = [*found.declared.files, *_own_files(repo, found), *_members(repo, home, document)]
    if lock is not None:
        files.append(lock)
    return InstallFacts(
        directory=home.directory,
        manifests=tuple(dict.fromkeys(path for path in files if not _inside_any(path, local))),
        lock=lock,
        requirements=found.requirements,
        constraints=found.constraints,
        hashes=any(_HASH.search(repo.text(path) or "") for path in found.requirements),
        utf_16=tuple(path for path in dict.fromkeys(files) if _is_utf_16(repo.read(path) or b"")),
        extras=_extras(found, document),
        groups=_groups(repo, found, document),
        unwanted_groups=_unwanted_groups(found, document),
        local=local,
        required_version=_required_version(found.manager, document),
        conda=conda_packages(repo, home.conda) if found.manager == "conda" and home.conda else (),
        static_metadata=document is not None
        and declares_requirements(document)
        and "dependencies" not in texts(table(document.data.get("project")).get("dynamic")),
        package=project_package(repo, home, document, found.manager, django_dir, _extras(found, document)),
        scripts=project_scripts(document),
    )


def _is_utf_16(content: bytes) -> bool:
    return content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:4]


def _document(repo: RepositorySnapshot, path: RepoPath | None) -> TomlDocument | None:
    document = read_toml(repo, path) if path is not None else None
    return None if isinstance(document, ParseFailure) else document


def _inside_any(path: RepoPath, folders: Iterable[RepoPath]) -> bool:
    return any(folder != "." and path.startswith(f"{folder}/") for folder in folders)


def _own_files(repo: RepositorySnapshot, found: Installed) -> Iterator[RepoPath]:
    home, manager = found.home, found.manager or ""
    singles = {"pipenv": home.pipfile, "conda": home.conda}
    main = singles.get(manager, home.pyproject if manager in _OWN_FILES else None)
    if main is not None:
        yield main
    for name in _OWN_FILES.get(manager, ()):
        path = join(home.directory, name)
        if path is not None and repo.is_file(path):
            yield path


def _members(repo: RepositorySnapshot, home: Manifests, document: TomlDocument | None) -> Iterator[RepoPath]:
    """The manifests of the members of uv's workspace, without which its lock is refused."""
    tool = table(document.data.get("tool")) if document is not None else {}
    workspace = table(table(tool.get("uv")).get("workspace"))
    patterns = texts(workspace.get("members"))
    prefix = "" if home.directory == "." else f"{home.directory}/"
    found = 0
    for path in repo.named("pyproject.toml") if patterns else ():
        folder = path.removeprefix(prefix).removesuffix("/pyproject.toml")
        if path.startswith(prefix) and found < MAX_MEMBERS and any(_is_member(folder, p) for p in patterns):
            found += 1
            yield path


def _is_member(folder: RepoPath, pattern: str) -> bool:
    """Glob patterns of a workspace: `*` is one folder, `**` any number."""
    wanted, have = pattern.strip("./").split("/"), folder.split("/")
    if wanted[-1:] == ["**"]:
        return have[: len(wanted) - 1] == wanted[:-1]
    return len(wanted) == len(have) and all(w in ("*", h) for w, h in zip(wanted, have, strict=True))


def _local(repo: RepositorySnapshot, found: Installed) -> Iterator[RepoPath]:
    """Folders and archives that production requirements name by their path."""
    yield from (project.directory for project in found.declared.projects if project.group is None)
    for item in found.declared.dependencies:
        if item.group is not None or item.vcs is None or is_vcs(item.vcs):
            continue
        address = item.vcs.removeprefix("file:")
        path = None if "://" in address else join(found.home.directory, address)
        if path is not None and (repo.is_file(path) or repo.is_dir(path)):
            yield path


def _extras(found: Installed, document: TomlDocument | None) -> tuple[str, ...]:
    if document is None or found.manager in ("pip", "pipenv", "conda"):
        return ()
    project = table(document.data.get("project")).get("optional-dependencies")
    names = (*table(project), *table(poetry_table(document).get("extras")))
    return tuple(dict.fromkeys(name for name in names if found.activation.extra(name) is None))


def _groups(repo: RepositorySnapshot, found: Installed, document: TomlDocument | None) -> tuple[str, ...]:
    names: list[str] = []
    if found.manager == "pipenv":
        pipfile = _document(repo, found.home.pipfile)
        known = {"source", "packages", "dev-packages", "requires", "scripts", "pipenv", "pipfile"}
        names += [name for name in (pipfile.data if pipfile is not None else ()) if name not in known]
    elif document is not None and found.manager in ("uv", "pdm", "poetry", "pip"):
        names += table(document.data.get("dependency-groups")) if not found.requirements else ()
        if found.manager == "poetry":
            names += table(poetry_table(document).get("group"))
    return tuple(dict.fromkeys(name for name in names if found.activation.group(name) is None))


def _unwanted_groups(found: Installed, document: TomlDocument | None) -> tuple[str, ...]:
    """Of uv's default groups, those of development; `dev` itself is left out by `--no-dev`."""
    if document is None or found.manager != "uv":
        return ()
    named = table(table(document.data.get("tool")).get("uv")).get("default-groups")
    groups = table(document.data.get("dependency-groups")) if named == "all" else texts(named)
    return tuple(name for name in groups if canonical(name) != "dev" and role_of(name) in DEVELOPMENT_ROLES)


def _required_version(manager: str | None, document: TomlDocument | None) -> str | None:
    """uv's `required-version` and Poetry's `requires-poetry`: another version refuses to work."""
    if document is None:
        return None
    keys = {
        "uv": table(table(document.data.get("tool")).get("uv")).get("required-version"),
        "poetry": poetry_table(document).get("requires-poetry"),
    }
    wanted = text(keys.get(manager or ""))
    try:
        return str(SpecifierSet(wanted if not wanted[0].isdigit() else f"=={wanted}")) if wanted else None
    except InvalidSpecifier:
        return None
