"""Places of the project's code where something is done that is told by its name (data/code_traces.toml)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from textwrap import shorten
from typing import Any

from analyzer.facts.last_name import last_name
from analyzer.facts.word_lines import WordLines
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.project_code import CodeTrace
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.needles import Needles, needles
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

MAX_TRACES = 20
"""Of one kind."""
MAX_CALL = 160
"""Characters of a call that a trace shows."""
_ASKS = lazy_pattern(r"(?!.*DEBUG).*(settings|META|environ|getenv|config)")
"""A condition; what hangs on DEBUG is dealt with."""
_IMPORTS = lazy_pattern("import")
_SKIPPED = lazy_pattern(
    r"/(?:tests?|testing|migrations|docs?|examples?|node_modules|static|settings)(?:/|$)"
    r"|/(?:test_\w+|\w+_tests?|tests|conftest|setup|fabfile|noxfile|settings\w*)\.py$"
)
"""In a path that begins with a slash; so does the pattern, which is found ten times as fast as with `(^|/)`."""
_MAKES = frozenset({"mkdtemp", "mkstemp", "NamedTemporaryFile", "temporary_file_path"})
"""Functions that make a file of the container's disk, or name it."""
_SENDS = frozenset({"delay", "apply_async", "enqueue", "send_task"})
"""Methods that send a task to a queue."""
_MAKING, _SENDING = needles(_MAKES), needles(_SENDS)


