"""Places of the project's code where something is done that is told by its name (data/code_traces.toml)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.project_code import CodeTrace
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

MAX_TRACES = 20
"""Of one kind."""
_SKIPPED = lazy_pattern(
    r"(^|/)(tests?|testing|migrations|docs?|examples?|node_modules|static|settings)(/|$)"
    r"|(^|/)(test_\w+|\w+_tests?|tests|conftest|setup|fabfile|noxfile|settings\w*)\.py$"
)


def code_traces(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[CodeTrace, ...]:
    """The traces by file; what an `if settings.DEBUG` guards is left out, and so are tests, settings and migrations."""
    found: list[CodeTrace] = []
    counts: dict[str, int] = {}
    for path in sorted(repo.under(django_dir)):
        if not path.endswith(".py") or _SKIPPED.search(path):
            continue
        if not _words().search(repo.read(path) or b""):
            continue
        document = read_python(repo, path)
        for trace in _in_file(document) if isinstance(document, PythonDocument) else ():
            counts[trace.kind] = counts.get(trace.kind, 0) + 1
            if counts[trace.kind] <= MAX_TRACES:
                found.append(trace)
    return tuple(found)


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(load_table("analyzer.facts", "code_traces")["trace"])


@cache
def _words() -> re.Pattern[bytes]:
    """What a file has to hold to be parsed: cheap, and true of few files."""
    words = {row["imported"] for row in _rows() if "imported" in row}
    words |= {
        word
        for row in _rows()
        if "imported" not in row
        for key in ("calls", "texts", "names")
        for word in row.get(key, ())
    }
    return re.compile("|".join(re.escape(word) for word in sorted(words)).encode())


def _in_file(document: PythonDocument) -> Iterator[CodeTrace]:
    imports = {node.module for node in ast.walk(document.tree) if isinstance(node, ast.ImportFrom)}
    rows = [row for row in _rows() if _is_about(row, document.path, imports)]
    for node in _running(document.tree):
        for row in rows:
            text = _matched(node, row)
            if text is not None and isinstance(node, ast.expr):
                yield CodeTrace(kind=row["kind"], text=text, evidence=Evidence(path=document.path, line=node.lineno))


def _is_about(row: dict[str, Any], path: RepoPath, imports: set[str | None]) -> bool:
    if row.get("files", "") not in path or ("skip" in row and row["skip"] in path.rpartition("/")[2]):
        return False
    module = row.get("imported")
    return module is None or module in imports or module.rpartition(".")[0] in imports


def _matched(node: ast.AST, row: dict[str, Any]) -> str | None:
    """The word of the table that a node is."""
    match node:
        case ast.Call(func=ast.Name() | ast.Attribute() as function) if "calls" in row:
            text = ast.unparse(function)
            last = text.rpartition(".")[2]
            return next((word for word in row["calls"] if word == (text if "." in word else last)), None)
        case ast.Constant(value=str() as value) if value in row.get("texts", ()):
            return value
        case ast.Name() | ast.Attribute() if "names" in row:
            text = ast.unparse(node)
            return text if text in row["names"] else None
    return None


def _running(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes of a module, without what runs only while DEBUG is on; of each node the outermost first."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If | ast.IfExp) and "DEBUG" in ast.unparse(node.test):
            negated = isinstance(node.test, ast.UnaryOp)
            kept = node.body if negated else node.orelse
            waiting.extend(kept if isinstance(kept, list) else [kept])
            continue
        waiting.extend(reversed(list(ast.iter_child_nodes(node))))
