"""Methods of plain values: text, lists, dicts, sets, numbers, paths. Only those without side effects outside."""

import ast
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import assignments, files, operators
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.subscripts import hashable
from analyzer.facts.evaluator.texts import MAX_TEXT, text_of
from analyzer.facts.evaluator.values import (
    Foreign,
    FromEnv,
    Instance,
    NotPlain,
    PartialText,
    Unresolved,
    Value,
    all_env,
    is_abstract,
    plain,
    unresolved,
    wrap,
)
from analyzer.model.quick_dataclass import dataclass

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


@dataclass(frozen=True, slots=True, eq=False)
class MethodOf:
    """A method taken from a plain value, not yet called."""

    receiver: Value
    name: str


def has_method(data: Any, name: str) -> bool:
    """Whether plain data of this type has a public method of that name."""
    return not name.startswith("_") and callable(getattr(type(data), name, None))


def call(interp: "Interpreter", method: MethodOf, args: list[Value], kwargs: dict[str, Value]) -> Value:
    """Call a method of a plain value.

    Raises:
        Raised: what Python would raise.
    """
    receiver, name = method.receiver, method.name
    data = receiver.data
    if isinstance(data, Instance) and isinstance(data.payload, dict):
        data = data.payload
    if isinstance(data, list):
        return _of_list(interp, data, name, args, kwargs, receiver)
    if isinstance(data, dict):
        return _of_dict(interp, data, name, args, kwargs, receiver)
    if isinstance(data, set):
        return _of_set(data, name, args, receiver)
    if isinstance(data, PurePosixPath):
        return files.path_method(interp, data, name, args, kwargs, receiver.env)
    if isinstance(data, FromEnv | PartialText):
        return _of_unknown_text(receiver, name, args)
    if isinstance(data, str):
        return _of_text(interp, data, name, args, kwargs, receiver)
    return _pure(interp, data, name, args, kwargs, receiver)


def _pure(
    interp: "Interpreter", data: Any, name: str, args: list[Value], kwargs: dict[str, Value], receiver: Value
) -> Value:
    env = receiver.env.union(*(all_env(a) for a in args), *(all_env(a) for a in kwargs.values()))
    if isinstance(data, Foreign):
        data = data.plain_payload
    elif isinstance(data, tuple):
        return _of_list(interp, list(data), name, args, kwargs, receiver)
    try:
        numbers = [plain(a) for a in args]
        named = {k: plain(v) for k, v in kwargs.items()}
    except NotPlain:
        return Value(Unresolved(f"result of .{name}() of what the scan cannot tell"), env)
    if isinstance(data, str | bytes | int) and _grown(data, name, [*numbers, *named.values()]) > MAX_TEXT:
        return Value(Unresolved("limit: size of a text"), env)
    try:
        return wrap(getattr(data, name)(*numbers, **named), env)
    except Exception as error:
        raise Raised(type(error).__name__, str(error), env, interp.where) from None


_CODECS = frozenset({"utf-8", "utf8", "ascii", "latin-1", "latin1", "iso-8859-1"})
"""Those that take time and room by the length of the text alone."""


def _grown(text: str | bytes | int, name: str, arguments: list[Any]) -> int:
    """How large the result can be of a method that fills a text up, or puts one text many times into another.

    What takes longer than that says counts as too large.
    """
    if isinstance(text, int):
        return max((one for one in arguments if isinstance(one, int)), default=0) if name == "to_bytes" else 0
    match name, arguments:
        case "replace", [str() | bytes() as old, str() | bytes() as new, *_] if type(old) is type(text):
            return text.count(old) * len(new)  # type: ignore[arg-type]
        case "join", [list() | tuple() | set() | frozenset() | dict() | str() | bytes() as parts]:
            return len(text) * len(parts) + sum(len(part) for part in parts if isinstance(part, str | bytes))
        case "translate", [dict() as table]:
            return len(text) * max((len(new) for new in table.values() if isinstance(new, str)), default=0)
        case "encode" | "decode", [str() as codec, *_] if codec.lower().replace("_", "-") not in _CODECS:
            return MAX_TEXT + 1
        case "expandtabs", [int() as width]:
            return len(text) * width
        case "ljust" | "rjust" | "center" | "zfill", [int() as width, *_]:
            return width
        case _:
            return 0


