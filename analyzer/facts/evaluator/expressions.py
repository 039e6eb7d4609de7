"""Expressions of the evaluated program."""

import ast
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import assignments, calls, loops, operators, subscripts, texts
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import (
    Extern,
    Function,
    Unresolved,
    Value,
    Where,
    all_env,
    is_abstract,
    join,
    truth,
    unresolved,
)

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


def evaluate(interp: "Interpreter", node: ast.expr, frame: Frame) -> Value:
    """The value of an expression; what the evaluator does not know is unresolved.

    Raises:
        Raised: when the scanned program would raise.
        LimitReached: when the evaluation costs more than it may.
    """
    interp.step(node, frame)
    handler = _HANDLERS.get(type(node))
    if handler is None:
        return unresolved(f"{type(node).__name__} is computed at run time")
    value = handler(interp, node, frame)
    kind = type(value.data)
    is_new = type(node) not in _LOOK_UPS
    if kind in _SIZED and len(value.data) < (operators.ELEMENTS_A_STEP if is_new and kind in _FILLED else _SMALL):
        return value
    limit = _LARGEST.get(kind)
    return value if limit is None else _bounded(interp, value, limit, is_new=is_new)


_SMALL = 100
"""Size of a value below which it counts for no more than the step that made it."""
_FILLED = frozenset({list, tuple, set, dict})
_SIZED = _FILLED | {str, bytes}


_LARGEST: dict[type, int] = {
    str: texts.MAX_TEXT,
    bytes: texts.MAX_TEXT,
    list: operators.MAX_ELEMENTS,
    tuple: operators.MAX_ELEMENTS,
    set: operators.MAX_ELEMENTS,
    dict: operators.MAX_ELEMENTS,
    PurePosixPath: 4_096,  # characters, as on Linux
    int: 10_000,  # bits; Python writes out no more than 4,300 digits
}
"""Sizes that evaluation goes on with: a program can double a value at each step."""


_LOOK_UPS = (ast.Name, ast.Attribute, ast.Subscript)
"""Expressions whose values are there already."""


