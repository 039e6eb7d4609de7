"""Calls: functions and classes of the repository, methods, models of libraries."""

import ast
import builtins
import sys
from typing import TYPE_CHECKING

from analyzer.facts.evaluator import methods, operators
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.signals import LoopControl, Raised, Returned
from analyzer.facts.evaluator.values import (
    BoundMethod,
    Deciding,
    Extern,
    Function,
    Instance,
    Klass,
    Namespace,
    Native,
    OneOf,
    Value,
    all_env,
    join,
    one_of,
    unresolved,
)

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

_BUILTIN_NAMES = frozenset(dir(builtins))


def is_builtin(name: str) -> bool:
    """Whether Python has a built-in of that name."""
    return name in _BUILTIN_NAMES


def call(interp: "Interpreter", function: Value, args: list[Value], kwargs: dict[str, Value]) -> Value:
    """Call any value.

    Raises:
        Raised: what the called code raises.
        LimitReached: when the evaluation costs more than it may.
    """
    data = function.data
    match data:
        case Function():
            return _call_function(interp, data, args, kwargs)
        case BoundMethod():
            return _call_function(interp, data.function, [data.receiver, *args], kwargs)
        case Extern():
            return interp.call_extern(data.dotted, args, kwargs)
        case methods.MethodOf():
            return methods.call(interp, data, args, kwargs)
        case Klass():
            return instantiate(interp, data, args, kwargs)
        case Native():
            return data.call(interp, args, kwargs)
        case Instance():
            return _call_instance(interp, function, data, args, kwargs)
        case OneOf():
            return one_of((text, call(interp, branch, args, kwargs)) for text, branch in data.branches)
        case None:
            raise Raised("TypeError", "'NoneType' object is not callable", function.env, interp.where)
    env = all_env(function).union(*(all_env(a) for a in [*args, *kwargs.values()]))
    return Value(unresolved("result of a call that the scan cannot follow").data, env)


_OPEN_LISTS = ("INSTALLED_APPS", "MIDDLEWARE")


def give_away(dotted: str, arguments: list[Value]) -> None:
    """A library that the scan does not know gets the settings' own namespace, and may add what it likes to lists."""
    top_level = dotted.partition(".")[0]
    if top_level == "builtins" or top_level in sys.stdlib_module_names:
        return
    for argument in arguments:
        namespace = argument.data
        if not isinstance(namespace, Instance) or namespace.klass != Extern("builtins.namespace"):
            continue
        for name in _OPEN_LISTS:
            value = namespace.payload.get(name)
            if value is not None and isinstance(value.data, list | tuple):
                more = unresolved(f"{dotted}() may add to it")
                namespace.payload[name] = Value([*value.data, more], value.env, value.at)


def handed_back(arguments: list[Value]) -> Value | None:
    """The only argument, where it is an object that libraries wrap and return: `app = healthcheck.setup(app)`."""
    only = arguments[0] if len(arguments) == 1 else None
    payload = only.data.payload if only is not None and isinstance(only.data, Instance) else None
    return only if getattr(payload, "comes_back", False) else None


def _call_instance(
    interp: "Interpreter", value: Value, instance: Instance, args: list[Value], kwargs: dict[str, Value]
) -> Value:
    model = getattr(instance.payload, "call", None)
    if model is not None:
        result: Value = model(interp, args, kwargs)
        return result
    if isinstance(instance.klass, Klass):
        own = instance.klass.find("__call__")
        if own is not None and isinstance(own.data, Function):
            return _call_function(interp, own.data, [value, *args], kwargs)
    return unresolved("result of a call of an object", *args)


def instantiate(interp: "Interpreter", klass: Klass, args: list[Value], kwargs: dict[str, Value]) -> Value:
    """Make an object of a repository class; a library class among its ancestors contributes its model."""
    if klass.is_enum and args:
        return _member(interp, klass, args[0])
    modelled = registry.instantiate(interp, klass, args, kwargs)
    if modelled is not None:
        return modelled
    instance = Value(Instance(klass))
    initialiser = klass.find("__init__")
    if initialiser is not None and isinstance(initialiser.data, Function):
        _call_function(interp, initialiser.data, [instance, *args], kwargs)
    elif klass.annotations:
        for name, argument in zip(klass.annotations, args, strict=False):
            instance.data.attributes[name] = argument
        instance.data.attributes.update(kwargs)
    return instance


def _member(interp: "Interpreter", klass: Klass, wanted: Value) -> Value:
    """The member of an enumeration with that value.

    Raises:
        Raised: ValueError, when there is none.
    """
    answers = [(operators.equal(member.data.attributes["value"], wanted), member) for member in klass.members()]
    found = next((member for answer, member in answers if answer), None)
    if found is not None:
        return found
    if any(answer is None for answer, _ in answers):
        return unresolved(f"a member of {klass.name}", wanted)
    raise Raised("ValueError", f"not a valid {klass.name}", all_env(wanted), interp.where)


