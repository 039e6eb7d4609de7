"""The evaluation of one program under one assumption about its environment.

The interpreter ties the parts together: modules and imports (`imports`), statements, expressions, calls, and the
models of libraries (`library`). Bounds are counted here: steps, call depth, sizes.
"""

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from typing import Any

from analyzer.facts.environment_names import can_be_set
from analyzer.facts.evaluator import attributes, calls, expressions, imports, statements
from analyzer.facts.evaluator.environment import Environment, EnvironmentRead
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.signals import TOO_DEEP, LimitReached, Raised
from analyzer.facts.evaluator.values import (
    WORK,
    FromEnv,
    Module,
    Names,
    Namespace,
    Value,
    Where,
    union,
    unresolved,
)
from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot

SERVED = ("gunicorn", "wsgi:application")
"""`sys.argv` of a production server."""
MAX_STEPS = 300_000
"""Of one evaluation."""
MAX_TOTAL = 400_000
"""Steps of all evaluations of a scan together: settings are evaluated up to fifty times. The most of any public
repository that was tried are 120,000."""
MAX_DEPTH = 60
_PLAIN = (str, int, float)
_LISTS = (list, tuple)
PARTS_A_STEP = 30
"""Of values that are visited."""


@dataclass(slots=True)
class Shared:
    """What the evaluations of a scan share."""

    spent: int = 0
    """Steps."""
    holds: dict[ast.AST, bool] = field(default_factory=dict)
    """Whether a statement holds a `return`, or a function a `yield`: looked for once, however often it runs."""


