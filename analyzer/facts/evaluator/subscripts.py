"""`value[key]`"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import (
    Extern,
    Foreign,
    FromEnv,
    Instance,
    OneOf,
    Unresolved,
    Value,
    all_env,
    is_abstract,
    one_of,
    wrap,
)

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


MAX_PARTS = 1_000
"""Of a key; a part that stands in several places counts each time."""
MAX_KEY_DEPTH = 20


def hashable(key: Value) -> Any:
    """A key as plain hashable data.

    Raises:
        TypeError: when the key cannot be hashed, or has too many parts.
    """
    return _hashable(key, 0, iter(range(MAX_PARTS)))


def _hashable(key: Value, depth: int, budget: Iterator[int]) -> Any:
    data = key.data
    if depth > MAX_KEY_DEPTH or next(budget, None) is None:
        raise TypeError("limit: size of a value")
    if isinstance(data, tuple):
        return tuple(_hashable(part, depth + 1, budget) for part in data)
    hash(data)
    return data


def get(interp: "Interpreter", container: Value, key: Value) -> Value:
    """`container[key]`

    Raises:
        Raised: KeyError, IndexError or TypeError as Python would.
    """
    data = container.data
    env = container.env | key.env
    if isinstance(data, OneOf):
        return one_of((text, get(interp, branch, key)) for text, branch in data.branches)
    if isinstance(data, Extern) and data.dotted == "os.environ":
        if isinstance(key.data, str):
            says = "KeyError: '{name}'"
            return interp.read_environment(key.data, reader="os.environ", missing="KeyError", says=says)
        return Value(Unresolved("a variable whose name the scan cannot tell", "text"), env)
    if isinstance(data, Extern) and data.dotted == "sys.modules":
        return _loaded_module(interp, key)
    if isinstance(data, Instance):
        if hasattr(data.payload, "subscript"):
            result: Value = data.payload.subscript(interp, key)
            return result
        if isinstance(data.payload, dict):
            data = data.payload
    if data is None:
        raise Raised("TypeError", "'NoneType' object is not subscriptable", container.env, interp.where)
    if isinstance(data, Extern):
        return Value(data, env)  # a type such as `list[str]`
    if is_abstract(container) or is_abstract(key):
        name = data.name if isinstance(data, FromEnv) else ""
        return Value(
            FromEnv(name) if name else Unresolved("part of what the scan cannot tell"),
            all_env(container) | all_env(key),
        )
    if isinstance(data, dict):
        return _from_dict(interp, data, key, env)
    if isinstance(data, Foreign):
        try:
            return wrap(data.plain_payload[key.data], env)
        except Exception as error:
            raise Raised(type(error).__name__, str(error), env, interp.where) from None
    if isinstance(data, list | tuple | str | bytes | range | PurePosixPath):
        return _from_sequence(interp, container, key, env)
    if isinstance(data, int | float):
        raise Raised("TypeError", f"{type(data).__name__!r} object is not subscriptable", env, interp.where)
    return Value(Unresolved("part of what the scan cannot tell"), env)


def _loaded_module(interp: "Interpreter", key: Value) -> Value:
    found = next((m for m in interp.modules.values() if m.name == key.data), None)
    return Value(found) if found is not None else Value(Unresolved("a loaded module"))


def _from_dict(interp: "Interpreter", data: dict[Any, Value], key: Value, env: frozenset[str]) -> Value:
    try:
        wanted = hashable(key)
    except TypeError:
        return Value(Unresolved("a key that cannot be hashed"), env)
    if wanted in data:
        found = data[wanted]
        return found if not key.env else Value(found.data, found.env | key.env, found.at)
    factory = data.get("__default_factory__")
    if factory is not None:
        data[wanted] = interp.call(factory, [], {})
        return data[wanted]
    raise Raised("KeyError", repr(wanted)[:80], env, interp.where)


def _from_sequence(interp: "Interpreter", container: Value, key: Value, env: frozenset[str]) -> Value:
    data, index = container.data, key.data
    if isinstance(data, PurePosixPath):
        return Value(Unresolved("part of a path"), env)
    if not isinstance(index, int | slice):
        raise Raised("TypeError", "indices must be integers or slices", env, interp.where)
    try:
        found = data[index]
    except IndexError as error:
        raise Raised("IndexError", str(error), all_env(container), interp.where) from None
    return found if isinstance(found, Value) else Value(found, env)