def _call_function(interp: "Interpreter", function: Function, args: list[Value], kwargs: dict[str, Value]) -> Value:
    node = function.node
    frame = Frame(function.module, Namespace(), function.scopes, function.owner, in_function=True)
    _bind(interp, function, frame, args, kwargs)
    if isinstance(node, ast.Lambda):
        with interp.deeper():
            return interp.evaluate(node.body, frame)
    if _is_generator(interp, node):
        return unresolved("a generator")
    where = interp.where
    depth = len(interp.conditions)
    result = Value(None)
    try:
        with interp.deeper():
            interp.execute(node.body, frame)
    except Returned as returned:
        result = returned.value
    except LoopControl:
        result = unresolved("a loop statement out of place")
    finally:
        interp.where = where
        del interp.conditions[depth:]
    for condition, value in reversed(frame.pending):
        result = join(condition, value, result)
    deciding = frozenset(Deciding(name) for name in frame.decided_by)
    return Value(result.data, result.env | deciding, result.at) if deciding else result


def _is_generator(interp: "Interpreter", node: ast.AST) -> bool:
    if node not in interp.shared.holds:
        interp.shared.holds[node] = any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in _own_nodes(node))
    return interp.shared.holds[node]


def _own_nodes(node: ast.AST) -> list[ast.AST]:
    """The nodes of a function, without those of functions inside it."""
    found: list[ast.AST] = []
    todo = list(ast.iter_child_nodes(node))
    while todo:
        current = todo.pop()
        if isinstance(current, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            continue
        found.append(current)
        todo.extend(ast.iter_child_nodes(current))
    return found


def _bind(interp: "Interpreter", function: Function, frame: Frame, args: list[Value], kwargs: dict[str, Value]) -> None:
    """Bind arguments to parameters as Python does.

    Raises:
        Raised: TypeError, when an argument is missing.
    """
    parameters = function.node.args
    positional = [p.arg for p in (*parameters.posonlyargs, *parameters.args)]
    values = frame.local.values
    remaining = dict(kwargs)
    for name, value in zip(positional, args, strict=False):
        values[name] = value
    if parameters.vararg is not None:
        values[parameters.vararg.arg] = Value(tuple(args[len(positional) :]))
    for name in [*positional, *(p.arg for p in parameters.kwonlyargs)]:
        if name in remaining:
            values[name] = remaining.pop(name)
        elif name not in values and name in function.defaults:
            values[name] = function.defaults[name]
        elif name not in values:
            raise Raised("TypeError", f"{function.name}() missing argument {name!r}", at=interp.where)
    if parameters.kwarg is not None:
        values[parameters.kwarg.arg] = Value(remaining)


_SPECIAL = frozenset({"globals", "locals", "super", "vars"})


def special_form(interp: "Interpreter", node: ast.Call, frame: Frame) -> Value | None:
    """Built-ins that need the caller's scope: `locals()`, `globals()`, `vars()`, `super()`; None for other calls."""
    if type(node.func) is not ast.Name or node.func.id not in _SPECIAL or frame.lookup(node.func.id) is not None:
        return None
    match node.func.id:
        case "globals":
            return Value(Instance(Extern("builtins.namespace"), payload=frame.module.namespace.values))
        case "locals":
            return Value(Instance(Extern("builtins.namespace"), payload=frame.local.values))
        case "vars" if not node.args:
            return Value(Instance(Extern("builtins.namespace"), payload=frame.local.values))
        case "super":
            return _super(frame)
    return None


def _super(frame: Frame) -> Value:
    receiver = next(iter(frame.local.values.values()), None)
    if receiver is None:
        return unresolved("super() outside a method")
    return Value(Instance(Extern("builtins.super"), payload=SuperProxy(receiver, frame)))


class SuperProxy:
    """`super()`: attributes of the classes after the one whose method is running."""

    def __init__(self, receiver: Value, frame: Frame) -> None:
        self.receiver = receiver
        self.frame = frame

    def attribute(self, interp: "Interpreter", name: str) -> Value | None:
        """The attribute from the next class that has it; a method comes bound to the receiver."""
        data = self.receiver.data
        klass = data.klass if isinstance(data, Instance) else data
        if not isinstance(klass, Klass):
            return None
        lineage = klass.lineage()
        running = self.frame.klass
        after = lineage[lineage.index(running) + 1 :] if running in lineage else lineage[1:]
        for candidate in after:
            found = candidate.namespace.values.get(name)
            if found is None:
                continue
            if not isinstance(found.data, Function):
                return found
            method = Value(BoundMethod(found.data, self.receiver))
            return interp.call(method, [], {}) if "property" in found.data.decorators else method
        return Value(Native(f"super().{name}", lambda interp, args, kwargs: Value(None)))
