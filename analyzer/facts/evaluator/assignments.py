"""Binding values to names, subscripts and attributes."""

import ast
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import operators
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import (
    Extern,
    Instance,
    Klass,
    Module,
    Value,
    Where,
    is_abstract,
    unresolved,
)

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


def assign_statement(interp: "Interpreter", node: ast.Assign, frame: Frame) -> None:
    """`a = b = value`"""
    value = interp.evaluate_part(node.value, frame)
    for target in node.targets:
        assign(interp, target, value, frame)


def annotated(interp: "Interpreter", node: ast.AnnAssign, frame: Frame) -> None:
    """`a: type = value`; a bare annotation binds nothing."""
    if node.value is not None:
        assign(interp, node.target, interp.evaluate_part(node.value, frame), frame)


def augmented(interp: "Interpreter", node: ast.AugAssign, frame: Frame) -> None:
    """`a += value`; a list is extended in place, as Python does, so that other names for it see it."""
    right = interp.evaluate_part(node.value, frame)
    read = ast.copy_location(_as_load(node.target), node.target)
    left = interp.evaluate(read, frame)
    result = operators.binary(interp, node.op, left, right, in_place=True)
    at = Where(frame.module.path, node.lineno)
    if isinstance(node.target, ast.Name):
        bound = Value(result.data, result.env, at)
        frame.target(node.target.id).bind(node.target.id, bound, at, keep_history=True)
    else:
        assign(interp, node.target, result, frame)


def _as_load(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.Name(id=target.id, ctx=ast.Load())
    if isinstance(target, ast.Attribute):
        return ast.Attribute(value=target.value, attr=target.attr, ctx=ast.Load())
    if isinstance(target, ast.Subscript):
        return ast.Subscript(value=target.value, slice=target.slice, ctx=ast.Load())
    return target


def assign(interp: "Interpreter", target: ast.expr, value: Value, frame: Frame) -> None:
    """Bind `value` to an assignment target of any form."""
    at = Where(frame.module.path, target.lineno)
    match target:
        case ast.Name(id=name):
            frame.target(name).bind(name, Value(value.data, value.env, at), at)
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            _unpack(interp, targets, value, frame)
        case ast.Starred(value=inner):
            assign(interp, inner, value, frame)
        case ast.Subscript():
            container = interp.evaluate(target.value, frame)
            _assign_item(interp, container, interp.evaluate(target.slice, frame), value, at)
            note_mutation(target.value, frame, at)
        case ast.Attribute():
            set_attribute(interp, interp.evaluate(target.value, frame), target.attr, value, at)
            note_mutation(target.value, frame, at)


def _unpack(interp: "Interpreter", targets: list[ast.expr], value: Value, frame: Frame) -> None:
    parts: list[Value] | None = None
    if isinstance(value.data, list | tuple):
        parts = list(value.data)
    starred = next((i for i, t in enumerate(targets) if isinstance(t, ast.Starred)), None)
    if parts is not None and starred is not None and len(parts) >= len(targets) - 1:
        after = len(targets) - starred - 1
        middle = Value(parts[starred : len(parts) - after])
        parts = [*parts[:starred], middle, *parts[len(parts) - after :]]
    if parts is None or len(parts) != len(targets):
        parts = [Value(unresolved("part of a value that the scan cannot tell").data, value.env)] * len(targets)
    for target, part in zip(targets, parts, strict=True):
        assign(interp, target, part, frame)


def _assign_item(interp: "Interpreter", container: Value, key: Value, value: Value, at: Where) -> None:
    data = container.data
    stored = Value(value.data, value.env, at)
    if isinstance(data, Extern) and data.dotted == "os.environ":
        if isinstance(key.data, str):
            interp.environment.written[key.data] = stored
        return
    if isinstance(data, Instance) and isinstance(data.payload, dict):
        data = data.payload
    if isinstance(data, dict) and not is_abstract(key):
        try:
            data[key.data] = stored
        except TypeError:
            interp.problem("a key that cannot be hashed")
    elif isinstance(data, list) and isinstance(key.data, int) and -len(data) <= key.data < len(data):
        data[key.data] = stored
    elif isinstance(data, list) and isinstance(key.data, slice) and isinstance(value.data, list | tuple):
        interp.spend(len(value.data) // operators.ELEMENTS_A_STEP)
        try:
            data[key.data] = list(value.data)
        except ValueError as error:
            raise Raised("ValueError", str(error), key.env | value.env, at) from None


def set_attribute(interp: "Interpreter", target: Value, name: str, value: Value, at: Where | None) -> None:
    """`target.name = value`"""
    data: Any = target.data
    stored = Value(value.data, value.env, at)
    if isinstance(data, Module | Klass):
        data.namespace.bind(name, stored, at)
    elif isinstance(data, Instance):
        hook = getattr(data.payload, "on_set", None)
        if hook is not None:
            hook(interp, name, stored)
        data.attributes[name] = stored


_MUTABLE = (list, dict, set)
_PARTS = (ast.Call, ast.Attribute, ast.Subscript)


def note_mutation(node: ast.expr, frame: Frame, at: Where | None = None) -> None:
    """Remember the line at which a method or a subscript changed the value behind a name."""
    place = at or Where(frame.module.path, node.lineno)
    name = _root_name(node)
    if name is not None:
        scope = frame.target(name)
        if name in scope.values and isinstance(scope.values[name].data, _MUTABLE):
            scope.bind(name, scope.values[name], place, keep_history=True)


def _root_name(node: ast.expr) -> str | None:
    """`a` of `a.b["c"].append(d)`"""
    while isinstance(node, _PARTS):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def forget(node: ast.stmt, frame: Frame, reason: str) -> None:
    """Make unresolved what a statement may change, be it in a nested block: names, and what is behind them."""
    names: list[str] = []
    changed: list[str | None] = []
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                names.append(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.append(name)
            case ast.alias(name=name, asname=other) if name != "*":
                names.append(other or name.partition(".")[0])
            case ast.Expr(value=ast.Call(func=target)):
                changed.append(_root_name(target))
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                changed.append(_root_name(part))
    for root in changed:
        value = frame.lookup(root) if root is not None else None
        if root is not None and value is not None and isinstance(value.data, _MUTABLE):
            names.append(root)
    at = Where(frame.module.path, node.lineno)
    for name in dict.fromkeys(names):
        frame.target(name).bind(name, unresolved(reason), at)


def names_assigned(node: ast.stmt) -> list[str]:
    """Plain names that a statement binds at its own level (not inside nested blocks)."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = list(node.targets)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    names: list[str] = []
    while targets:
        target = targets.pop(0)
        if isinstance(target, ast.Name):
            names.append(target.id)
        elif isinstance(target, ast.Tuple | ast.List):
            targets.extend(target.elts)
        elif isinstance(target, ast.Starred):
            targets.append(target.value)
    return names


def spread(value: Value) -> list[Value] | None:
    """The elements of a known list, tuple, set, range, text or mapping; None when they cannot be told."""
    data = value.data
    if isinstance(data, list | tuple):
        return list(data)
    if isinstance(data, set | frozenset):
        return [Value(v, value.env) for v in sorted(data, key=repr)]
    if isinstance(data, dict):
        return [Value(k, value.env) for k in data]
    if isinstance(data, str):
        return [Value(c, value.env) for c in data]
    if isinstance(data, Klass) and data.is_enum:
        return data.members()
    if isinstance(data, range):
        return [Value(i, value.env) for i in data[:20_000]]
    return None
