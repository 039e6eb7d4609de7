"""Built-in functions and types."""

from itertools import chain, islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import assignments, attributes, loops, operators
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import (
    Extern,
    FromEnv,
    Function,
    Instance,
    Klass,
    Module,
    NotPlain,
    PartialText,
    Unresolved,
    Value,
    all_env,
    is_abstract,
    one_of,
    plain,
    truth,
    unresolved,
    wrap,
)
from analyzer.facts.evaluator.values import OneOf as OneOfMark

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

MAX_LENGTH = 20_000
MAX_COLUMNS = 50
"""Of `zip()`."""
MAX_DIGITS = 400
"""Before the point that `round()` takes away: no number that is worked out has more."""


_MEMBERS = "members"
"""Where the interpreter keeps the lines of the class attributes that `inspect.getmembers` told last."""


@registry.model("builtins.str", "django.utils.encoding.force_str", "django.utils.encoding.force_text")
def to_text(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`str(x)`"""
    if not args:
        return Value("")
    value = args[0]
    if isinstance(value.data, OneOfMark):
        return one_of((text, to_text(interp, [branch], {})) for text, branch in value.data.branches)
    if isinstance(value.data, FromEnv):
        return Value(FromEnv(value.data.name), value.env)
    if isinstance(value.data, str | int | float | bool | PurePosixPath | type(None)):
        return Value(str(value.data), value.env)
    if isinstance(value.data, PartialText):
        return value
    path = getattr(getattr(value.data, "payload", None), "path", None)
    if path is not None:
        return Value(str(path), value.env)
    return unresolved("text made at run time", value, kind="text")


def _number(interp: "Interpreter", args: list[Value], convert: type, kind: str) -> Value:
    if not args:
        return Value(convert())
    value = args[0]
    if isinstance(value.data, OneOfMark):
        return one_of(
            (text, _number(interp, [branch, *args[1:]], convert, kind)) for text, branch in value.data.branches
        )
    if isinstance(value.data, FromEnv):
        return Value(FromEnv(value.data.name, kind), value.env)
    if is_abstract(value):
        return unresolved("a number that the scan cannot tell", value, kind=kind)
    try:
        arguments = [plain(a) for a in args]
        if isinstance(arguments[0], str) and len(arguments[0]) > 4000:
            return unresolved("limit: size of a number", value)
        return Value(convert(*arguments), value.env)
    except NotPlain:
        return unresolved("a number that the scan cannot tell", value, kind=kind)
    except Exception as error:
        raise Raised(type(error).__name__, str(error), value.env, interp.where) from None


@registry.model("builtins.int")
def to_int(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`int(x)`"""
    return _number(interp, args, int, "int")


@registry.model("builtins.float", "decimal.Decimal")
def to_float(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`float(x)`"""
    return _number(interp, args, float, "float")


@registry.model("builtins.bool")
def to_bool(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`bool(x)`"""
    value = args[0] if args else Value(False)
    decided = truth(value)
    if decided is not None:
        return Value(decided, all_env(value))
    return Value(
        FromEnv(value.data.name, "bool") if isinstance(value.data, FromEnv) else Unresolved("a truth", "bool"),
        all_env(value),
    )


def _collection(interp: "Interpreter", args: list[Value]) -> list[Value] | Value:
    if not args:
        return []
    value = args[0]
    if isinstance(value.data, FromEnv):
        return Value(FromEnv(value.data.name, "list"), value.env)
    elements = loops.iterate(interp, value)
    return elements if elements is not None else unresolved(operators.describe(value), value, kind="list")


@registry.model("builtins.list", "collections.deque", "builtins.iter")
def to_list(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`list(x)`"""
    elements = _collection(interp, args)
    return elements if isinstance(elements, Value) else Value(list(elements), args[0].env if args else frozenset())


@registry.model("builtins.tuple")
def to_tuple(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`tuple(x)`"""
    elements = _collection(interp, args)
    return elements if isinstance(elements, Value) else Value(tuple(elements), args[0].env if args else frozenset())


@registry.model("builtins.set", "builtins.frozenset")
def to_set(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`set(x)`"""
    elements = _collection(interp, args)
    if isinstance(elements, Value):
        return elements
    try:
        return Value({plain(e) for e in elements}, args[0].env if args else frozenset())
    except (NotPlain, TypeError):
        return unresolved("a set with unknown elements", *elements, kind="set")


@registry.model("builtins.dict", "collections.OrderedDict", "types.SimpleNamespace", "collections.Counter")
def to_dict(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`dict(mapping_or_pairs, **names)`"""
    result: dict[Any, Value] = {}
    for source in args:
        data = source.data.payload if isinstance(source.data, Instance) else source.data
        if isinstance(data, dict):
            result.update(data)
        elif isinstance(data, list | tuple):
            for pair in data:
                if (
                    isinstance(pair.data, list | tuple)
                    and len(pair.data) == 2
                    and isinstance(pair.data[0].data, str | int)
                ):
                    result[pair.data[0].data] = pair.data[1]
        else:
            return unresolved("a mapping that the scan cannot tell", source, kind="dict")
    result.update(kwargs)
    return Value(result)


@registry.model("collections.defaultdict")
def default_dict(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`defaultdict(list)`"""
    result = to_dict(interp, args[1:], kwargs)
    if args and isinstance(result.data, dict):
        result.data["__default_factory__"] = args[0]
    return result


@registry.model("builtins.len")
def length(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`len(x)`"""
    value = args[0] if args else Value(None)
    if value.data is None:
        raise Raised("TypeError", "len(None)", value.env, interp.where)
    if isinstance(value.data, str | bytes | list | tuple | dict | set | range):
        return Value(len(value.data), value.env)
    return unresolved("a length that the scan cannot tell", value, kind="int")


@registry.model("builtins.range")
def make_range(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`range(n)`, bounded"""
    numbers = [a.data for a in args]
    if not numbers or any(not isinstance(n, int) for n in numbers):
        return unresolved("a range that the scan cannot tell", *args)
    try:
        result = range(*numbers)
    except (TypeError, ValueError) as error:
        raise Raised(type(error).__name__, str(error), at=interp.where) from None
    return Value(result) if -1 < _length(result) <= MAX_LENGTH else unresolved("limit: a long range")


def _length(numbers: range) -> int:
    try:
        return len(numbers)
    except OverflowError:
        return MAX_LENGTH + 1


@registry.model("builtins.sorted", "builtins.reversed")
def in_order(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`sorted(x)`; the order of what cannot be compared stays."""
    elements = _collection(interp, args)
    if isinstance(elements, Value):
        return elements
    try:
        if "key" not in kwargs:
            elements = sorted(elements, key=plain)
    except (NotPlain, TypeError):
        return Value(list(elements))
    return Value(list(elements))


@registry.model("builtins.enumerate")
def enumerated(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`enumerate(x)`"""
    elements = _collection(interp, args[:1])
    if isinstance(elements, Value):
        return elements
    return Value([Value((Value(i), e)) for i, e in enumerate(elements)])


@registry.model("builtins.zip")
def zipped(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`zip(a, b)`"""
    if len(args) > MAX_COLUMNS:
        return unresolved("limit: size of a value", *args, kind="list")
    columns = [_collection(interp, [a]) for a in args]
    if any(isinstance(c, Value) for c in columns):
        return unresolved("pairs that the scan cannot tell", *args, kind="list")
    interp.spend(sum(len(c) for c in columns if isinstance(c, list)) // operators.ELEMENTS_A_STEP)
    return Value([Value(tuple(row)) for row in zip(*(c for c in columns if isinstance(c, list)), strict=False)])


@registry.model("builtins.map")
def mapped(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`map(f, x)`"""
    if len(args) != 2:
        return unresolved("map over several collections", *args, kind="list")
    elements = _collection(interp, args[1:])
    if isinstance(elements, Value):
        return elements
    return Value([interp.call(args[0], [e], {}) for e in elements])


@registry.model("builtins.filter")
def filtered(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`filter(f, x)`, `filter(None, x)`"""
    elements = _collection(interp, args[1:]) if len(args) == 2 else unresolved("filter")
    if isinstance(elements, Value):
        return elements
    kept: list[Value] = []
    for element in elements:
        decided = truth(element if args[0].data is None else interp.call(args[0], [element], {}))
        if decided is None:
            return unresolved("a selection that the scan cannot tell", *args, kind="list")
        if decided:
            kept.append(element)
    return Value(kept)


@registry.model("builtins.any")
def any_of(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`any(x)`"""
    return _quantified(interp, args, any_of=True)


@registry.model("builtins.all")
def all_of(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`all(x)`"""
    return _quantified(interp, args, any_of=False)


def _quantified(interp: "Interpreter", args: list[Value], *, any_of: bool) -> Value:
    elements = _collection(interp, args)
    env = all_env(args[0]) if args else frozenset()
    if isinstance(elements, Value):
        return Value(Unresolved("a condition that the scan cannot tell", "bool"), env)
    truths = [truth(e) for e in elements]
    if any_of in truths:
        return Value(any_of, env)
    return Value(Unresolved("a condition that the scan cannot tell", "bool") if None in truths else not any_of, env)


@registry.model("builtins.isinstance", "builtins.issubclass")
def is_instance(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`isinstance(x, type)` for plain types"""
    if len(args) != 2:
        return unresolved("a type check", kind="bool")
    value, kinds = args
    names = [k.data for k in kinds.data] if isinstance(kinds.data, tuple) else [kinds.data]
    types = {
        "builtins.str": str,
        "builtins.list": list,
        "builtins.tuple": tuple,
        "builtins.dict": dict,
        "builtins.int": int,
        "builtins.bool": bool,
        "builtins.float": float,
        "builtins.set": set,
    }
    known = [types.get(n.dotted) if isinstance(n, Extern) else None for n in names]
    if isinstance(value.data, FromEnv) and value.data.kind in ("text", "url"):
        return Value(str in known, value.env)
    if is_abstract(value) or (None in known and not any(k and isinstance(value.data, k) for k in known)):
        return unresolved("a type check", value, kind="bool")
    return Value(any(k is not None and isinstance(value.data, k) for k in known), value.env)


@registry.model("builtins.getattr")
def get_attribute(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`getattr(x, name, default)`"""
    if len(args) < 2 or not isinstance(args[1].data, str):
        return unresolved("an attribute whose name the scan cannot tell", *args)
    if len(args) > 2:
        interp.catchers.append(("AttributeError",))
        try:
            return attributes.get(interp, args[0], args[1].data)
        except Raised as raised:
            if raised.is_a("AttributeError"):
                return args[2]
            raise
        finally:
            interp.catchers.pop()
    return attributes.get(interp, args[0], args[1].data)


@registry.model("builtins.hasattr")
def has_attribute(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`hasattr(x, name)`"""
    if len(args) != 2 or not isinstance(args[1].data, str):
        return unresolved("whether an attribute exists", kind="bool")
    if isinstance(args[0].data, Extern):
        return unresolved("whether a library has a name", kind="bool")
    try:
        found = attributes.get(interp, args[0], args[1].data)
    except Raised:
        return Value(False)
    return Value(Unresolved("whether an attribute exists", "bool") if isinstance(found.data, Unresolved) else True)


@registry.model("builtins.setattr")
def set_attribute(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`setattr(x, name, value)`; where `inspect.getmembers` told the name of an object, the line is its class's."""
    if len(args) == 3 and isinstance(args[1].data, str):
        name = args[1].data
        written = interp.state.get(_MEMBERS, {}).get(name) if isinstance(args[0].data, Module) else None
        assignments.set_attribute(interp, args[0], name, args[2], written or args[2].at or interp.where)
    return Value(None)


@registry.model("builtins.dir")
def directory(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`dir(x)` of modules, classes and objects of the repository"""
    data = args[0].data if args else None
    if isinstance(data, Module):
        return wrap(sorted(data.namespace.values))
    klass = data.klass if isinstance(data, Instance) else data
    if isinstance(klass, Klass):
        names = {name for k in klass.lineage() for name in k.namespace.values}
        return wrap(sorted(names | (set(data.attributes) if isinstance(data, Instance) else set())))
    return unresolved("the names of an object", kind="list")


@registry.model("inspect.getmembers")
def members(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`inspect.getmembers(x)`: names with their values, properties computed"""
    listed = directory(interp, args, kwargs)
    if not isinstance(listed.data, list):
        return listed
    pairs: list[Value] = []
    data = args[0].data
    klass = data.klass if isinstance(data, Instance) else data
    if isinstance(klass, Klass):
        places = {
            name: k.namespace.history[name][-1] for k in reversed(klass.lineage()) for name in k.namespace.history
        }
        interp.state[_MEMBERS] = places
    for name in listed.data:
        try:
            value = attributes.get(interp, args[0], name.data)
        except Raised as raised:
            interp.blame(raised.env, f"{raised.kind}: {raised.message}")
            value = unresolved(f"{raised.kind}: {raised.message}")
        pairs.append(Value((name, value)))
    return Value(pairs)


@registry.model("builtins.callable", "inspect.isfunction", "inspect.ismethod", "inspect.isroutine")
def is_callable(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`callable(x)`"""
    from analyzer.facts.evaluator.values import BoundMethod

    data = args[0].data if args else None
    if isinstance(data, Unresolved | Extern):
        return unresolved("whether a value is callable", kind="bool")
    return Value(isinstance(data, Function | Klass | BoundMethod))


@registry.model("builtins.next")
def first(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`next(iterator, default)`: the first element"""
    elements = _collection(interp, args[:1])
    if isinstance(elements, Value):
        return elements
    if elements:
        return elements[0]
    if len(args) > 1:
        return args[1]
    raise Raised("StopIteration", at=interp.where)


@registry.model("builtins.type")
def type_of(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`type(x)`"""
    data = args[0].data if len(args) == 1 else None
    if isinstance(data, Instance):
        return Value(data.klass)
    if isinstance(data, str | int | float | bool | list | dict | tuple | set):
        return Value(Extern(f"builtins.{type(data).__name__}"))
    return unresolved("a type")


@registry.model(
    "builtins.print", "warnings.warn", "warnings.filterwarnings", "warnings.simplefilter", "builtins.object"
)
def nothing(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """No value"""
    return Value(None)


def _pure_builtin(function: Any) -> registry.Model:
    def run(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        try:
            return wrap(
                function(*(plain(a) for a in args), **{k: plain(v) for k, v in kwargs.items()}), all_env(Value(args))
            )
        except NotPlain:
            return unresolved("computed from what the scan cannot tell", Value(None, all_env(Value(args))))
        except Exception as error:
            raise Raised(type(error).__name__, str(error), all_env(Value(args)), interp.where) from None

    return run


def _sum(parts: Any, start: Any = 0) -> Any:
    """`sum(parts, start)`; Python would copy a list anew for each part."""
    if isinstance(start, list | tuple):
        return type(start)(islice(chain(start, *parts), operators.MAX_ELEMENTS + 1))
    return sum(parts, start)


def _round(number: Any, digits: int | None = None) -> Any:
    """`round(number, digits)`; Python would work out ten to the power of as many digits."""
    return round(number, digits if digits is None else max(digits, -MAX_DIGITS))


for _name, _function in {
    **{function.__name__: function for function in (max, min, abs, ord, chr, hex, bin, repr, divmod)},
    "sum": _sum,
    "round": _round,
}.items():
    registry.model(f"builtins.{_name}")(_pure_builtin(_function))