def code_traces(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[CodeTrace, ...]:
    """The traces by file; what an `if settings.DEBUG` guards is left out, and so are tests, settings and migrations."""
    found: list[CodeTrace] = []
    counts: dict[str, int] = {}
    for path in sorted(repo.under(django_dir)):
        if not path.endswith(".py") or _SKIPPED.search(f"/{path}"):
            continue
        rows = [row for row in _rows() if row.is_about(path) and repo.holds(path, row.words)]
        sends = repo.holds(path, _MAKING) and repo.holds(path, _SENDING)
        document = read_python(repo, path) if rows or sends else None
        if not isinstance(document, PythonDocument):
            continue
        text = repo.text(path) or ""
        for trace in (*_in_file(document, text, rows), *(_files_sent(document) if sends else ())):
            counts[trace.kind] = counts.get(trace.kind, 0) + 1
            if counts[trace.kind] <= MAX_TRACES:
                found.append(trace)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the table."""

    kind: str
    calls: tuple[str, ...]
    texts: tuple[str, ...]
    names: tuple[str, ...]
    files: re.Pattern[str] | None
    skip: re.Pattern[str] | None
    imported: str | None
    undecided: bool
    """Whether what the settings or the request choose, with something else instead, does not count."""
    whole: bool
    """Whether the trace has the call around it as its note."""
    argument: str | None
    """The keyword argument of the call that the trace has as its note."""
    words: Needles
    """One of these is in a file that is parsed."""
    found: re.Pattern[str]
    """One of these is on the lines of what the row is about: the last parts of its words."""

    def is_about(self, path: RepoPath) -> bool:
        """Whether it is about a file of this path."""
        return (self.files is None or self.files.search(path) is not None) and (
            self.skip is None or self.skip.search(path) is None
        )

    def is_imported_by(self, modules: set[str | None]) -> bool:
        """Whether what has to be imported is, or the module that it is in."""
        return self.imported is not None and bool({self.imported, self.imported.rpartition(".")[0]} & modules)

    def word(self, node: ast.AST) -> str | None:
        """The word of the table that a node is."""
        match node:
            case ast.Call(func=ast.Name() | ast.Attribute() as function) if self.calls:
                text = _dotted(function)
                last = text.rpartition(".")[2]
                return next((word for word in self.calls if word == (text if "." in word else last)), None)
            case ast.Constant(value=str() as value) if value in self.texts:
                return value
            case ast.Name() | ast.Attribute() if self.names:
                text = _dotted(node)
                return text if text in self.names else None
        return None


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(_row(row) for row in load_table("analyzer.facts", "code_traces")["trace"])


def _row(row: dict[str, Any]) -> _Row:
    calls, texts, names = (tuple(row.get(key, ())) for key in ("calls", "texts", "names"))
    imported = row.get("imported")
    words = [imported.rpartition(".")[2]] if imported is not None else [*calls, *texts, *names]
    return _Row(
        kind=row["kind"],
        calls=calls,
        texts=texts,
        names=names,
        files=lazy_pattern(row["files"]) if "files" in row else None,
        skip=lazy_pattern(row["skip"]) if "skip" in row else None,
        imported=imported,
        undecided=row.get("undecided", False),
        whole=row.get("whole", False),
        argument=row.get("argument"),
        words=needles(words),
        found=lazy_pattern("|".join(re.escape(word.rpartition(".")[2]) for word in (*calls, *texts, *names))),
    )


def _in_file(document: PythonDocument, text: str, rows: list[_Row]) -> Iterator[CodeTrace]:
    tree = document.tree
    if any(row.imported is not None for row in rows):
        nodes = WordLines(text, _IMPORTS).walk(tree)
        imports = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        rows = [row for row in rows if row.imported is None or row.is_imported_by(imports)]
    lines = WordLines(text, *(row.found for row in rows))
    chosen = _chosen(tree, lines) if any(row.undecided for row in rows) else set()
    calls: dict[int, ast.Call] = {}
    for node in _running(tree, lines) if rows else ():
        if isinstance(node, ast.Call):
            calls.update((id(part), node) for part in (node.func, *node.args, *_named(node)))
        for row in rows:
            word = row.word(node)
            if word is not None and isinstance(node, ast.expr) and not (row.undecided and id(node) in chosen):
                note = _note(row, node, calls.get(id(node)))
                place = Evidence(path=document.path, line=node.lineno, note=note)
                yield CodeTrace(kind=row.kind, text=word, evidence=place)


def _note(row: _Row, node: ast.expr, around: ast.Call | None) -> str:
    """What a rule is told of the place beside its word."""
    if row.argument is not None and isinstance(node, ast.Call):
        found = next((one.value for one in node.keywords if one.arg == row.argument), None)
        return shorten(ast.unparse(found), MAX_CALL) if found is not None else ""
    return shorten(ast.unparse(around), MAX_CALL) if row.whole and around is not None else ""


def _named(call: ast.Call) -> Iterator[ast.expr]:
    return (keyword.value for keyword in call.keywords)


def _chosen(tree: ast.Module, lines: WordLines) -> set[int]:
    """The nodes of both branches of an `if` that asks the settings, the request or the environment which is taken."""
    return {
        id(inner)
        for node in lines.walk(tree)
        if isinstance(node, ast.If) and node.orelse and _ASKS.match(ast.unparse(node.test))
        for part in (*node.body, *node.orelse)
        for inner in lines.walk(part)
    }


def _dotted(node: ast.expr) -> str:
    """A dotted name as written; with an empty first part where it begins with anything else than a name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    parts.append(node.id if isinstance(node, ast.Name) else "")
    return ".".join(reversed(parts))


def _running(tree: ast.Module, lines: WordLines) -> Iterator[ast.AST]:
    """The nodes of the lines of a module, without what runs only while DEBUG is on; of each the outermost first."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If | ast.IfExp) and "DEBUG" in ast.unparse(node.test):
            negated = isinstance(node.test, ast.UnaryOp)
            kept = node.body if negated else node.orelse
            waiting.extend(kept if isinstance(kept, list) else [kept])
            continue
        waiting.extend(reversed(list(lines.children(node))))


def _files_sent(document: PythonDocument) -> Iterator[CodeTrace]:
    """Tasks that are given a file which the same function makes: what it is put into is followed by name, in order."""
    for function in ast.walk(document.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            names: set[str] = set()
            for node in sorted(_assigned_or_called(function), key=lambda node: (node.lineno, node.col_offset)):
                if isinstance(node, ast.Assign) and _leads_to_file(node.value, names):
                    names |= {
                        part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)
                    }
                elif isinstance(node, ast.Call) and any(
                    _leads_to_file(one, names) for one in (*node.args, *_named(node))
                ):
                    place = Evidence(path=document.path, line=node.lineno)
                    yield CodeTrace(kind="file-sent", text=last_name(node.func), evidence=place)
                    break


def _assigned_or_called(function: ast.AST) -> Iterator[ast.Assign | ast.Call]:
    """Assignments, and calls that send a task."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) or (isinstance(node, ast.Call) and last_name(node.func) in _SENDS):
            yield node


def _leads_to_file(value: ast.expr, names: set[str]) -> bool:
    """Whether an expression makes a file, or has one of these names in it."""
    return any(
        (isinstance(node, ast.Name) and node.id in names)
        or (isinstance(node, ast.Call) and last_name(node.func) in _MAKES)
        for node in ast.walk(value)
    )
