"""Named commands of Python task runners: poe, taskipy, PDM, Hatch, Rye and Pipenv scripts."""

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from analyzer.facts.existing.declaration import Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import at
from analyzer.facts.existing.project_files import upward
from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import TomlDocument, read_toml
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

_TABLES = (
    ("pyproject.toml", ("tool", "poe", "tasks")),
    ("pyproject.toml", ("tool", "taskipy", "tasks")),
    ("pyproject.toml", ("tool", "pdm", "scripts")),
    ("pyproject.toml", ("tool", "rye", "scripts")),
    ("pyproject.toml", ("tool", "hatch", "envs", "default", "scripts")),
    ("Pipfile", ("scripts",)),
)
TASK = "task"
"""The kind of file that a declaration of a task stands in."""
_PARTS = ("cmd", "shell")
"""Keys of a task written as a table, of which the first that is there has the command."""
_RUNNERS = frozenset({"poe", "task", "pdm", "hatch", "rye", "pipenv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A named command: shell text and the line that gives it."""

    name: str
    command: str
    path: RepoPath
    line: int


def read_tasks(repo: RepositorySnapshot, folder: RepoPath) -> Iterator[Task]:
    """Every task that `pyproject.toml` and `Pipfile` of a folder define."""
    for document, keys, table in _tables(repo, folder):
        for name in table:
            task = _task(document, keys, table, name)
            if task is not None:
                yield task


def tasks(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The tasks as declarations: what people run by name, for want of a file that declares processes."""
    for folder in upward(django_dir):
        for task in read_tasks(repo, folder):
            file = DeploymentFile(repo=repo, django_dir=django_dir, path=task.path, source=TASK)
            yield file.declare(task.name, Words(text=task.command, evidence=file.evidence(task.line)), production=False)


def read_task(repo: RepositorySnapshot, folders: tuple[RepoPath, ...], words: tuple[str, ...]) -> Task | None:
    """The task that a command names: `poe NAME`, `task NAME`, or NAME alone behind `pdm run` and its like."""
    rest = [word for word in words if not word.startswith("-")]
    name = rest[1] if len(rest) > 1 and rest[0] in _RUNNERS else rest[0] if rest else ""
    found = (_task(*where, name) for folder in folders for where in _tables(repo, folder) if name in where[2])
    return next((task for task in found if task is not None), None)


def _tables(
    repo: RepositorySnapshot, folder: RepoPath
) -> Iterator[tuple[TomlDocument, tuple[str, ...], Mapping[str, Any]]]:
    """The tables of tasks that a folder has: document, keys, table."""
    for name, keys in _TABLES:
        path = join(folder, name)
        document = None if path is None else read_toml(repo, path)
        table = at(document.data, *keys) if isinstance(document, TomlDocument) else None
        if isinstance(document, TomlDocument) and isinstance(table, dict):
            yield document, keys, table


def _task(document: TomlDocument, keys: tuple[str, ...], table: Mapping[str, Any], name: str) -> Task | None:
    value = table[name]
    command = _command(value)
    parts = tuple(key for key in _PARTS if isinstance(value, Mapping) and key in value)[:1]
    line = document.line_of(*keys, name, *parts) if command else 1
    return Task(name=name, command=command, path=document.path, line=line) if command else None


def _command(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " && ".join(value) if all(isinstance(item, str) and " " in item for item in value) else ""
    if not isinstance(value, dict):
        return ""
    for key in _PARTS:
        command = value.get(key)
        if isinstance(command, str):
            return command
        if isinstance(command, list) and all(isinstance(word, str) for word in command):
            return shlex.join(command)
    return ""
