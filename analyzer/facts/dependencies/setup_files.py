"""Requirements of a project that setuptools (or another build backend) installs: all its files together."""

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared, combine
from analyzer.facts.dependencies.manifests import Manifests
from analyzer.facts.dependencies.pyproject import declares_requirements, read_pyproject
from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from analyzer.facts.dependencies.setup_cfg import read_setup_cfg
from analyzer.facts.dependencies.setup_py import read_setup_py
from analyzer.model.evidence import Evidence
from analyzer.snapshot.documents import ParseFailure, read_toml
from analyzer.snapshot.repository import RepositorySnapshot


def read_setup_files(
    repo: RepositorySnapshot, manifests: Manifests, activation: Activation, reader: RequirementsReader
) -> Declared:
    """What `pip install <folder>` asks for: pyproject.toml, setup.cfg and setup.py together."""
    parts = []
    if manifests.setup_py is not None:
        parts.append(read_setup_py(repo, manifests.setup_py, activation, reader))
    if manifests.setup_cfg is not None:
        parts.append(read_setup_cfg(repo, manifests.setup_cfg, activation, reader))
    if manifests.pyproject is not None:
        parts.append(read_pyproject(repo, manifests.pyproject, activation, reader))
    return combine(parts)


def declares_in_setup_files(repo: RepositorySnapshot, manifests: Manifests) -> Evidence | None:
    """The first line of the files above that asks for a package, None when none does."""
    if manifests.pyproject is not None:
        document = read_toml(repo, manifests.pyproject)
        if document is not None and not isinstance(document, ParseFailure) and declares_requirements(document):
            at = document.line_of("project", "dependencies") if "project" in document.data else 1
            return Evidence(path=manifests.pyproject, line=at, note="dependencies of the project")
    for path in (manifests.setup_cfg, manifests.setup_py):
        for number, line in enumerate((repo.text(path) or "").split("\n") if path else (), 1):
            if "install_requires" in line and not line.lstrip().startswith("#"):
                return Evidence(path=path or ".", line=number, note="install_requires")
    return None
