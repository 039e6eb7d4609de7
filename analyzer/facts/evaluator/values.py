"""The values of the abstract evaluation.

A `Value` wraps plain Python data (scalars; lists, tuples, sets and dicts whose elements are again `Value`s; pure
paths) or one of the marks below for what is not plain: `FromEnv`, `OneOf`, `PartialText`, `Unresolved`, symbols of
other libraries, and functions, classes, instances and modules of the repository.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from itertools import islice
from operator import length_hint
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass

Names: TypeAlias = frozenset[str]
NO_NAMES: Names = frozenset()


class Deciding(str):
    """A variable that decided which value there is, without being that value: where a function returned, or whether
    the variable is set at all.
    """

    __slots__ = ()


MAX_BRANCHES = 8
"""More alternatives than this make a value unresolved: nobody reads a OneOf of nine."""


@dataclass(frozen=True, slots=True)
class Where:
    """A line of a file of the repository."""

    path: RepoPath
    line: int


@dataclass(slots=True, eq=False)
class Value:
    """Plain data or a mark, the variables that had a say in it, and where it was written last."""

    data: Any
    env: Names = NO_NAMES
    at: Where | None = None


@dataclass(frozen=True, slots=True)
class FromEnv:
    """The content of a variable that is set; `kind` is what a cast made of it (text, bool, list, url, …)."""

    name: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A value that the scan cannot tell; `kind` is its type where that much is known."""

    reason: str
    kind: str | None = None
    truthy: bool | None = None


@dataclass(frozen=True, slots=True, eq=False)
class OneOf:
    """Alternatives of a branch that the scan cannot decide, each with the text of its condition."""

    branches: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True, eq=False)
class PartialText:
    """Text of which some parts are known: `str` parts as they are, `Value` parts abstract."""

    parts: tuple["str | Value", ...]

    @property
    def head(self) -> str:
        """The known text before the first unknown part."""
        return self.parts[0] if self.parts and isinstance(self.parts[0], str) else ""


@dataclass(frozen=True, slots=True)
class Extern:
    """A name of a library outside the repository, such as `os.path.join`."""

    dotted: str


@dataclass(slots=True, eq=False)
class Namespace:
    """Names of a module, class or call, with the places where each was written."""

    values: dict[str, Value] = field(default_factory=dict)
    history: dict[str, tuple[Where, ...]] = field(default_factory=dict)

    def bind(self, name: str, value: Value, at: Where | None, *, keep_history: bool = False) -> None:
        """Give `name` a value written at `at`; `keep_history` when the old value lives on in the new one."""
        self.values[name] = value
        if at is not None:
            before = self.history.get(name, ()) if keep_history else ()
            if at not in before:
                self.history[name] = (*before, at)[-12:]


@dataclass(slots=True, eq=False)
class Module:
    """A module of the repository, evaluated or being evaluated."""

    name: str
    path: RepoPath
    """The file that was read."""
    namespace: Namespace
    folder: RepoPath
    """Where relative imports resolve from; not the file's folder where the image build moves the file."""
    is_package: bool = False


@dataclass(slots=True, eq=False)
class Function:
    """A function or lambda of the repository, with the scope it was written in."""

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    module: Module
    scopes: tuple[Namespace, ...]
    defaults: dict[str, Value]
    decorators: tuple[str, ...] = ()
    owner: "Klass | None" = None
    """The class that the function is a method of."""


@dataclass(slots=True, eq=False)
class BoundMethod:
    """A function of a class together with the object or class it was taken from."""

    function: Function
    receiver: Value


@dataclass(slots=True, eq=False)
class Native:
    """A callable of the evaluator itself: receives the interpreter's call context."""

    name: str
    call: Callable[..., Value]