class Interpreter:
    """Evaluates modules of a repository.

    Args:
        repo: the repository snapshot.
        roots: folders from which absolute imports resolve, first match wins.
        environment: the assumed process environment.
        distributions: canonical names of the installed distributions with their versions ("" when not known), to
            decide guarded imports and what versions of libraries do.
        settings: the namespace that `django.conf.settings` stands for, where it is already known.
        placed: files that the image build puts into the tree, with the file of the repository that each comes from.
        argv: the program's `sys.argv`.
        shared: what it shares with the other evaluations of the scan; None where it is the only one.
    """

    def __init__(
        self,
        repo: RepositorySnapshot,
        roots: tuple[RepoPath, ...],
        environment: Environment,
        distributions: Mapping[str, str] | None = None,
        settings: Namespace | None = None,
        placed: Mapping[RepoPath, RepoPath] | None = None,
        argv: tuple[str, ...] = SERVED,
        shared: Shared | None = None,
    ) -> None:
        self.repo = repo
        self.roots = roots
        self.environment = environment
        self.versions = distributions or {}
        self.distributions: Names = frozenset(self.versions)
        self.settings = settings
        self.placed = placed or {}
        self.argv = argv
        self.asked_argv = False
        """Whether the program has looked at it."""
        self.modules: dict[str, Module] = {}
        self.problems: list[tuple[Where | None, str]] = []
        self.refusals: list[tuple[Where, str]] = []
        """Where the program itself raises an exception, and which, for want of something that is no variable."""
        self.catchers: list[tuple[str, ...]] = []
        """Exception names that the `try` statements around the current statement catch, outermost first."""
        self.handled: list[Raised] = []
        """What the `except` clauses around the current statement have caught, outermost first."""
        self.conditions: list[Names] = []
        """Variables that decided the conditions around the current statement, through all calls."""
        self._where: Where | None = None
        self._node: ast.stmt | ast.expr | None = None
        self._path: RepoPath = ""
        self.frame: Frame | None = None
        """The scope of the expression being evaluated, for library functions that act on their caller's."""
        self.steps = 0
        WORK.parts = 0
        self.shared = shared or Shared()
        self.depth = 0
        self.state: dict[str, Any] = {}
        """What library models keep between calls (prefixes of environs, applications of Celery)."""

    # --- running ----------------------------------------------------------------------------------------------------

    def run(self, path: RepoPath, name: str) -> Module:
        """Evaluate the file `path` as the module `name`; what cannot be told is unresolved, nothing is raised."""
        return imports.load_file(self, path, name)

    def load(self, dotted: str) -> Module | None:
        """Evaluate the repository's module of that name; None when the repository has none."""
        return imports.load(self, dotted)

    @property
    def where(self) -> Where | None:
        """The line being evaluated; it is put together when it is asked for, since each step changes it."""
        return self._where if self._node is None else Where(self._path, self._node.lineno)

    @where.setter
    def where(self, where: Where | None) -> None:
        self._where, self._node = where, None

    def stand_at(self, node: ast.stmt | ast.expr, frame: Frame) -> None:
        """Go to a line, and to the scope in which it is evaluated."""
        self._node = node
        self._path = frame.module.path
        self.frame = frame

    def step(self, node: ast.stmt | ast.expr, frame: Frame) -> None:
        """Count one step, and go to its line. Every part of the program comes by here: the calls are written out.

        Raises:
            LimitReached: when the evaluation costs more than it may.
        """
        shared = self.shared
        self.steps += 1
        shared.spent += 1
        if self.steps > MAX_STEPS or shared.spent > MAX_TOTAL:
            raise LimitReached
        if WORK.parts >= PARTS_A_STEP:
            parts, WORK.parts = WORK.parts, 0
            self.spend(parts // PARTS_A_STEP)
        self._node = node
        self._path = frame.module.path
        self.frame = frame

    def spend(self, steps: int) -> None:
        """Count the steps of something that takes longer than one.

        Raises:
            LimitReached: when the evaluation, or all of the scan, cost more than they may.
        """
        self.steps += steps
        self.shared.spent += steps
        if self.steps > MAX_STEPS or self.shared.spent > MAX_TOTAL:
            raise LimitReached

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count one level of calls or imports.

        Raises:
            Raised: RecursionError, when the level is beyond the bound.
        """
        if self.depth >= MAX_DEPTH:
            raise Raised("RecursionError", "limit: call depth", at=self.where)
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    # --- evaluation -------------------------------------------------------------------------------------------------

    evaluate = expressions.evaluate
    execute = statements.execute
    call = calls.call
    attribute = attributes.get

    def evaluate_part(self, node: ast.expr, frame: Frame) -> Value:
        """As `evaluate`, but a value that nests more deeply than the stack allows is unresolved."""
        state = self.open_state()
        try:
            return expressions.evaluate(self, node, frame)
        except RecursionError:
            self.restore(state)
            self.problem(TOO_DEEP)
            return unresolved(TOO_DEEP)

    def open_state(self) -> tuple[int, int, int]:
        """What is open around the current statement: calls, `try` statements, conditions."""
        return self.depth, len(self.catchers), len(self.conditions)

    def restore(self, state: tuple[int, int, int]) -> None:
        """Close what was opened since; at the end of the stack, `finally` may have had no room to do it."""
        self.depth, catchers, conditions = state
        del self.catchers[catchers:], self.conditions[conditions:]

    def call_extern(self, dotted: str, args: list[Value], kwargs: dict[str, Value]) -> Value:
        """Call a function or class of a library; unresolved where no model of it exists."""
        model = registry.find(dotted)
        if model is None:
            calls.give_away(dotted, [*args, *kwargs.values()])
            if (same := calls.handed_back(args)) is not None:
                return same
            told = unresolved(f"result of {dotted.removeprefix('builtins.')}()")
            return Value(told.data, union([*args, *kwargs.values()]))
        return model(self, args, kwargs)

    # --- what the environment answers -------------------------------------------------------------------------------

    def caught(self, kind: str, bases: tuple[str, ...] = ()) -> bool:
        """Whether a `try` around the current statement catches an exception of that kind."""
        raised = Raised(kind, bases=bases)
        return any(raised.is_a(name) for names in self.catchers for name in names)

    def read_environment(
        self,
        name: str,
        *,
        reader: str,
        kind: str = "text",
        default: Value | None = None,
        missing: str | None = None,
        missing_bases: tuple[str, ...] = (),
        cast: str = "",
        says: str = "",
    ) -> Value:
        """Read a variable as a library does.

        Args:
            kind: what the reader's cast makes of it.
            default: what an absent variable gives; None together with `missing` None gives Python's None.
            missing: the exception that an absent variable without default raises.
            cast: the reader's own name of the cast.
            says: the last line of the traceback of `missing`; `{name}` stands for the variable.

        Raises:
            Raised: `missing`, where the program catches it; otherwise the variable is noted as required and its
                content is unknown.
        """
        if not can_be_set(name):
            return default if default is not None else unresolved(f"no environment variable can be called {name!r}")
        text = None
        if default is not None and isinstance(default.data, _PLAIN):
            text = str(default.data)
        elif default is not None and isinstance(default.data, _LISTS):
            parts = [v.data for v in default.data]
            text = ",".join(map(str, parts)) if all(isinstance(p, str | int) for p in parts) else None
        self.environment.record(EnvironmentRead(name, kind, default is not None, text, self.where, reader, cast))
        value = self.environment.lookup(name)
        env = frozenset({name})
        if value is not None:
            if isinstance(value.data, FromEnv):
                return Value(FromEnv(name, kind), env | value.env, self.where)
            return value
        if default is not None:
            return Value(default.data, default.env | env, self.where)
        if missing is None:
            return Value(None, env, self.where)
        if self.caught(missing, missing_bases):
            raise Raised(missing, f"{name} is not set", env, self.where, missing_bases)
        self.environment.miss(name, says.replace("{name}", name) or f"{missing}: {name} is not set")
        return Value(FromEnv(name, kind), env, self.where)

    def blame(self, names: Names, how: str) -> bool:
        """Note that the program stops because variables are absent; False when none of them is.

        One name at a time is noted, as a person would find them: the next evaluation shows whether it was enough.
        Texts that the evaluation was given are noted as refused first: those that are absent have a default then.
        """
        absent = sorted(n for n in names if n in self.environment.reads and self.environment.lookup(n) is None)
        without_default = [n for n in absent if not all(r.has_default for r in self.environment.reads[n])]
        if not without_default and (self.environment.refuse(names) or not absent):
            return False
        mentioned = [n for n in (without_default or absent) if n in how]
        if mentioned:
            self.environment.miss(mentioned[0], how)
        else:
            self.environment.require((without_default or absent)[0], how)
        return True

    def problem(self, message: str) -> None:
        """Note what could not be evaluated, at the current line."""
        if len(self.problems) < 200:
            self.problems.append((self.where, message))
