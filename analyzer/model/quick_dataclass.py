"""`dataclasses.dataclass`, whose methods and fields are made when they are first used.

The standard decorator inspects each class and compiles up to six methods of it as soon as its module is imported: half
a millisecond or more a class and 350 classes, which is more time than a small scan may take as a whole. Here the
methods that compare, show and protect an instance are shared, and `__init__` is compiled only for a class that gets
more than a few instances: half of the classes get one or two in a scan, and setting their fields in a loop is quicker
than compiling. The standard library's description of the fields is made when it is asked for: `fields`, `replace`,
`asdict`, matching, copying and pickling work, and type checkers see its decorator.
"""

import dataclasses
import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, kw_only: bool = False, eq: bool = True
    ) -> Callable[[type], type]:
        """Decorate a class; the options and their defaults are the standard decorator's.

        Not supported, since nothing here uses it: `__post_init__`, `InitVar`, `ClassVar`, `KW_ONLY`, and methods of the
        class in place of those that are made.
        """

        def decorate(cls: type) -> type:
            annotations = _annotations(cls)
            given = {name: cls.__dict__[name] for name in annotations if name in cls.__dict__}
            specs = [spec for base in cls.__mro__[:0:-1] for spec in base.__dict__.get("_specs", ())]
            specs += [_Spec(name, given.get(name, MISSING), kw_only) for name in annotations]
            unique = tuple({spec.name: spec for spec in specs}.values())
            members = _shared(frozen, eq) | {
                "_specs": unique,
                "__match_args__": tuple(spec.name for spec in unique if spec.init and not spec.kw_only),
                "__init__": _first_init(frozen),
            }
            for name in ("__dataclass_fields__", "__dataclass_params__"):
                members[name] = _Standard(annotations, given, kw_only)
            if slots:
                return _with_slots(cls, annotations, members)
            for name, member in members.items():
                setattr(cls, name, member)
                if isinstance(member, _Standard):
                    member.__set_name__(cls, name)  # as for a member of the body
            return cls

        return decorate


__all__ = ["dataclass"]

_set = object.__setattr__


_IN_A_LOOP = 10
"""Instances of a class that are made without compiling: the loop takes some microseconds, compiling 100."""


class _Spec:
    """What a class says of one field."""

    __slots__ = ("compare", "default", "default_factory", "init", "kw_only", "name", "repr")

    def __init__(self, name: str, given: Any, kw_only: bool) -> None:
        self.name = name
        if isinstance(given, Field):
            self.default, self.default_factory = given.default, given.default_factory
            self.init, self.repr, self.compare = given.init, given.repr, given.compare
            self.kw_only = kw_only if given.kw_only is MISSING else bool(given.kw_only)
        else:
            self.default, self.default_factory = given, MISSING
            self.init = self.repr = self.compare = True
            self.kw_only = kw_only


class _Standard:
    """An attribute by which the standard library knows the fields of a class, made when somebody looks."""

    def __init__(self, annotations: dict[str, Any], given: dict[str, Any], kw_only: bool) -> None:
        self._arguments = annotations, given, kw_only

    def __set_name__(self, cls: type, name: str) -> None:
        self._cls, self._name = cls, name

    def __get__(self, instance: object, owner: type) -> Any:
        cls, (annotations, given, kw_only) = self._cls, self._arguments
        # The library's own decorator describes the fields of a class that has them and nothing else.
        body = {"__annotations__": annotations, "__module__": cls.__module__, "__doc__": cls.__name__, **given}
        if "__orig_bases__" in vars(cls):
            body["__orig_bases__"] = vars(cls)["__orig_bases__"]  # as of a generic class
        twin = type(cls.__name__, cls.__bases__, body)
        value = getattr(dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(twin), self._name)
        setattr(cls, self._name, value)
        return value


def _annotations(cls: type) -> dict[str, Any]:
    """The annotated names of a class's own body."""
    if sys.version_info >= (3, 14):
        import annotationlib

        return annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)
    annotations: dict[str, Any] = vars(cls).get("__annotations__", {})
    return annotations