def _of_text(
    interp: "Interpreter", text: str, name: str, args: list[Value], kwargs: dict[str, Value], receiver: Value
) -> Value:
    if name == "join" and args:
        parts = assignments.spread(args[0])
        if parts is None or any(is_abstract(p) for p in parts):
            if parts is None:
                return Value(
                    Unresolved("joined from what the scan cannot tell", "text"), all_env(args[0]) | receiver.env
                )
            pieces: list[str | Value] = []
            for part in parts:
                pieces += [text, part] if pieces else [part]
            return text_of(pieces)
    if name == "format_map" and args and isinstance(args[0].data, dict):
        return _format(interp, text, [], {k: v for k, v in args[0].data.items() if isinstance(k, str)}, receiver)
    if name == "format_map":
        return Value(
            Unresolved("text formatted at run time", "text"), receiver.env | all_env(args[0]) if args else receiver.env
        )
    if name == "format":
        return _format(interp, text, args, kwargs, receiver)
    return _pure(interp, text, name, args, kwargs, receiver)


def _format(interp: "Interpreter", text: str, args: list[Value], kwargs: dict[str, Value], receiver: Value) -> Value:
    from string import Formatter

    env = receiver.env.union(*(all_env(a) for a in args), *(all_env(a) for a in kwargs.values()))
    pieces: list[str | Value] = []
    counter = 0
    try:
        for literal, field, spec, conversion in Formatter().parse(text):
            pieces.append(literal)
            if field is None:
                continue
            if spec or conversion or any(c in field for c in ".["):
                return Value(Unresolved("text formatted at run time", "text"), env)
            if field == "":
                field, counter = str(counter), counter + 1
            value = args[int(field)] if field.isdigit() else kwargs[field]
            pieces.append(value)
    except (ValueError, IndexError, KeyError) as error:
        raise Raised(type(error).__name__, str(error), env, interp.where) from None
    result = text_of(pieces)
    return Value(result.data, result.env | env)


_LIST_RESULTS = {"split": "list", "rsplit": "list", "splitlines": "list", "partition": "list", "rpartition": "list"}
_BOOL_RESULTS = ("startswith", "endswith", "isdigit", "isnumeric", "isalpha")


def _of_unknown_text(receiver: Value, name: str, args: list[Value]) -> Value:
    data, env = receiver.data, all_env(receiver)
    if name in _BOOL_RESULTS:
        head = data.head if isinstance(data, PartialText) else ""
        if name == "startswith" and args and isinstance(args[0].data, str) and head.startswith(args[0].data):
            return Value(True, env)
        return Value(Unresolved("a condition that the scan cannot tell", "bool"), env)
    if isinstance(data, FromEnv):
        if name in _LIST_RESULTS:
            return Value(FromEnv(data.name, "list"), env)
        if name in ("strip", "lstrip", "rstrip", "lower", "upper", "replace", "title", "removeprefix", "removesuffix"):
            return Value(FromEnv(data.name, data.kind), env)
    if isinstance(data, PartialText) and name in ("strip", "lstrip", "rstrip", "replace"):
        return receiver
    if isinstance(data, PartialText) and name in ("split", "rsplit", "splitlines") and "," not in data.head:
        return Value([receiver] if not args or args[0].data == "," else Unresolved("split text", "list"), env)
    return Value(Unresolved(f"result of .{name}() of what the scan cannot tell", "text"), env)


def _of_list(
    interp: "Interpreter", data: list[Value], name: str, args: list[Value], kwargs: dict[str, Value], receiver: Value
) -> Value:
    from analyzer.facts.evaluator import operators

    match name, args:
        case "append", [item]:
            data.append(item)
        case "extend", [more]:
            operators.binary(interp, ast.Add(), Value(data), more, in_place=True)
        case "insert", [where, item]:
            if isinstance(where.data, int):
                data.insert(where.data, item)
            else:
                data.append(Value(Unresolved("inserted at a position that the scan cannot tell", None), all_env(item)))
        case "remove", [item]:
            index = _index(data, item)
            if index is None:
                raise Raised("ValueError", "list.remove(x): x not in list", item.env, interp.where)
            del data[index]
        case "index", [item, *_]:
            found = _index(data, item)
            if found is None:
                raise Raised("ValueError", "value is not in list", item.env, interp.where)
            return Value(found, item.env)
        case "count", [item]:
            return Value(sum(operators.equal(part, item) is True for part in data))
        case "pop", _:
            position = args[0].data if args else -1
            if not isinstance(position, int) or not -len(data) <= position < len(data):
                raise Raised("IndexError", "pop index out of range", at=interp.where)
            return data.pop(position)
        case "copy", _:
            return Value(list(data), receiver.env)
        case "clear", _:
            data.clear()
        case "reverse", _:
            data.reverse()
        case "sort", _:
            _sort(data, kwargs)
        case _:
            raise Raised("AttributeError", f"'list' object has no attribute {name!r}", at=interp.where)
    return Value(None)


