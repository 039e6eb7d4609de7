"""`if`, `match` and `try`: branches that are decided, and branches that are not."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from analyzer.facts.evaluator.assignments import names_assigned
from analyzer.facts.evaluator.files import ABSENT
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.signals import LoopControl, Raised, Returned
from analyzer.facts.evaluator.values import (
    NO_NAMES,
    RANDOM,
    Names,
    Namespace,
    Unresolved,
    Value,
    Where,
    all_env,
    copy_namespace,
    join,
    same,
    truth,
    unresolved,
)
from analyzer.facts.last_name import last_name

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

MAX_FORKS = 400
"""Undecided branches in one evaluation; each costs a copy of the namespace."""
MAX_NESTED = 3
"""Levels of `if` in which assignments are looked for before they are reached."""


def if_statement(interp: "Interpreter", node: ast.If, frame: Frame) -> None:
    """Take the branch that the condition decides, or both."""
    condition = interp.evaluate(node.test, frame)
    decided = truth(condition)
    env = all_env(condition)
    _note_return(interp, frame, node, env)
    _note_switches(interp, frame, node, env)
    interp.conditions.append(env)
    try:
        if decided is None:
            fork(
                interp,
                frame,
                ast.unparse(node.test)[:120],
                lambda: interp.execute(node.body, frame),
                lambda: interp.execute(node.orelse, frame),
                env,
            )
        else:
            interp.execute(node.body if decided else node.orelse, frame)
    finally:
        interp.conditions.pop()


def _note_switches(interp: "Interpreter", frame: Frame, node: ast.If, env: Names) -> None:
    """What decides a module's `if` has a say in the settings that it assigns, whichever branch is taken."""
    if env and not frame.in_function:
        for name in _assigned((node,), MAX_NESTED):
            interp.environment.switch(name, env)


def _assigned(statements: Iterable[ast.stmt], depth: int) -> Iterator[str]:
    """The upper-case names that statements assign, those inside so many `if` included."""
    for statement in statements:
        if isinstance(statement, ast.Assign):
            yield from (t.id for t in statement.targets if isinstance(t, ast.Name) and t.id.isupper())
        elif isinstance(statement, ast.If) and depth:
            yield from _assigned((*statement.body, *statement.orelse), depth - 1)


def _note_return(interp: "Interpreter", frame: Frame, statement: ast.stmt, env: Names) -> None:
    """What decides where a function returns has a say in what it returns: `if name not in os.environ: return 5`."""
    if not (frame.in_function and env):
        return
    if statement not in interp.shared.holds:
        interp.shared.holds[statement] = any(isinstance(inner, ast.Return) for inner in ast.walk(statement))
    if interp.shared.holds[statement]:
        frame.decided_by |= env