def _bounded(interp: "Interpreter", value: Value, limit: int, *, is_new: bool) -> Value:
    """The value, unless it is too large; large ones count for more than one step, and new ones that fill the memory."""
    match value.data:
        case int() as number:
            size = number.bit_length()
        case PurePosixPath() as path:
            size = len(str(path))
        case sized:
            size = len(sized)
    filling = is_new and type(value.data) in _FILLED
    interp.spend(size // (operators.ELEMENTS_A_STEP if filling else _SMALL))
    return unresolved("limit: size of a value", value) if size > limit else value


def _constant(interp: "Interpreter", node: ast.Constant, frame: Frame) -> Value:
    return Value(node.value)


def _name(interp: "Interpreter", node: ast.Name, frame: Frame) -> Value:
    value = frame.lookup(node.id)
    if value is not None:
        return value
    if calls.is_builtin(node.id):
        return Value(Extern(f"builtins.{node.id}"))
    raise Raised("NameError", f"name {node.id!r} is not defined", at=Where(frame.module.path, node.lineno))


def _elements(interp: "Interpreter", nodes: list[ast.expr], frame: Frame) -> list[Value]:
    result: list[Value] = []
    for node in nodes:
        if not isinstance(node, ast.Starred):
            result.append(interp.evaluate(node, frame))
            continue
        value = interp.evaluate(node.value, frame)
        parts = loops.iterate(interp, value)
        if parts is None:
            parts = [Value(Unresolved("further elements: " + operators.describe(value)), all_env(value))]
        result.extend(parts)
    return result


def _list(interp: "Interpreter", node: ast.List, frame: Frame) -> Value:
    return Value(_elements(interp, node.elts, frame))


def _tuple(interp: "Interpreter", node: ast.Tuple, frame: Frame) -> Value:
    return Value(tuple(_elements(interp, node.elts, frame)))


def _set(interp: "Interpreter", node: ast.Set, frame: Frame) -> Value:
    elements = _elements(interp, node.elts, frame)
    if any(not isinstance(e.data, str | int | float | bool | type(None) | PurePosixPath) for e in elements):
        return Value(elements)
    return Value({e.data for e in elements})


def _dict(interp: "Interpreter", node: ast.Dict, frame: Frame) -> Value:
    result: dict[Any, Value] = {}
    env: frozenset[str] = frozenset()
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        value = interp.evaluate(value_node, frame) if key_node is None else interp.evaluate_part(value_node, frame)
        if key_node is None:
            if isinstance(value.data, dict):
                result.update(value.data)
            elif isinstance(getattr(value.data, "payload", None), dict):
                result.update(value.data.payload)
            env |= value.env
            continue
        key = interp.evaluate(key_node, frame)
        env |= key.env
        if is_abstract(key):
            interp.problem("a dictionary key that the scan cannot tell")
            continue
        value = Value(value.data, value.env, Where(frame.module.path, value_node.lineno))
        try:
            result[subscripts.hashable(key)] = value
        except TypeError:
            interp.problem("a key that cannot be hashed")
    return Value(result, env)


def _joined(interp: "Interpreter", node: ast.JoinedStr, frame: Frame) -> Value:
    parts: list[str | Value] = []
    for piece in node.values:
        if isinstance(piece, ast.Constant):
            parts.append(str(piece.value))
            continue
        value = interp.evaluate(piece.value, frame) if isinstance(piece, ast.FormattedValue) else unresolved("text")
        if isinstance(piece, ast.FormattedValue) and (piece.format_spec is not None or piece.conversion == ord("r")):
            value = _formatted(interp, piece, value, frame)
        parts.append(value)
    return texts.text_of(parts)


_FORMATTED = (str, int, float, bool, PurePosixPath)
"""Types whose values are written out; a collection could hold the same one many times."""


def _formatted(interp: "Interpreter", piece: ast.FormattedValue, value: Value, frame: Frame) -> Value:
    if piece.conversion == ord("r"):
        return value if is_abstract(value) else interp.call_extern("builtins.repr", [value], {})
    spec = interp.evaluate(piece.format_spec, frame).data if piece.format_spec is not None else ""
    if (
        is_abstract(value)
        or not isinstance(spec, str)
        or not isinstance(value.data, _FORMATTED)
        or any(len(digits) > 4 for digits in spec.split("."))
    ):
        return value if is_abstract(value) else unresolved("formatted at run time", value, kind="text")
    try:
        return Value(format(value.data, spec), value.env)
    except (TypeError, ValueError):
        return unresolved("formatted at run time", value, kind="text")


def _bool_op(interp: "Interpreter", node: ast.BoolOp, frame: Frame) -> Value:
    """`a or b or c`: the first that decides, joined with what follows where one cannot be decided."""
    stops_at = isinstance(node.op, ast.Or)
    env: frozenset[str] = frozenset()
    undecided: list[tuple[str, Value]] = []
    value = Value(None)
    for position, operand in enumerate(node.values):
        interp.conditions.append(env)
        try:
            value = interp.evaluate(operand, frame)
        finally:
            interp.conditions.pop()
        env |= all_env(value)
        decided = truth(value)
        if position == len(node.values) - 1 or decided is stops_at:
            break
        if decided is None:
            undecided.append((("" if stops_at else "not ") + f"({ast.unparse(operand)[:80]})", value))
    result = Value(value.data, value.env | env, value.at)
    for condition, alternative in reversed(undecided):
        result = join(condition, alternative, result)
    return Value(result.data, result.env | env, result.at)


def _bin_op(interp: "Interpreter", node: ast.BinOp, frame: Frame) -> Value:
    return operators.binary(interp, node.op, interp.evaluate(node.left, frame), interp.evaluate(node.right, frame))


def _unary_op(interp: "Interpreter", node: ast.UnaryOp, frame: Frame) -> Value:
    return operators.unary(interp, node.op, interp.evaluate(node.operand, frame))


def _compare(interp: "Interpreter", node: ast.Compare, frame: Frame) -> Value:
    left = interp.evaluate(node.left, frame)
    env: frozenset[str] = frozenset()
    result = Value(True)
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        right = interp.evaluate(right_node, frame)
        result = operators.compare(interp, op, left, right)
        env |= result.env
        if truth(result) is not True:
            break
        left = right
    return Value(result.data, env)


def _if_exp(interp: "Interpreter", node: ast.IfExp, frame: Frame) -> Value:
    condition = interp.evaluate(node.test, frame)
    decided = truth(condition)
    env = all_env(condition)
    interp.conditions.append(env)
    try:
        if decided is not None:
            value = interp.evaluate(node.body if decided else node.orelse, frame)
        else:
            value = join(
                ast.unparse(node.test)[:120], interp.evaluate(node.body, frame), interp.evaluate(node.orelse, frame)
            )
    finally:
        interp.conditions.pop()
    return Value(value.data, value.env | env, value.at)


def _lambda(interp: "Interpreter", node: ast.Lambda, frame: Frame) -> Value:
    defaults: dict[str, Value] = {}
    positional = [*node.args.posonlyargs, *node.args.args]
    for parameter, default in zip(
        positional[len(positional) - len(node.args.defaults) :], node.args.defaults, strict=True
    ):
        defaults[parameter.arg] = interp.evaluate(default, frame)
    enclosing = (frame.local, *frame.enclosing) if frame.in_function else frame.enclosing
    return Value(Function("<lambda>", node, frame.module, enclosing, defaults))


def _attribute(interp: "Interpreter", node: ast.Attribute, frame: Frame) -> Value:
    return interp.attribute(interp.evaluate(node.value, frame), node.attr)


def _subscript(interp: "Interpreter", node: ast.Subscript, frame: Frame) -> Value:
    container = interp.evaluate(node.value, frame)
    return subscripts.get(interp, container, interp.evaluate(node.slice, frame))


def _slice(interp: "Interpreter", node: ast.Slice, frame: Frame) -> Value:
    bounds = [interp.evaluate(b, frame) if b is not None else Value(None) for b in (node.lower, node.upper, node.step)]
    if any(not isinstance(b.data, int | None) for b in bounds):
        return unresolved("a slice with unknown bounds", *bounds)
    return Value(slice(*(b.data for b in bounds)))


def _call(interp: "Interpreter", node: ast.Call, frame: Frame) -> Value:
    function = calls.special_form(interp, node, frame)
    if function is not None:
        return function
    callee = interp.evaluate(node.func, frame)
    args = _elements(interp, node.args, frame)
    kwargs: dict[str, Value] = {}
    for keyword in node.keywords:
        if keyword.arg is not None:
            kwargs[keyword.arg] = interp.evaluate_part(keyword.value, frame)
            continue
        more = interp.evaluate(keyword.value, frame).data
        if isinstance(more, dict):
            kwargs.update({k: v for k, v in more.items() if isinstance(k, str)})
    interp.stand_at(node, frame)
    result = interp.call(callee, args, kwargs)
    interp.stand_at(node, frame)
    return result


def _named(interp: "Interpreter", node: ast.NamedExpr, frame: Frame) -> Value:
    value = interp.evaluate(node.value, frame)
    assignments.assign(interp, node.target, value, frame)
    return value


def _await(interp: "Interpreter", node: ast.Await, frame: Frame) -> Value:
    return interp.evaluate(node.value, frame)


_HANDLERS: dict[type[ast.expr], Callable[["Interpreter", Any, Frame], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.List: _list,
    ast.Tuple: _tuple,
    ast.Set: _set,
    ast.Dict: _dict,
    ast.JoinedStr: _joined,
    ast.BoolOp: _bool_op,
    ast.BinOp: _bin_op,
    ast.UnaryOp: _unary_op,
    ast.Compare: _compare,
    ast.IfExp: _if_exp,
    ast.Lambda: _lambda,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Call: _call,
    ast.NamedExpr: _named,
    ast.Await: _await,
    ast.ListComp: loops.comprehension,
    ast.SetComp: loops.comprehension,
    ast.GeneratorExp: loops.comprehension,
    ast.DictComp: loops.comprehension,
}