def _sort(data: list[Value], kwargs: dict[str, Value]) -> None:
    if any(is_abstract(part) for part in data) or "key" in kwargs:
        return
    try:
        data.sort(key=plain, reverse=bool(kwargs["reverse"].data) if "reverse" in kwargs else False)
    except (TypeError, NotPlain):
        return


def _index(data: list[Value], item: Value) -> int | None:
    from analyzer.facts.evaluator.operators import equal

    return next((i for i, part in enumerate(data) if equal(part, item) is True), None)


def _of_dict(
    interp: "Interpreter",
    data: dict[Any, Value],
    name: str,
    args: list[Value],
    kwargs: dict[str, Value],
    receiver: Value,
) -> Value:
    env = receiver.env
    if name == "update":
        for source in args:
            pairs = source.data.payload if isinstance(source.data, Instance) else source.data
            if isinstance(pairs, dict | list | tuple):
                interp.spend(len(pairs) // operators.ELEMENTS_A_STEP)
            if isinstance(pairs, dict):
                data.update({k: Value(v.data, v.env | source.env, v.at or interp.where) for k, v in pairs.items()})
            elif isinstance(pairs, list | tuple):
                data.update(
                    {p.data[0].data: p.data[1] for p in pairs if isinstance(p.data, tuple | list) and len(p.data) == 2}
                )
            else:
                interp.problem("a dictionary updated with what the scan cannot tell")
        data.update({k: Value(v.data, v.env, interp.where) for k, v in kwargs.items()})
        return Value(None)
    if name in ("keys", "values", "items", "copy"):
        return {
            "keys": lambda: Value([Value(k, env) for k in data], env),
            "values": lambda: Value(list(data.values()), env),
            "items": lambda: Value([Value((Value(k), v)) for k, v in data.items()], env),
            "copy": lambda: Value(dict(data), env),
        }[name]()
    if name in ("get", "setdefault", "pop") and args:
        return _dict_lookup(interp, data, name, args, kwargs, receiver)
    if name == "clear":
        data.clear()
        return Value(None)
    if name == "popitem" and data:
        return Value(tuple(map(wrap, data.popitem())))
    return unresolved(f"result of .{name}() of a mapping", receiver)


def _dict_lookup(
    interp: "Interpreter",
    data: dict[Any, Value],
    name: str,
    args: list[Value],
    kwargs: dict[str, Value],
    receiver: Value,
) -> Value:
    key = args[0]
    default = args[1] if len(args) > 1 else kwargs.get("default")
    if is_abstract(key):
        return Value(Unresolved("looked up with a key that the scan cannot tell"), all_env(key) | receiver.env)
    try:
        wanted = hashable(key)
    except TypeError as error:
        raise Raised("TypeError", str(error), key.env, interp.where) from None
    if wanted in data:
        found = data.pop(wanted) if name == "pop" else data[wanted]
        return Value(found.data, found.env | key.env, found.at)
    if name == "setdefault":
        data[wanted] = Value((default or Value(None)).data, (default or Value(None)).env, interp.where)
        return data[wanted]
    if default is None and name == "pop":
        raise Raised("KeyError", repr(wanted)[:80], receiver.env, interp.where)
    result = default if default is not None else Value(None)
    return Value(result.data, result.env | receiver.env | key.env, result.at)


def _of_set(data: set[Any], name: str, args: list[Value], receiver: Value) -> Value:
    try:
        values = [plain(a) for a in args]
    except NotPlain:
        return unresolved("a set with unknown elements", receiver, *args, kind="set")
    try:
        result = getattr(data, name)(*values)
    except Exception as error:
        raise Raised(type(error).__name__, str(error), receiver.env) from None
    return wrap(result, receiver.env)