@dataclass(slots=True, eq=False)
class Klass:
    """A class of the repository; `bases` are `Klass` or `Extern`."""

    name: str
    bases: tuple["Klass | Extern", ...]
    namespace: Namespace
    module: Module
    annotations: dict[str, ast.expr] = field(default_factory=dict)
    order: "tuple[Klass, ...]" = field(default=(), init=False)
    """The lineage, as soon as it has been asked for."""

    def lineage(self) -> "tuple[Klass, ...]":
        """The classes of the repository in method resolution order (left to right, depth first, the last repeat)."""
        if not self.order:
            inherited = [klass for base in self.bases if isinstance(base, Klass) for klass in base.lineage()]
            self.order = (self, *reversed(dict.fromkeys(reversed(inherited))))
        return self.order

    def extern_bases(self) -> set[str]:
        """Dotted names of the library classes that this class descends from."""
        return {base.dotted for klass in self.lineage() for base in klass.bases if isinstance(base, Extern)}

    @property
    def is_enum(self) -> bool:
        """Whether the class is an enumeration (`enum` or Django's choices)."""
        return any(base.rsplit(".", 1)[-1] in ENUMERATIONS for base in self.extern_bases())

    def members(self) -> "list[Value]":
        """The members of an enumeration, in order."""
        return [v for v in self.namespace.values.values() if isinstance(v.data, Instance) and v.data.klass is self]

    def find(self, name: str) -> Value | None:
        """The class attribute of that name, from the nearest class that has it."""
        for klass in self.lineage():
            if name in klass.namespace.values:
                return klass.namespace.values[name]
        return None


@dataclass(slots=True, eq=False)
class Instance:
    """An object of a repository class, or of a library class that the evaluator models (then `klass` is Extern)."""

    klass: Klass | Extern
    attributes: dict[str, Value] = field(default_factory=dict)
    payload: Any = None
    """What the library model keeps about the object."""


ENUMERATIONS = frozenset({"Enum", "StrEnum", "IntEnum", "TextChoices", "IntegerChoices", "Choices", "Flag"})
"""Last part of the dotted names of library classes whose subclasses are enumerations."""

RANDOM = "random at each start"
"""End of the reason of an unresolved value that differs at each start."""

ABSTRACT = (FromEnv, Unresolved, OneOf, PartialText)


def known(data: Any, *sources: Value, at: Where | None = None) -> Value:
    """Wrap plain data; the variables of `sources` had a say in it."""
    return Value(data, union(sources), at)


def unresolved(reason: str, *sources: Value, kind: str | None = None, truthy: bool | None = None) -> Value:
    """A value that cannot be told, because of `reason`."""
    return Value(Unresolved(reason, kind, truthy), union(sources))


def union(sources: Iterable[Value]) -> Names:
    """The variables that had a say in any of the values."""
    names = NO_NAMES
    for source in sources:
        if source.env:
            names = names | source.env
    return names


def is_abstract(value: Value) -> bool:
    """Whether the value itself (not its elements) cannot be told."""
    return isinstance(value.data, ABSTRACT)


def truth(value: Value) -> bool | None:
    """Truth of a value in a condition, None when it cannot be told."""
    data = value.data
    match data:
        case FromEnv(kind="text" | "url" | "list"):
            return True
        case FromEnv():
            return None
        case Unresolved():
            return data.truthy
        case OneOf():
            truths = {truth(branch) for _, branch in data.branches}
            return truths.pop() if len(truths) == 1 else None
        case PartialText():
            return True if any(isinstance(p, str) and p for p in data.parts) else None
        case Extern() | Module() | Function() | BoundMethod() | Native() | Klass() | Instance() | PurePosixPath():
            return True
        case _:
            try:
                return bool(data)
            except Exception:
                return None


_SCALARS = (str, bytes, int, float, complex, bool, type(None), PurePosixPath)


class NotPlain(Exception):
    """Raised by `plain` when a part of a value is not plain data."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


MAX_PARTS = 50_000
"""Parts of one value that are visited; a part that stands in several places counts each time."""
CHARACTERS_A_PART = 20
"""Of a text, which counts for as many parts as it is long."""
MAX_WORK = 10_000_000
"""Parts that are visited between two steps."""


class Work:
    """What the values cost: an evaluation can go through all parts of one again and again in a single step."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts = 0
        """Visited since the interpreter counted them last."""