def fork(
    interp: "Interpreter",
    frame: Frame,
    condition: str,
    if_true: Callable[[], None],
    if_false: Callable[[], None],
    env: Names = NO_NAMES,
) -> None:
    """Run both branches of an undecided condition from the same state and join what they leave behind.

    A branch that raises is not the one that production takes. A branch of a function that returns leaves its value
    in `frame.pending`; the rest of the function runs for the other branch.
    """
    forks = interp.state.get("forks", 0) + 1
    interp.state["forks"] = forks
    if forks > MAX_FORKS:
        interp.problem("limit: branches that cannot be decided")
        return
    scopes = _distinct([frame.local, *frame.enclosing, frame.module.namespace])
    memo: dict[int, object] = {}
    saved = [copy_namespace(scope, memo) for scope in scopes]
    interp.spend(len(memo) // 5)
    first, first_return = _run(interp, if_true)
    after_true = [Namespace(scope.values, scope.history) for scope in scopes]
    for scope, before in zip(scopes, saved, strict=True):
        scope.values, scope.history = before.values, before.history
    second, second_return = _run(interp, if_false)
    if first is not None and second is not None:
        raise second
    if first is not None or second is not None or first_return is not None or second_return is not None:
        _one_side(frame, condition, scopes, after_true, (first, first_return), (second, second_return))
        return
    for scope, other in zip(scopes, after_true, strict=True):
        _join_scope(scope, other, condition, env)


Outcome = tuple[Raised | LoopControl | None, Returned | None]


def _one_side(
    frame: Frame,
    condition: str,
    scopes: list[Namespace],
    after_true: list[Namespace],
    if_true: Outcome,
    if_false: Outcome,
) -> None:
    """Go on with the only branch that comes out at the end, or leave with both when none does."""
    (stop_true, return_true), (stop_false, return_false) = if_true, if_false
    if return_true is not None and return_false is not None:
        raise Returned(join(condition, return_true.value, return_false.value))
    true_ends = stop_true is not None or return_true is not None
    if not true_ends:
        for scope, other in zip(scopes, after_true, strict=True):
            scope.values, scope.history = other.values, other.history
    if return_true is not None:
        if stop_false is not None:
            raise return_true
        frame.pending.append((condition, return_true.value))
    elif return_false is not None:
        if stop_true is not None:
            raise return_false
        frame.pending.append((f"not ({condition})", return_false.value))


def _run(interp: "Interpreter", branch: Callable[[], None]) -> Outcome:
    """Run one branch; what it raises ends it, at the level of a module, too."""
    interp.catchers.append(())
    try:
        branch()
    except (Raised, LoopControl) as stop:
        return stop, None
    except Returned as returned:
        return None, returned
    finally:
        interp.catchers.pop()
    return None, None


def _distinct(scopes: list[Namespace]) -> list[Namespace]:
    found: list[Namespace] = []
    for scope in scopes:
        if not any(scope is other for other in found):
            found.append(scope)
    return found


def _join_scope(scope: Namespace, if_true: Namespace, condition: str, env: Names) -> None:
    absent = unresolved("not set on this branch")
    for name in list(dict.fromkeys([*if_true.values, *scope.values])):
        a, b = if_true.values.get(name, absent), scope.values.get(name, absent)
        if a is b or same(a, b):
            scope.values[name] = a if a is not absent else b
        else:
            joined = join(condition, a, b)
            scope.values[name] = Value(joined.data, joined.env | env, joined.at)
        places = (*scope.history.get(name, ()), *if_true.history.get(name, ()))
        if places:
            scope.history[name] = tuple(dict.fromkeys(places))[-12:]


def try_statement(interp: "Interpreter", node: ast.Try | ast.TryStar, frame: Frame) -> None:
    """Execute the body; a handler runs only when the body is known to raise what it catches."""
    names = tuple(name for handler in node.handlers for name in _caught_names(handler))
    interp.catchers.append(names)
    try:
        interp.execute(node.body, frame)
    except Raised as raised:
        interp.catchers.pop()
        _handle(interp, node, frame, raised)
        return
    except BaseException:
        interp.catchers.pop()
        interp.execute(node.finalbody, frame)
        raise
    interp.catchers.pop()
    interp.execute(node.orelse, frame)
    interp.execute(node.finalbody, frame)


def _handle(interp: "Interpreter", node: ast.Try | ast.TryStar, frame: Frame, raised: Raised) -> None:
    for handler in node.handlers:
        if not any(raised.is_a(name) for name in _caught_names(handler)):
            continue
        if handler.name:
            frame.local.values[handler.name] = unresolved(f"the exception {raised.kind}")
        _note_return(interp, frame, node, raised.env)
        interp.conditions.append(raised.env)
        interp.handled.append(raised)
        try:
            interp.execute(handler.body, frame)
            _note_absent_file(interp, node, frame, raised)
        finally:
            interp.handled.pop()
            interp.conditions.pop()
            interp.execute(node.finalbody, frame)
        return
    interp.execute(node.finalbody, frame)
    raise raised


def _note_absent_file(interp: "Interpreter", node: ast.Try | ast.TryStar, frame: Frame, raised: Raised) -> None:
    """The file, and that what is random only because it is absent here comes from it where it exists."""
    if raised.kind != "FileNotFoundError" or not raised.message.endswith(ABSENT):
        return
    path = raised.message.removesuffix(ABSENT)
    if raised.at is not None:
        interp.environment.absent_files.setdefault(path, raised.at)
    for statement in ast.walk(ast.Module(body=node.body, type_ignores=[])):
        for name in names_assigned(statement) if isinstance(statement, ast.stmt) else ():
            value = frame.lookup(name)
            if value is not None and isinstance(value.data, Unresolved) and value.data.reason == RANDOM:
                told = Unresolved(f"file {path}, otherwise {RANDOM}", value.data.kind, value.data.truthy)
                frame.target(name).values[name] = Value(told, value.env, value.at)


def _caught_names(handler: ast.ExceptHandler) -> tuple[str, ...]:
    kind = handler.type
    if kind is None:
        return ("BaseException",)
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return tuple(filter(None, map(last_name, kinds)))


def match_statement(interp: "Interpreter", node: ast.Match, frame: Frame) -> None:
    """`match` over values; other patterns make what the cases assign unresolved."""
    subject = interp.evaluate(node.subject, frame)
    env = all_env(subject)
    for case in node.cases:
        fits = _fits(interp, case.pattern, subject, frame)
        if fits and case.guard is not None:
            fits = truth(interp.evaluate(case.guard, frame))
        if fits is False:
            continue
        _note_return(interp, frame, node, env)
        interp.conditions.append(env)
        try:
            if fits:
                interp.execute(case.body, frame)
                return
            condition = ast.unparse(case.pattern)[:120]
            fork(interp, frame, condition, partial(interp.execute, case.body, frame), lambda: None, env)
        finally:
            interp.conditions.pop()


def _fits(interp: "Interpreter", pattern: ast.pattern, subject: Value, frame: Frame) -> bool | None:
    from analyzer.facts.evaluator.operators import equal

    match pattern:
        case ast.MatchValue(value=value):
            wanted = interp.evaluate(value, frame)
            interp.environment.compare(subject.env, wanted.data)
            return equal(subject, wanted)
        case ast.MatchSingleton(value=value):
            return equal(subject, Value(value))
        case ast.MatchOr(patterns=patterns):
            answers = [_fits(interp, p, subject, frame) for p in patterns]
            return True if True in answers else None if None in answers else False
        case ast.MatchAs(pattern=None, name=name):
            if name is not None:
                frame.target(name).bind(name, subject, Where(frame.module.path, pattern.lineno))
            return True
        case _:
            return None
