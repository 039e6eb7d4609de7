"""Environment variables that Python files read by a literal name, found without evaluating anything."""

import ast
import re
from collections import deque
from collections.abc import Iterator
from functools import cache

from analyzer.facts.environment_names import can_be_set
from analyzer.facts.evaluator.library.environment_readers import libraries
from analyzer.facts.word_lines import WordLines
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.needles import needles
from analyzer.snapshot.repository import RepositorySnapshot

MAX_EVIDENCE = 5
"""Places of one variable."""
_MENTIONS = lazy_pattern(rb"environ|getenv|decouple|\benv\b|dj_database_url")
_OF_MENTIONS = needles(["env", "decouple", "dj_database_url"])
"""One of these is in whatever the pattern finds; looking for them takes a tenth of its time."""
_READS = lazy_pattern("env")
"""In `environ`, `getenv` and `env`."""
_OTHER_READS = lazy_pattern("env|config|dj_database_url")
_SKIPPED = lazy_pattern(
    r"/(?:tests?|testing|migrations|docs?|examples?|node_modules|static)(?:/|$)"
    r"|/(?:test_\w+|conftest|setup|noxfile|fabfile|tasks_dev)\.py$"
)
"""In a path that begins with a slash; so does the pattern, which is found ten times as fast as with `(^|/)`."""
_NAME = lazy_pattern(r"[A-Z][A-Z0-9_]+\Z")


@cache
def _readers() -> frozenset[str]:
    """Methods of the libraries' objects that read a variable (data/environment_readers.toml)."""
    return frozenset(method for library in libraries() for method in library.readers if method)


def environment_mentions(repo: RepositorySnapshot, django_dir: RepoPath) -> dict[str, list[Evidence]]:
    """Names read with a literal name in any Python file of the project, whether evaluation reaches it or not.

    Inside `with env.prefixed("X_"):` the names are those with the prefix, since no other variable is read there.
    """
    found: dict[str, list[Evidence]] = {}
    files = [p for p in repo.under(django_dir) if p.endswith(".py") and not _SKIPPED.search(f"/{p}")]
    trees: dict[RepoPath, ast.Module] = {}
    for path in files:
        if repo.holds(path, _OF_MENTIONS) and _MENTIONS.search(repo.read(path) or b""):
            document = read_python(repo, path)
            if isinstance(document, PythonDocument):
                trees[path] = document.tree
    helpers = frozenset(
        name for path, tree in trees.items() for name in _helpers(tree, WordLines(repo.text(path) or "", _READS))
    )
    for path in _callers(repo, helpers, [path for path in files if path not in trees]):
        document = read_python(repo, path)
        if isinstance(document, PythonDocument):
            trees[path] = document.tree
    readers = [_OTHER_READS, *([re.compile("|".join(sorted(helpers)))] if helpers else [])]
    for path, tree in trees.items():
        lines = WordLines(repo.text(path) or "", *readers)
        for name, line in _mentions(tree, lines, b"decouple" in (repo.read(path) or b""), helpers):
            if not can_be_set(name):
                continue
            places = found.setdefault(name, [])
            if len(places) < MAX_EVIDENCE:
                places.append(Evidence(path=path, line=line))
    return found


def _callers(repo: RepositorySnapshot, helpers: frozenset[str], files: list[RepoPath]) -> list[RepoPath]:
    """Settings files that call a helper which reads the environment."""
    if not helpers:
        return []
    called = re.compile(rb"\b(" + b"|".join(re.escape(h.encode()) for h in sorted(helpers)) + rb")\(")
    return [path for path in files if "settings" in path and called.search(repo.read(path) or b"")]


def _helpers(tree: ast.Module, lines: WordLines) -> list[str]:
    """Functions whose first parameter is the name of the variable that they read."""
    names: list[str] = []
    for function in lines.walk(tree):
        if not isinstance(function, ast.FunctionDef) or not function.args.args or function.name.startswith("__"):
            continue
        parameter = function.args.args[0].arg
        for node in lines.walk(function):
            name: ast.expr | None = None
            if isinstance(node, ast.Subscript) and _is_environ(node.value):
                name = node.slice
            elif isinstance(node, ast.Call) and node.args and _reads_environment(node.func, False):
                name = node.args[0]
            if isinstance(name, ast.Name) and name.id == parameter:
                names.append(function.name)
                break
    return names


