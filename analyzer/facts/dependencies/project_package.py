"""The project as a package: whether a build backend makes one of it, and whether Django needs it installed.

Sources: the packaging user guide's "pyproject.toml specification", and the documentation of setuptools (package
discovery), Poetry (package mode, packages), uv (`tool.uv.package`), PDM (`distribution`) and Hatch.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from analyzer.facts.dependencies.build_programs import build_programs
from analyzer.facts.dependencies.manifests import Manifests
from analyzer.facts.dependencies.poetry import poetry_table
from analyzer.facts.dependencies.pyproject import project_name
from analyzer.facts.dependencies.tables import table, tables, text, texts
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import ProjectPackage
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import TomlDocument
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

_SCRIPT = lazy_pattern(r"\w+(?:\.\w+)*:\w+(?:\.\w+)*")


def project_package(
    repo: RepositorySnapshot,
    home: Manifests,
    document: TomlDocument | None,
    manager: str | None,
    django_dir: RepoPath,
    extras: tuple[str, ...],
) -> ProjectPackage | None:
    """The package of the folder of the manifests; None when nothing makes one of it.

    Args:
        extras: those that production installs.
    """
    evidence = _backend(home, document, manager)
    if evidence is None:
        return None
    return ProjectPackage(
        directory=home.directory,
        extras=extras,
        reads=tuple(dict.fromkeys(_reads(repo, home, document))),
        apart=_apart(repo, home, document, django_dir),
        version_variable=_version_variable(document),
        evidence=evidence,
        starts=build_programs(repo, home.setup_py) if home.setup_py is not None and _is_setuptools(document) else (),
    )


def _is_setuptools(document: TomlDocument | None) -> bool:
    """Whether the build runs setup.py: setuptools is the backend, or what is taken where none is named."""
    system = table(document.data.get("build-system")) if document is not None else {}
    return (text(system.get("build-backend")) or "setuptools").startswith("setuptools")


def project_scripts(document: TomlDocument | None) -> Mapping[str, str]:
    """The programs that an installation of the project would bring: name -> "module:function"."""
    if document is None:
        return {}
    found = {
        **table(poetry_table(document).get("scripts")),
        **table(table(document.data.get("project")).get("scripts")),
    }
    return {name: target for name, target in found.items() if isinstance(target, str) and _SCRIPT.fullmatch(target)}


@cache
def _version_backends() -> dict[str, str]:
    return dict(load_table("analyzer.facts.dependencies", "version_backends")["variables"])


def _backend(home: Manifests, document: TomlDocument | None, manager: str | None) -> Evidence | None:
    """The line that says that the project is a package; None where it is said that it is none, or nothing is said."""
    if document is not None:
        tool = table(document.data.get("tool"))
        poetry, uv, pdm = poetry_table(document), table(tool.get("uv")), table(tool.get("pdm"))
        if poetry.get("package-mode") is False or uv.get("package") is False:
            return None
        if manager == "pdm" and (pdm.get("distribution") is False or text(pdm.get("package-type")) == "application"):
            return None
        if "build-system" in document.data:
            line = document.line_of("build-system")
            return Evidence(path=document.path, line=line, note="the project is built as a package")
        if uv.get("package") is True:
            return Evidence(path=document.path, line=document.line_of("tool", "uv", "package"), note="package = true")
    if home.setup_py is not None and manager == "setuptools":
        return Evidence(path=home.setup_py, note="the project is built as a package")
    if document is not None and manager == "setuptools" and "project" in document.data:
        return Evidence(path=document.path, line=document.line_of("project"), note="the project is built as a package")
    return None


def _reads(repo: RepositorySnapshot, home: Manifests, document: TomlDocument | None) -> Iterator[RepoPath]:
    """Files that the metadata of pyproject.toml names."""
    if document is None:
        return
    project, poetry = table(document.data.get("project")), poetry_table(document)
    names: list[Any] = [project.get("readme"), table(project.get("readme")).get("file")]
    names += [*texts(poetry.get("readme")), poetry.get("readme")]
    names += [table(project.get("license")).get("file"), *texts(project.get("license-files"))]
    dynamic = table(table(table(document.data.get("tool")).get("setuptools")).get("dynamic"))
    for value in dynamic.values():
        names += [*texts(table(value).get("file")), table(value).get("file")]
    for name in names:
        written = text(name)
        path = join(home.directory, written) if written else None
        if path is not None and repo.is_file(path):
            yield path


def _apart(
    repo: RepositorySnapshot, home: Manifests, document: TomlDocument | None, django_dir: RepoPath
) -> Evidence | None:
    """Where modules of the package are that Python does not find from the folder of manage.py."""
    for folder, evidence in _module_folders(repo, home, document):
        if folder != django_dir and _has_modules(repo, folder):
            return evidence
    return None


def _module_folders(
    repo: RepositorySnapshot, home: Manifests, document: TomlDocument | None
) -> Iterator[tuple[RepoPath, Evidence]]:
    """-> (a folder that modules of the package are imported from, the line that says so)."""
    if document is not None:
        tool = table(document.data.get("tool"))
        setuptools = table(tool.get("setuptools"))
        for name in table(setuptools.get("package-dir")).values():
            folder = join(home.directory, str(name) or ".")
            if folder is not None:
                yield folder, Evidence(path=document.path, line=document.line_of("tool", "setuptools", "package-dir"))
        where = texts(table(table(setuptools.get("packages")).get("find")).get("where"))
        for name in where:
            folder = join(home.directory, name)
            if folder is not None:
                keys = ("tool", "setuptools", "packages", "find", "where")
                yield folder, Evidence(path=document.path, line=document.line_of(*keys))
        for position, package in enumerate(tables(poetry_table(document).get("packages"))):
            folder = join(home.directory, text(package.get("from")) or ".")
            if folder is not None:
                yield (
                    folder,
                    Evidence(path=document.path, line=document.line_of("tool", "poetry", "packages", position)),
                )
    source = join(home.directory, "src") or "src"
    origin = document.path if document is not None else home.setup_py or home.setup_cfg or home.directory
    if repo.is_dir(source):
        yield source, Evidence(path=origin, note=f"modules in {source}")
    name = project_name(repo, home.directory)
    own = join(home.directory, name.replace("-", "_")) if name is not None else None
    if own is not None and repo.is_file(f"{own}/__init__.py"):
        yield home.directory, Evidence(path=origin, note=f"its modules are in {own}")


def _has_modules(repo: RepositorySnapshot, folder: RepoPath) -> bool:
    """Whether a package of Python stands right in the folder."""
    return any(repo.is_file(join(folder, f"{name}/__init__.py") or "") for name in repo.children(folder))


def _version_variable(document: TomlDocument | None) -> str | None:
    requires = texts(table(document.data.get("build-system")).get("requires")) if document is not None else ()
    for wanted in requires:
        for package, variable in _version_backends().items():
            if wanted.lower().replace("_", "-").startswith(package):
                return variable
    return None
