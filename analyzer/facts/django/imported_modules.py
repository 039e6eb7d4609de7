"""Which modules a module imports, always or under a condition."""

import ast
import re
from collections.abc import Iterable, Iterator

from analyzer.facts.django.evaluation import Program
from analyzer.snapshot.documents import PythonDocument, read_python


def always_imports(program: Program, module: str, other: str) -> bool:
    """Whether a module of the repository imports another one whatever the environment says.

    Statements at its top level count, and those that a `try` tries; what stands under a condition or in an `except`
    does not.
    """
    tree, package = _read(program, module)
    return tree is not None and other in _imported(tree.body, package)


def may_import(program: Program, package: str, other: str) -> bool:
    """Whether the `__init__` of a package loads a module of that package, be it under a condition.

    A text that names it counts, too: `include("production.py")`, `import_module("." + "production")`.
    """
    tree, name = _read(program, package)
    if tree is None or name != package or other.rpartition(".")[0] != package:
        return False
    nodes = list(ast.walk(tree))
    statements = (node for node in nodes if isinstance(node, ast.stmt))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    last = other.rpartition(".")[2]
    return other in _imported(statements, package) or any(last in re.findall(r"\w+", text) for text in texts)


def classes_of(program: Program, module: str) -> tuple[str, ...]:
    """The names at the top level of a module that are a class of its own or are imported by name."""
    tree, _ = _read(program, module)
    found: list[str] = []
    for node in tree.body if tree is not None else ():
        if isinstance(node, ast.ClassDef):
            found.append(node.name)
        elif isinstance(node, ast.ImportFrom):
            found += [alias.asname or alias.name for alias in node.names]
    return tuple(dict.fromkeys(found))


def _read(program: Program, module: str) -> tuple[ast.Module | None, str]:
    """A module's tree, and the package that its relative imports start from."""
    path = program.finds(module)
    document = read_python(program.repo, path) if path is not None and path.endswith(".py") else None
    if path is None or not isinstance(document, PythonDocument):
        return None, ""
    return document.tree, module if path.endswith("/__init__.py") else module.rpartition(".")[0]


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
