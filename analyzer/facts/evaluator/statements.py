"""Statements of the evaluated program."""

import ast
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import assignments, branching, imports, loops
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.signals import TOO_DEEP, LoopControl, Raised, Returned
from analyzer.facts.evaluator.values import (
    Extern,
    Function,
    Instance,
    Klass,
    Names,
    Namespace,
    Value,
    Where,
    all_env,
    truth,
    unresolved,
)

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


def execute(interp: "Interpreter", body: list[ast.stmt], frame: Frame) -> None:
    """Execute statements in order.

    At module level a statement that raises does not end the module: what it assigns becomes unresolved, the variables
    whose absence is the cause are noted as required, and evaluation goes on (settings.md, Evaluation).

    Raises what `evaluate` raises, and `Returned` or `LoopControl`.
    """
    for node in body:
        interp.step(node, frame)
        handler = _HANDLERS.get(type(node))
        if handler is None:
            continue
        state = interp.open_state()
        try:
            handler(interp, node, frame)
        except Raised as raised:
            if frame.in_function or interp.catchers:
                raise
            _give_up(interp, node, frame, raised)
        except RecursionError:
            interp.restore(state)
            _too_deep(interp, node, frame)


def _too_deep(interp: "Interpreter", node: ast.stmt, frame: Frame) -> None:
    """Go on after a statement that nests more deeply than the stack allows: what it may change is unresolved.

    The innermost statement that has room for it comes here, so a deep expression costs no more than its statement.
    """
    interp.where = Where(frame.module.path, node.lineno)
    interp.problem(TOO_DEEP)
    if isinstance(node, ast.Return):
        raise Returned(unresolved(TOO_DEEP))
    assignments.forget(node, frame, TOO_DEEP)


def _give_up(interp: "Interpreter", node: ast.stmt, frame: Frame, raised: Raised) -> None:
    how = f"{raised.kind}: {raised.message}" if raised.message else raised.kind
    if raised.kind != "RecursionError":  # a limit of the scan, whatever the variables hold
        log = how.replace(raised.kind, raised.stated or raised.kind, 1)
        if not interp.blame(raised.env, log) and raised.stated and raised.at is not None:
            interp.refusals.append((raised.at, log))
    interp.where = raised.at or Where(frame.module.path, node.lineno)
    interp.problem(how)
    for name in assignments.names_assigned(node):
        value = unresolved(how)
        value.env = raised.env
        frame.target(name).bind(name, value, Where(frame.module.path, node.lineno))


def _expression(interp: "Interpreter", node: ast.Expr, frame: Frame) -> None:
    interp.evaluate(node.value, frame)
    assignments.note_mutation(node.value, frame)


def _return(interp: "Interpreter", node: ast.Return, frame: Frame) -> None:
    raise Returned(interp.evaluate_part(node.value, frame) if node.value is not None else Value(None))


def _raise(interp: "Interpreter", node: ast.Raise, frame: Frame) -> None:
    env = frozenset().union(*interp.conditions) if interp.conditions else frozenset()
    at = Where(frame.module.path, node.lineno)
    if node.exc is None:
        caught = interp.handled[-1] if interp.handled else Raised("RuntimeError", "No active exception to reraise")
        raise Raised(caught.kind, caught.message, env | caught.env, at, caught.bases)
    expression = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    message = ""
    if isinstance(node.exc, ast.Call) and node.exc.args:
        try:
            first = interp.evaluate(node.exc.args[0], frame).data
            message = first if isinstance(first, str) else ""
        except Raised:
            message = ""
    exception = interp.evaluate(expression, frame)
    kind, bases = exception_names(exception)
    raised = Raised(kind, message, env | _absent_names_in(interp, message), at, bases)
    raised.stated = _qualified(exception, kind)
    raise raised


def _qualified(exception: Value, kind: str) -> str:
    """The class as the last line of a traceback has it: with its module, unless that is a built-in one."""
    data = exception.data
    klass = getattr(data, "klass", data)
    if isinstance(klass, Extern):
        return klass.dotted.removeprefix("builtins.")
    return f"{klass.module.name}.{klass.name}" if isinstance(klass, Klass) else kind


def _absent_names_in(interp: "Interpreter", message: str) -> Names:
    """Variables that were looked for in vain and that an exception's message names: they are why it is raised."""
    words = set(re.findall(r"\w+", message[:2000]))
    return frozenset(n for n in words & interp.environment.reads.keys() if interp.environment.lookup(n) is None)


def exception_names(value: Value) -> tuple[str, tuple[str, ...]]:
    """Name of an exception class and the names of its ancestors."""
    data = value.data
    if isinstance(data, Extern):
        return data.dotted.rsplit(".", 1)[-1], ()
    if isinstance(data, Klass):
        own = [klass.name for klass in data.lineage()]
        return own[0], (*own[1:], *(name.rsplit(".", 1)[-1] for name in sorted(data.extern_bases())))
    klass = getattr(data, "klass", None)
    if klass is not None:
        return exception_names(Value(klass))
    return "Exception", ()


