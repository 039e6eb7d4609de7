"""Which modules a module always imports."""

import ast
from collections.abc import Iterable, Iterator

from analyzer.facts.django.evaluation import Program
from analyzer.snapshot.documents import PythonDocument, read_python


def always_imports(program: Program, module: str, other: str) -> bool:
    """Whether a module of the repository imports another one whatever the environment says.

    Statements at its top level count, and those that a `try` tries; what stands under a condition or in an `except`
    does not.
    """
    path = program.finds(module)
    document = read_python(program.repo, path) if path is not None and path.endswith(".py") else None
    if path is None or not isinstance(document, PythonDocument):
        return False
    package = module if path.endswith("/__init__.py") else module.rpartition(".")[0]
    return other in _imported(document.tree.body, package)


def _imported(statements: Iterable[ast.stmt], package: str) -> Iterator[str]:
    for node in statements:
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                base = _absolute(node, package)
                yield base
                yield from (f"{base}.{alias.name}" for alias in node.names)
            case ast.Try():
                yield from _imported(node.body, package)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    parents = parts[: len(parts) - (node.level - 1)]
    return ".".join([*parents, *([node.module] if node.module else [])])