WORK = Work()


def plain(value: Value) -> Any:
    """The value as ordinary Python data, all the way down.

    Raises:
        NotPlain: when it, or a part of it, is abstract or an object of the evaluator; when it is too large or deep.
    """
    if isinstance(value.data, _SCALARS):
        return value.data
    if WORK.parts > MAX_WORK:
        raise NotPlain(value)
    budget = iter(range(MAX_PARTS))
    try:
        return _plain(value, 0, budget)
    finally:
        WORK.parts += MAX_PARTS - length_hint(budget)


def _plain(value: Value, depth: int, budget: Iterator[int]) -> Any:
    data = value.data
    if depth > 40 or next(budget, None) is None:
        raise NotPlain(value)
    if isinstance(data, _SCALARS):
        if isinstance(data, str | bytes) and len(data) > CHARACTERS_A_PART:
            all(True for _ in islice(budget, len(data) // CHARACTERS_A_PART))  # the same long text may stand anywhere
        return data
    if isinstance(data, list | tuple):
        return type(data)(_plain(v, depth + 1, budget) for v in data)
    if isinstance(data, dict):
        return {k: _plain(v, depth + 1, budget) for k, v in data.items()}
    if isinstance(data, set | frozenset | range | slice):
        return data
    payload = getattr(data, "plain_payload", None)
    if payload is not None:
        return payload
    raise NotPlain(value)


@dataclass(frozen=True, slots=True, eq=False)
class Foreign:
    """A real object of a harmless library type (a regular expression, a date, a parsed URL) made by a pure call."""

    plain_payload: Any


def wrap(data: Any, env: Names = NO_NAMES) -> Value:
    """Ordinary Python data as a `Value`, all the way down; objects of other types become `Foreign`."""
    if isinstance(data, _SCALARS):
        return Value(data, env)
    budget = iter(range(MAX_PARTS))
    wrapped = _wrap(data, env, 0, budget)
    WORK.parts += MAX_PARTS - length_hint(budget)
    return wrapped


def _wrap(data: Any, env: Names, depth: int, budget: Iterator[int]) -> Value:
    if depth > 40 or next(budget, None) is None:
        return Value(Unresolved("limit: size of a value"), env)
    if isinstance(data, _SCALARS):
        return Value(data, env)
    if type(data) in (list, tuple):
        return Value(type(data)(_wrap(v, env, depth + 1, budget) for v in data), env)
    if isinstance(data, dict):
        return Value({k: _wrap(v, env, depth + 1, budget) for k, v in data.items()}, env)
    if isinstance(data, set | frozenset | range):
        return Value(data, env)
    return Value(Foreign(data), env)


_COMPOUND = (list, tuple, dict, OneOf, PartialText)


def _parts(data: Any) -> "Iterable[Value]":
    """The values that a value is made of."""
    match data:
        case list() | tuple():
            return data
        case dict():
            return data.values()
        case OneOf(branches=branches):
            return (branch for _, branch in branches)
        case PartialText(parts=pieces):
            return (piece for piece in pieces if isinstance(piece, Value))
        case _:
            return ()


def all_env(value: Value) -> Names:
    """The variables that had a say in the value or any of its parts."""
    names = value.env
    todo, seen = [value], set[int]()
    while todo:
        part = todo.pop()
        data = part.data
        if part.env:
            names = names | part.env
        if type(data) is FromEnv:
            names = names | {data.name}
        elif type(data) in _COMPOUND and id(data) not in seen:
            seen.add(id(data))
            before = len(todo)
            todo.extend(_parts(data))
            WORK.parts += len(todo) - before
            if WORK.parts > MAX_WORK:
                break
    return names


# Tuples, since `A | B` is made anew each time that it is evaluated, and values are compared and copied very often.
_SEQUENCES = (list, tuple)
_COLLECTIONS = (list, tuple, dict)
_MUTABLE = (list, dict, set, Instance)
_NEVER_THE_SAME = (OneOf, PartialText, Function, Klass, Instance, Module, Native, BoundMethod, Foreign)


def same(a: Value, b: Value) -> bool:
    """Structural equality; abstract values are equal only to an equal mark."""
    return _same(a, b, 0, set())


def _same(a: Value, b: Value, depth: int, seen: set[tuple[int, int]]) -> bool:
    x, y = a.data, b.data
    if x is y or (id(x), id(y)) in seen:  # one difference ends the comparison, so what was seen is the same so far
        return True
    if type(x) is not type(y) or depth > 20:
        return False
    if isinstance(x, _COLLECTIONS):
        seen.add((id(x), id(y)))
        WORK.parts += len(x)
    if isinstance(x, _SEQUENCES):
        return len(x) == len(y) and all(_same(p, q, depth + 1, seen) for p, q in zip(x, y, strict=True))
    if isinstance(x, dict):
        return list(x) == list(y) and all(_same(x[k], y[k], depth + 1, seen) for k in x)
    if isinstance(x, _NEVER_THE_SAME):
        return False
    return bool(x == y)


def join(condition: str, if_true: Value, if_false: Value) -> Value:
    """The value after a branch that cannot be decided."""
    if same(if_true, if_false):
        return if_true
    branches: list[tuple[str, Value]] = []
    for text, value in ((condition, if_true), (f"not ({condition})", if_false)):
        if isinstance(value.data, OneOf):
            branches += [(f"{text} and {inner}", v) for inner, v in value.data.branches]
        else:
            branches.append((text, value))
    distinct: list[tuple[str, Value]] = []
    for text, value in branches:
        if not any(same(value, other) for _, other in distinct):
            distinct.append((text, value))
    env = if_true.env | if_false.env
    if len(distinct) == 1:
        return Value(distinct[0][1].data, env, distinct[0][1].at)
    if len(distinct) > MAX_BRANCHES:
        return Value(Unresolved("limit: too many alternatives"), env, if_true.at)
    return Value(OneOf(tuple(distinct)), env, if_true.at or if_false.at)


def one_of(choices: Iterable[tuple[str, Value]]) -> Value:
    """Join any number of alternatives."""
    items = list(choices)
    result = items[-1][1]
    for condition, value in reversed(items[:-1]):
        result = join(condition, value, result)
    return result


def copy_value(value: Value, memo: dict[int, Any]) -> Value:
    """A copy whose mutable containers are its own, shared where the original shared them."""
    data = value.data
    if isinstance(data, _MUTABLE):
        if id(data) not in memo:
            memo[id(data)] = _copy_container(data, memo)
        return Value(memo[id(data)], value.env, value.at)
    if isinstance(data, tuple):
        if id(data) not in memo:
            WORK.parts += len(data)
            memo[id(data)] = tuple(copy_value(v, memo) for v in data)
        return Value(memo[id(data)], value.env, value.at)
    return value


def _copy_container(data: Any, memo: dict[int, Any]) -> Any:
    WORK.parts += 1 if isinstance(data, Instance) else len(data)
    if isinstance(data, list):
        fresh: list[Value] = []
        memo[id(data)] = fresh
        fresh.extend(copy_value(v, memo) for v in data)
        return fresh
    if isinstance(data, dict):
        mapping: dict[Any, Value] = {}
        memo[id(data)] = mapping
        mapping.update({k: copy_value(v, memo) for k, v in data.items()})
        return mapping
    if isinstance(data, Instance):
        instance = Instance(data.klass, {}, data.payload)
        memo[id(data)] = instance
        instance.attributes.update({k: copy_value(v, memo) for k, v in data.attributes.items()})
        return instance
    return set(data)


def copy_namespace(namespace: Namespace, memo: dict[int, Any]) -> Namespace:
    """A copy of a namespace in which nothing mutable is shared with the original."""
    return Namespace({k: copy_value(v, memo) for k, v in namespace.values.items()}, dict(namespace.history))