def _function(interp: "Interpreter", node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame) -> None:
    defaults: dict[str, Value] = {}
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    for parameter, default in zip(
        positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True
    ):
        defaults[parameter.arg] = interp.evaluate(default, frame)
    for parameter, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if keyword_default is not None:
            defaults[parameter.arg] = interp.evaluate(keyword_default, frame)
    decorators = tuple(ast.unparse(d) for d in node.decorator_list)
    enclosing = (frame.local, *frame.enclosing) if frame.in_function else frame.enclosing
    function = Value(Function(node.name, node, frame.module, enclosing, defaults, decorators, frame.klass))
    for decorator in reversed(node.decorator_list):
        function = _decorate(interp, decorator, function, frame)
    frame.target(node.name).bind(node.name, function, Where(frame.module.path, node.lineno))


def _decorate(interp: "Interpreter", node: ast.expr, function: Value, frame: Frame) -> Value:
    """Apply a decorator of the repository; decorators of libraries leave the function as it is."""
    try:
        decorator = interp.evaluate(node, frame)
        if isinstance(decorator.data, Function):
            result = interp.call(decorator, [function], {})
            return result if isinstance(result.data, Function) else function
    except Raised:
        return function
    return function


def _class(interp: "Interpreter", node: ast.ClassDef, frame: Frame) -> None:
    bases: list[Klass | Extern] = []
    for base in node.bases:
        data = interp.evaluate(base, frame).data
        if isinstance(data, Klass | Extern):
            bases.append(data)
    klass = Klass(node.name, tuple(bases), Namespace(), frame.module)
    interp.spend(sum(len(base.lineage()) for base in bases if isinstance(base, Klass)))
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            klass.annotations[statement.target.id] = statement.annotation
    enclosing = (frame.local, *frame.enclosing) if frame.in_function else frame.enclosing
    inner = Frame(frame.module, klass.namespace, enclosing, klass, in_function=frame.in_function)
    klass.namespace.values["__qualname__"] = Value(node.name)
    execute(interp, node.body, inner)
    if klass.is_enum:
        _make_members(klass)
    frame.target(node.name).bind(node.name, Value(klass), Where(frame.module.path, node.lineno))


def _make_members(klass: Klass) -> None:
    """Turn the plain attributes of an enumeration into its members."""
    for name, value in list(klass.namespace.values.items()):
        if not name.startswith("_") and not isinstance(value.data, Function | Klass):
            plain = value.data[0] if isinstance(value.data, tuple) and value.data else value
            member = Instance(klass, {"value": plain, "name": Value(name)})
            klass.namespace.values[name] = Value(member, value.env, value.at)


def _with(interp: "Interpreter", node: ast.With | ast.AsyncWith, frame: Frame) -> None:
    exits: list[Callable[[], None]] = []
    suppressed: list[str] = []
    for item in node.items:
        manager = interp.evaluate(item.context_expr, frame)
        payload = getattr(manager.data, "payload", None)
        enter, leave = getattr(payload, "enter", None), getattr(payload, "leave", None)
        suppressed += getattr(payload, "suppressed", ())
        entered = enter() if enter is not None else manager
        if leave is not None:
            exits.append(leave)
        if item.optional_vars is not None:
            assignments.assign(interp, item.optional_vars, entered, frame)
    if suppressed:
        interp.catchers.append(tuple(suppressed))
    try:
        execute(interp, node.body, frame)
    except Raised as raised:
        if not any(raised.is_a(name) for name in suppressed):
            raise
    finally:
        if suppressed:
            interp.catchers.pop()
        for leave in reversed(exits):
            leave()


def _assert(interp: "Interpreter", node: ast.Assert, frame: Frame) -> None:
    condition = interp.evaluate(node.test, frame)
    if truth(condition) is False:
        raise Raised(
            "AssertionError", ast.unparse(node.test), all_env(condition), Where(frame.module.path, node.lineno)
        )


def _delete(interp: "Interpreter", node: ast.Delete, frame: Frame) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            frame.target(target.id).values.pop(target.id, None)
        elif isinstance(target, ast.Subscript):
            container = interp.evaluate(target.value, frame).data
            key = interp.evaluate(target.slice, frame).data
            if isinstance(container, dict):
                if isinstance(key, str | int) and key not in container:
                    raise Raised("KeyError", str(key), at=Where(frame.module.path, node.lineno))
                container.pop(key, None)
            elif isinstance(container, list) and isinstance(key, int) and -len(container) <= key < len(container):
                del container[key]


def _global(interp: "Interpreter", node: ast.Global, frame: Frame) -> None:
    frame.declared_global.update(node.names)


def _nonlocal(interp: "Interpreter", node: ast.Nonlocal, frame: Frame) -> None:
    frame.declared_nonlocal.update(node.names)


def _break(interp: "Interpreter", node: ast.stmt, frame: Frame) -> None:
    raise LoopControl(is_break=isinstance(node, ast.Break))


_HANDLERS: dict[type[ast.stmt], Callable[["Interpreter", Any, Frame], None]] = {
    ast.Assign: assignments.assign_statement,
    ast.AnnAssign: assignments.annotated,
    ast.AugAssign: assignments.augmented,
    ast.Expr: _expression,
    ast.If: branching.if_statement,
    ast.Match: branching.match_statement,
    ast.Try: branching.try_statement,
    ast.TryStar: branching.try_statement,
    ast.For: loops.for_statement,
    ast.AsyncFor: loops.for_statement,
    ast.While: loops.while_statement,
    ast.Import: imports.import_statement,
    ast.ImportFrom: imports.import_from_statement,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Delete: _delete,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.Break: _break,
    ast.Continue: _break,
}
