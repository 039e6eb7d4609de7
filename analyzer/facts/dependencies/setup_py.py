"""Requirements of a setup.py, read from its syntax tree: nothing is run.

`install_requires` and `extras_require` are read when they are literals, names of module-level literals, sums of such
lists, or taken from a requirements file whose name stands in the expression or in the function that it calls.
"""

import ast
from collections.abc import Iterator

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared, combine, declare, problem
from analyzer.facts.dependencies.requirement_lines import parse_requirement
from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from analyzer.facts.dependencies.urls import without_credentials
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.snapshot.documents import ParseFailure, read_python
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot

MAX_STEPS = 50
"""Names followed while resolving one value: real files need two or three."""

_REQUIREMENT_FILES = (".txt", ".in", ".pip")


def read_setup_py(
    repo: RepositorySnapshot, path: RepoPath, activation: Activation, reader: RequirementsReader
) -> Declared:
    """What the `setup()` call of a setup.py asks for; empty when it has none or leaves that to other files."""
    document = read_python(repo, path)
    if document is None:
        return Declared()
    if isinstance(document, ParseFailure):
        return Declared(problems=(problem(path, document.line, document.reason),))
    scope = _Scope(document.tree)
    parts = list(_requirements(repo, path, scope, scope.keyword("install_requires"), None, reader))
    extras = scope.resolve(scope.keyword("extras_require"))
    if isinstance(extras, ast.Dict):
        for key, value in zip(extras.keys, extras.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                parts += _requirements(repo, path, scope, value, activation.extra(key.value.split(":")[0]), reader)
    return combine([*parts, Declared(files=(path,))]) if parts else Declared()


def python_requires(repo: RepositorySnapshot, path: RepoPath) -> tuple[str, int] | None:
    """-> (specifier as written, line) of `python_requires`, None without one that can be read."""
    document = read_python(repo, path)
    if document is None or isinstance(document, ParseFailure):
        return None
    scope = _Scope(document.tree)
    value = scope.resolve(scope.keyword("python_requires"))
    return (value.value, value.lineno) if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


class _Scope:
    """The module's own names, and the keywords of its `setup()` call."""

    def __init__(self, tree: ast.Module) -> None:
        self._values: dict[str, ast.expr] = {}
        self._functions: dict[str, ast.FunctionDef] = {}
        self._with: dict[str, ast.With] = {}
        self._keywords: dict[str, ast.expr] = {}
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self._values[name] = value
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    self._values[name] = value
                case ast.FunctionDef(name=name):
                    self._functions[name] = node
                case ast.With():
                    self._with.update(_assigned_in(node))
                case ast.Call(func=ast.Name(id="setup") | ast.Attribute(attr="setup")):
                    self._keywords |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}

    def keyword(self, name: str) -> ast.expr | None:
        """The value of an argument of `setup()`."""
        return self._keywords.get(name)

    def resolve(self, node: ast.expr | None) -> ast.expr | None:
        """`node` with module-level names followed."""
        for _ in range(MAX_STEPS):
            if not isinstance(node, ast.Name):
                return node
            node = self._values.get(node.id)
        return None

    def items(self, node: ast.expr | None) -> Iterator[ast.Constant]:
        """The strings of a list that can be read without running anything."""
        pending, steps = [self.resolve(node)], 0
        while pending and steps < MAX_STEPS:
            steps += 1
            match pending.pop(0):
                case ast.List(elts=elements) | ast.Tuple(elts=elements):
                    yield from (e for e in elements if isinstance(e, ast.Constant) and isinstance(e.value, str))
                    pending += [self.resolve(e.value) for e in elements if isinstance(e, ast.Starred)]
                case ast.BinOp(op=ast.Add(), left=left, right=right):
                    pending = [self.resolve(left), self.resolve(right), *pending]

    def file_names(self, node: ast.expr | None) -> list[str]:
        """Names of requirements files in an expression, in the functions and `with` blocks that make its value."""
        pending: list[ast.AST] = [node] if node is not None else []
        found: dict[str, None] = {}
        seen: set[int] = set()
        while pending and len(seen) < MAX_STEPS:
            current = pending.pop(0)
            if id(current) in seen:
                continue
            seen.add(id(current))
            for part in ast.walk(current):
                if (
                    isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and part.value.endswith(_REQUIREMENT_FILES)
                ):
                    found[part.value] = None
                if isinstance(part, ast.Name):
                    pending += [
                        table[part.id] for table in (self._values, self._functions, self._with) if part.id in table
                    ]
        return list(found)


def _assigned_in(block: ast.With) -> Iterator[tuple[str, ast.With]]:
    for node in ast.walk(block):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, block


def _requirements(
    repo: RepositorySnapshot,
    path: RepoPath,
    scope: _Scope,
    node: ast.expr | None,
    group: str | None,
    reader: RequirementsReader,
) -> Iterator[Declared]:
    listed = False
    for item in scope.items(node):
        listed = True
        text = str(item.value)
        evidence = Evidence(path=path, line=item.lineno, note=without_credentials(text))
        yield declare(parse_requirement(text), group, evidence)
    if listed:
        return
    for name in scope.file_names(node):
        target = join(parent(path), name)
        if target is not None and repo.is_file(target):
            yield reader.read(target, group)
