"""Celery applications in the code, evaluated with the production settings."""

import re
from collections.abc import Iterator

from analyzer.facts.django.evaluation import EvaluatedSettings, Program
from analyzer.facts.django.module_names import dotted_name
from analyzer.facts.evaluator.environment import Environment
from analyzer.facts.evaluator.interpreter import Interpreter
from analyzer.facts.evaluator.library.task_queues import CeleryApplication, is_application
from analyzer.facts.evaluator.signals import LimitReached, Raised
from analyzer.facts.evaluator.values import Instance, Module, OneOf, Value
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.needles import needles
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot

_MAKES_APP = lazy_pattern(
    rb"(?m)^[ \t]*(?:\w+[ \t]*(?::[^=\n]+)?=|return\b)[ \t]*[\w.]*Celery\w*\(|^class \w+\([\w.]*Celery\):"
)
_CELERY = needles(["Celery"])
_NOT_PRODUCTION = lazy_pattern(r"/(?:tests?|testing|examples?|docs?|conftest\.py|migrations)(?:/|$)|/test_\w+\.py$")
"""In a path that begins with a slash; so does the pattern, which is found ten times as fast as with `(^|/)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundApplication:
    """A Celery application: `module:name`, its file, and what the code configured on it."""

    module: str
    name: str
    path: RepoPath
    application: CeleryApplication
    program: Module
    interpreter: Interpreter

    @property
    def dotted(self) -> str:
        """`pkg.celery:app`"""
        return f"{self.module}:{self.name}"

    @property
    def evidence(self) -> Evidence:
        """The line that makes the application."""
        return Evidence(path=self.path, line=self.application.at.line if self.application.at else 1)


def candidate_files(repo: RepositorySnapshot, roots: tuple[RepoPath, ...]) -> list[RepoPath]:
    """Python files that make a Celery application, the usual names and shallow ones first."""
    root = roots[0]
    return repo.once("Celery applications", root, lambda: sorted(_candidates(repo, root), key=_rank))


def _candidates(repo: RepositorySnapshot, root: RepoPath) -> Iterator[RepoPath]:
    for path in repo.under(root):
        if not path.endswith(".py") or _NOT_PRODUCTION.search(f"/{path}") or not repo.holds(path, _CELERY):
            continue
        if _MAKES_APP.search(repo.read(path) or b""):
            yield path


def _rank(path: RepoPath) -> tuple[bool, int, str]:
    return ("celery" not in basename(path) and not path.endswith("__init__.py"), path.count("/"), path)


def find_application(
    program: Program, settings: EvaluatedSettings, commands: tuple[str, ...]
) -> FoundApplication | None:
    """The project's Celery application: the one that `-A` of a declared command names, else the best candidate."""
    files = candidate_files(program.repo, program.roots)
    if not files:
        return None
    named = _named_by_commands(program, commands)
    ordered = [p for p in files if p in named] + [p for p in files if p not in named]
    for path in ordered[:4]:
        found = _evaluate(program, settings, path)
        if found is not None:
            return found
    return None


def _named_by_commands(program: Program, commands: tuple[str, ...]) -> set[RepoPath]:
    """Files that `celery -A target` would import: the module, its `celery` submodule, or the package."""
    found: set[RepoPath] = set()
    for command in commands:
        for target in re.findall(r"celery\b.*?\s(?:-A|--app)[\s=]*([\w.:]+)", command):
            module = target.split(":")[0]
            for name in (f"{module}.celery", module, module.rpartition(".")[0]):
                path = program.finds(name) if name else None
                if path is not None:
                    found.add(path)
    return found


def _evaluate(program: Program, settings: EvaluatedSettings, path: RepoPath) -> FoundApplication | None:
    environment = Environment(settings.environment.assumption)
    environment.written.update(settings.environment.written)
    environment.reads.update({name: list(places) for name, places in settings.environment.reads.items()})
    interpreter = program.interpreter(environment, settings.namespace)
    module = dotted_name(path, program.roots)
    try:
        loaded = interpreter.run(path, module)
    except (Raised, LimitReached):
        return None
    for name, value in loaded.namespace.values.items():
        application = _application(value) if is_application(value) else None
        if application is not None:
            return FoundApplication(
                module=module, name=name, path=path, application=application, program=loaded, interpreter=interpreter
            )
    return None


def _application(value: Value) -> CeleryApplication | None:
    if isinstance(value.data, OneOf):
        return next((a for _, branch in value.data.branches if (a := _application(branch)) is not None), None)
    payload = value.data.payload if isinstance(value.data, Instance) else None
    return payload if isinstance(payload, CeleryApplication) else None