def _with_slots(cls: Any, names: dict[str, Any], members: dict[str, Any]) -> Any:
    """The class once more, with a slot for each name, since slots cannot be added to a class that exists."""
    left_out = {"__dict__", "__weakref__", *names}
    body = {name: value for name, value in cls.__dict__.items() if name not in left_out} | members
    inherited = {name for base in cls.__mro__[1:-1] for name in base.__dict__.get("__slots__", ())}
    body["__slots__"] = tuple(name for name in names if name not in inherited)
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _first_init(frozen: bool) -> Callable[..., None]:
    """An `__init__` that puts the compiled one in its own place after some instances."""
    made = 0

    def init(self: object, *args: object, **values: object) -> None:
        nonlocal made
        made += 1
        cls: Any = self.__class__
        if made <= _IN_A_LOOP and _fill(self, cls, args, values):
            return
        compiled = _compile_init(cls, frozen)
        cls.__init__ = compiled
        compiled(self, *args, **values)

    return init


def _fill(self: object, cls: Any, args: tuple[object, ...], values: dict[str, object]) -> bool:
    """Set the fields from the arguments; False where they do not fit, which the compiled `__init__` says better."""
    given = dict(values)
    if args:
        given.update(zip(cls.__match_args__, args, strict=False))
        if len(given) < len(args) + len(values):
            return False
    for one in cls._specs:
        if one.init and one.name in given:
            value = given.pop(one.name)
        elif one.default is not MISSING:
            value = one.default
        elif one.default_factory is not MISSING:
            value = one.default_factory()
        elif one.init:
            return False
        else:
            continue
        _set(self, one.name, value)
    return not given


def _compile_init(cls: Any, frozen: bool) -> Callable[..., None]:
    """The function that the standard decorator would have written."""
    names: dict[str, Any] = {"_set": _set, "_missing": MISSING}
    positional: list[str] = ["self"]
    keywords: list[str] = []
    body = ["pass"]
    for one in cls._specs:
        name, value, default = one.name, one.name, ""
        if one.default is not MISSING:
            names[f"_default_{name}"], default = one.default, f"=_default_{name}"
        elif one.default_factory is not MISSING:
            names[f"_make_{name}"] = one.default_factory
            default, value = "=_missing", f"_make_{name}() if {name} is _missing else {name}"
        if one.init:
            (keywords if one.kw_only else positional).append(name + default)
        elif default:
            value = default[1:] if one.default_factory is MISSING else f"_make_{name}()"
        else:
            continue
        body.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    parameters = ", ".join([*positional, "*", *keywords] if keywords else positional)
    exec(f"def __init__({parameters}):\n " + "\n ".join(body), names)
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


@cache
def _shared(frozen: bool, eq: bool) -> dict[str, Any]:
    """The methods that classes of one kind have in common."""
    members: dict[str, Any] = {"__repr__": _show}
    if eq:
        members |= {"__eq__": _equal, "__hash__": _hash if frozen else None}
    if frozen:
        members |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
        members |= {"__getstate__": _state, "__setstate__": _restore}
    return members


@cache
def _compared(cls: Any) -> Callable[[Any], Any]:
    """What takes the compared values of an instance."""
    names = [one.name for one in cls._specs if one.compare]
    return attrgetter(*names) if names else lambda _: ()


def _equal(self: object, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    cls: Any = self.__class__
    values = _compared(cls)
    return values(self) == values(other)


def _hash(self: object) -> int:
    cls: Any = self.__class__
    return hash(_compared(cls)(self))


@recursive_repr()
def _show(self: Any) -> str:
    values = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in self._specs if one.repr)
    return f"{self.__class__.__qualname__}({values})"


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in self._specs]


def _restore(self: Any, state: list[Any]) -> None:
    for one, value in zip(self._specs, state, strict=True):
        _set(self, one.name, value)
