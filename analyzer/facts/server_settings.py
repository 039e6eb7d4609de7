"""The configuration file that gunicorn or uWSGI reads.

That of gunicorn is a Python file, of which plain assignments are read; nothing is run.
"""

import ast
from collections.abc import Iterable, Iterator

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Process, ProcessType, ServerSetting
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

DEFAULT = "gunicorn.conf.py"
_LOG_CALLS = ("dictConfig", "fileConfig")
"""Of the logging module, which give gunicorn's loggers their handlers."""
_OPTIONS = ("-c", "--config")
_INI = lazy_pattern(r"\s*([A-Za-z][\w-]*)\s*=(.*)")


def server_settings(
    repo: RepositorySnapshot, django_dir: RepoPath, processes: Iterable[Process]
) -> tuple[ServerSetting, ...]:
    """The settings of the file that the first web process with one of the two reads; none where it reads none."""
    web = next((p for p in processes if p.type is ProcessType.WEB and p.program in ("gunicorn", "uwsgi")), None)
    if web is None:
        return ()
    if web.program == "uwsgi":
        path = next((path for path in web.paths.values() if path.endswith(".ini")), None)
        return tuple(_ini(path, repo.text(path) or "")) if path is not None else ()
    path = _named(web) or join(django_dir, DEFAULT)
    return tuple(_assignments(repo, path)) if path is not None and repo.is_file(path) else ()


def _ini(path: RepoPath, text: str) -> Iterator[ServerSetting]:
    """Those that hold without further variables: what stands between `if-…` and `endif` may not, `if-not-env` does.

    Source: unbit/uwsgi, core/config.c (uwsgi_opt_logic).
    """
    holds = True
    for number, line in enumerate(text.split("\n"), 1):
        match = _INI.match(line)
        if match is None:
            continue
        if match[1] == "endif":
            holds = True
        elif match[1].startswith("if-"):
            holds = match[1] == "if-not-env"
        elif holds:
            yield ServerSetting(name=match[1], value=match[2].strip(), evidence=Evidence(path=path, line=number))


def _assignments(repo: RepositorySnapshot, path: RepoPath) -> Iterator[ServerSetting]:
    document = read_python(repo, path)
    for node in document.tree.body if isinstance(document, PythonDocument) else ():
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            name = ast.unparse(node.value.func).rpartition(".")[2]
            if name in _LOG_CALLS:
                yield ServerSetting(name=name, value=None, evidence=Evidence(path=path, line=node.lineno))
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Name) and isinstance(node, ast.Assign):
                evidence = Evidence(path=path, line=node.lineno)
                yield ServerSetting(name=target.id, value=_plain(node.value), evidence=evidence)


def _named(process: Process) -> RepoPath | None:
    """The file of `--config`, as far as the repository has it."""
    words = process.arguments
    for at, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option in _OPTIONS:
            written = value if equals else (words[at + 1] if at + 1 < len(words) else "")
            return process.paths.get(written)
    return None


def _plain(node: ast.expr) -> bool | int | float | str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, bool | int | float | str) else None
