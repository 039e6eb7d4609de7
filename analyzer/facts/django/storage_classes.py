"""Which class of a library a storage class of the repository is made from."""

import ast

from analyzer.facts.django.evaluation import Program
from analyzer.model.evidence import Answer, Fact, RepoPath
from analyzer.snapshot.documents import PythonDocument, read_python

MAX_STEPS = 12
"""Classes on the way to the library's."""


def library_classes(program: Program, *storages: Answer[str | None]) -> dict[str, str]:
    """The library's class behind each of these storage classes that the repository itself defines."""
    found: dict[str, str] = {}
    for storage in storages:
        if isinstance(storage, Fact) and storage.value:
            library = library_class(program, storage.value)
            if library != storage.value:
                found[storage.value] = library
    return found


def library_class(program: Program, dotted: str) -> str:
    """The dotted name of the first ancestor outside the repository; the name itself where nothing is found.

    Of several bases the last counts, which is the one that mixins are put in front of.
    """
    for _ in range(MAX_STEPS):
        module, _, name = dotted.rpartition(".")
        path = program.finds(module) if module else None
        document = read_python(program.repo, path) if path is not None and path.endswith(".py") else None
        if not isinstance(document, PythonDocument) or path is None:
            return dotted
        found = _base(document.tree, module, path, name)
        if found is None:
            return dotted
        dotted = found
    return dotted


def _base(tree: ast.Module, module: str, path: RepoPath, name: str) -> str | None:
    """The dotted name of the last base of a class, or of what the name is imported from."""
    package = module if path.endswith("/__init__.py") else module.rpartition(".")[0]
    names = _imports(tree, package)
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == name and node.bases:
            first, _, rest = ast.unparse(node.bases[-1]).partition(".")
            if first in names:
                return f"{names[first]}.{rest}" if rest else names[first]
            return f"{module}.{first}" if not rest else None
    return names.get(name)


def _imports(tree: ast.Module, package: str) -> dict[str, str]:
    """What the imported names of a module mean."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                names[alias.asname or alias.name] = f"{source}.{alias.name}" if source else alias.name
    return names