def _mentions(
    tree: ast.Module, lines: WordLines, uses_decouple: bool, helpers: frozenset[str]
) -> Iterator[tuple[str, int]]:
    """Names with the lines where they stand."""
    for node, prefix in _with_prefixes(tree, lines):
        name: ast.expr | None = None
        start: str | None = ""
        if isinstance(node, ast.Subscript) and _is_environ(node.value):
            name = node.slice
        elif isinstance(node, ast.Compare) and len(node.ops) == 1 and _is_environ(node.comparators[0]):
            name = node.left
        elif isinstance(node, ast.Call) and node.args and _reads_by_name(node.func, uses_decouple, helpers):
            name = node.args[0]
            start = prefix if _is_env(node.func) or _is_env(getattr(node.func, "value", None)) else ""
        elif isinstance(node, ast.Call) and _is_database_url(node.func):
            name = _database_variable(node)
        if start is not None and isinstance(name, ast.Constant) and isinstance(name.value, str):
            full = start + name.value
            if _NAME.match(full):
                yield full, name.lineno


def _with_prefixes(tree: ast.Module, lines: WordLines) -> Iterator[tuple[ast.AST, str | None]]:
    """The nodes of a module, outer ones first, with the prefix that `env` has there; None where it is not known."""
    todo: deque[tuple[ast.AST, str | None]] = deque([(tree, "")])
    while todo:
        node, prefix = todo.popleft()
        yield node, prefix
        if not isinstance(node, ast.With):
            todo.extend((child, prefix) for child in lines.children(node))
            continue
        for item in node.items:
            todo.append((item, prefix))
            prefix = _prefixed(item.context_expr, prefix)
        todo.extend((statement, prefix) for statement in node.body)


def _prefixed(manager: ast.expr, prefix: str | None) -> str | None:
    """The prefix inside `with manager:`, which is longer where that is `env.prefixed("X_")` (environs)."""
    match manager:
        case ast.Call(func=ast.Attribute(value=owner, attr="prefixed"), args=[ast.Constant(value=str() as more)]):
            return prefix + more if prefix is not None and _is_env(owner) else prefix
        case ast.Call(func=ast.Attribute(value=owner, attr="prefixed")) if _is_env(owner):
            return None
        case _:
            return prefix


def _reads_by_name(function: ast.expr, uses_decouple: bool, helpers: frozenset[str]) -> bool:
    """Whether a call with this function reads the variable that its first argument names."""
    is_helper = isinstance(function, ast.Name) and function.id in helpers
    return is_helper or _reads_environment(function, uses_decouple)


def _is_database_url(function: ast.expr) -> bool:
    match function:
        case ast.Attribute(value=ast.Name(id="dj_database_url"), attr="config"):
            return True
        case _:
            return False


def _database_variable(node: ast.Call) -> ast.expr:
    """The variable that `dj_database_url.config()` reads: DATABASE_URL unless `env` says otherwise."""
    given = next((k.value for k in node.keywords if k.arg == "env"), None)
    return given or (node.args[0] if node.args else ast.copy_location(ast.Constant("DATABASE_URL"), node))


def _is_environ(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "environ"
    return isinstance(node, ast.Name) and node.id == "environ"


def _is_env(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Name) and node.id == "env"


def _reads_environment(function: ast.expr, uses_decouple: bool) -> bool:
    """`os.environ.get`, `os.getenv`, `getenv`, `env(…)`, `env.bool(…)`, and decouple's `config(…)`."""
    if isinstance(function, ast.Name):
        return function.id in ("getenv", "env") or (uses_decouple and function.id in ("config", "decouple_config"))
    if not isinstance(function, ast.Attribute):
        return False
    if function.attr == "getenv":
        return True
    if function.attr in ("get", "pop", "setdefault") and _is_environ(function.value):
        return function.attr != "setdefault"
    return _is_env(function.value) and function.attr in _readers()
