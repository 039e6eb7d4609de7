"""The configuration file that gunicorn reads: a Python file, of which plain assignments are read and nothing is run."""

import ast
from collections.abc import Iterable

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Process, ProcessType, ServerSetting
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

DEFAULT = "gunicorn.conf.py"
_OPTIONS = ("-c", "--config")


def server_settings(
    repo: RepositorySnapshot, django_dir: RepoPath, processes: Iterable[Process]
) -> tuple[ServerSetting, ...]:
    """The assignments of the file that the first web process with gunicorn reads; none where it reads none."""
    web = next((p for p in processes if p.type is ProcessType.WEB and p.program == "gunicorn"), None)
    if web is None:
        return ()
    path = _named(web) or join(django_dir, DEFAULT)
    document = read_python(repo, path) if path is not None and repo.is_file(path) else None
    if path is None or not isinstance(document, PythonDocument):
        return ()
    return tuple(
        ServerSetting(name=target.id, value=_plain(node.value), evidence=Evidence(path=path, line=node.lineno))
        for node in document.tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    )


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
