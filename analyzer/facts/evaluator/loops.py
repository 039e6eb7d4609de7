"""Loops and comprehensions over known collections, bounded."""

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from analyzer.facts.evaluator import assignments, branching, subscripts
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.signals import LoopControl, Raised
from analyzer.facts.evaluator.values import (
    FromEnv,
    Namespace,
    Value,
    all_env,
    is_abstract,
    truth,
    unresolved,
)

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

MAX_TURNS = 5_000
TOO_MANY_TURNS = "limit: turns of a loop"


def for_statement(interp: "Interpreter", node: ast.For | ast.AsyncFor, frame: Frame) -> None:
    """Run the body once per element of a known collection; over an unknown one, perhaps once."""
    iterable = interp.evaluate(node.iter, frame)
    elements = iterate(interp, iterable)
    if elements is None:
        unknown = Value(unresolved("element of what the scan cannot tell").data, all_env(iterable))

        def perhaps() -> None:
            assignments.assign(interp, node.target, unknown, frame)
            interp.execute(node.body, frame)

        branching.fork(
            interp, frame, f"{ast.unparse(node.iter)[:100]} has elements", perhaps, lambda: None, all_env(iterable)
        )
        return
    for element in elements[:MAX_TURNS]:
        assignments.assign(interp, node.target, element, frame)
        try:
            interp.execute(node.body, frame)
        except LoopControl as control:
            if control.is_break:
                return
    if len(elements) > MAX_TURNS:
        _break_off(interp, node, frame)
        return
    interp.execute(node.orelse, frame)


def while_statement(interp: "Interpreter", node: ast.While, frame: Frame) -> None:
    """Run while the condition is known to hold; an undecided one may hold once."""
    for _ in range(MAX_TURNS):
        decided = truth(interp.evaluate(node.test, frame))
        if decided is None:
            branching.fork(
                interp, frame, ast.unparse(node.test)[:100], lambda: interp.execute(node.body, frame), lambda: None
            )
            return
        if not decided:
            interp.execute(node.orelse, frame)
            return
        try:
            interp.execute(node.body, frame)
        except LoopControl as control:
            if control.is_break:
                return
    _break_off(interp, node, frame)


def _break_off(interp: "Interpreter", node: ast.stmt, frame: Frame) -> None:
    """End a loop of too many turns: what its further turns may change is unresolved."""
    interp.problem(TOO_MANY_TURNS)
    assignments.forget(node, frame, TOO_MANY_TURNS)


def iterate(interp: "Interpreter", value: Value) -> list[Value] | None:
    """The elements that iteration yields, None when they cannot be told."""
    if value.data is None:
        raise Raised("TypeError", "'NoneType' object is not iterable", value.env, interp.where)
    elements = assignments.spread(value)
    if elements is None:
        payload = getattr(value.data, "payload", None)
        if isinstance(payload, dict):
            return [Value(k) for k in payload]
    return elements


def comprehension(
    interp: "Interpreter", node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, frame: Frame
) -> Value:
    """A list, set or dict built from known collections; a generator counts as a list."""
    inner = Frame(
        frame.module,
        Namespace(),
        (frame.local, *frame.enclosing) if frame.local is not frame.module.namespace else frame.enclosing,
        frame.klass,
        in_function=True,
    )
    results: list[Value] = []
    pairs: dict[object, Value] = {}

    def emit() -> Value | None:
        if isinstance(node, ast.DictComp):
            key = interp.evaluate(node.key, inner)
            if is_abstract(key):
                return key
            pairs[_hashable(interp, key)] = interp.evaluate(node.value, inner)
        else:
            results.append(interp.evaluate(node.elt, inner))
        return None

    obstacle = _generate(interp, node.generators, inner, emit)
    if obstacle is not None:
        kind = "dict" if isinstance(node, ast.DictComp) else "list"
        if isinstance(obstacle.data, FromEnv) and kind == "list":
            return Value(FromEnv(obstacle.data.name, "list"), obstacle.env)
        return Value(unresolved("built from what the scan cannot tell", kind=kind).data, all_env(obstacle))
    if isinstance(node, ast.DictComp):
        return Value(pairs)
    if isinstance(node, ast.SetComp):
        if any(is_abstract(r) for r in results):
            return unresolved("a set with unknown elements", *results, kind="set")
        return Value({_hashable(interp, r) for r in results})
    return Value(results)


def _generate(
    interp: "Interpreter", generators: list[ast.comprehension], frame: Frame, emit: Callable[[], Value | None]
) -> Value | None:
    """Run nested generators; returns the value that stands in the way, if any."""
    if not generators:
        return emit()
    generator, rest = generators[0], generators[1:]
    iterable = interp.evaluate(generator.iter, frame)
    elements = iterate(interp, iterable)
    if elements is None:
        return iterable
    if len(elements) > MAX_TURNS:
        return unresolved(TOO_MANY_TURNS, iterable)
    for element in elements:
        interp.step(generator.target, frame)
        assignments.assign(interp, generator.target, element, frame)
        keep = True
        for condition in generator.ifs:
            value = interp.evaluate(condition, frame)
            decided = truth(value)
            if decided is None:
                return value
            keep = keep and decided
            if not keep:
                break
        if keep:
            obstacle = _generate(interp, rest, frame, emit)
            if obstacle is not None:
                return obstacle
    return None


def _hashable(interp: "Interpreter", value: Value) -> object:
    """The value as a key. Raises Raised where it cannot be one."""
    try:
        return subscripts.hashable(value)
    except TypeError as error:
        raise Raised("TypeError", str(error), value.env, interp.where) from None
