"""`dataclasses.dataclass`, whose methods are made when they are first used.

The standard decorator compiles up to six methods of each class as soon as its module is imported: half a millisecond
or more a class and 250 classes, which is more time than a small scan may take as a whole. Here the methods that
compare, show and protect an instance are shared, and `__init__` is compiled only for a class that gets more than a few
instances: half of the classes get one or two in a scan, and setting their fields in a loop is quicker than compiling.
All else is the standard library's: `fields`, `replace`, `asdict`, matching,
copying and pickling work, and type checkers see its decorator.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError
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

        Not supported, since nothing here uses it: `__post_init__`, `InitVar`, and methods of the class in place of
        those that are made.
        """

        def decorate(cls: type) -> type:
            if cls.__doc__ is None:
                cls.__doc__ = cls.__name__  # else the standard decorator takes a millisecond to write a signature
            made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
            made.__init__ = _first_init(made, frozen)
            made.__repr__ = _show
            if eq:
                made.__eq__, made.__hash__ = _comparison(made, frozen)
            if frozen:
                made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
                made.__getstate__, made.__setstate__ = _state, _restore
            return made

        return decorate


__all__ = ["dataclass"]

_set = object.__setattr__


_IN_A_LOOP = 10
"""Instances of a class that are made without compiling: the loop takes some microseconds, compiling 100."""


def _first_init(cls: Any, frozen: bool) -> Callable[..., None]:
    """An `__init__` that puts the compiled one in its own place after some instances."""
    made = 0

    def init(self: object, *args: object, **values: object) -> None:
        nonlocal made
        made += 1
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
        positional = [one.name for one in dataclasses.fields(cls) if one.init and not one.kw_only]
        given.update(zip(positional, args, strict=False))
        if len(given) < len(args) + len(values):
            return False
    for one in dataclasses.fields(cls):
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
    for one in dataclasses.fields(cls):
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


def _comparison(cls: Any, frozen: bool) -> tuple[Callable[..., Any], Callable[..., int] | None]:
    """`__eq__` and `__hash__` over the compared fields; what can change has no hash."""
    compared = [one.name for one in dataclasses.fields(cls) if one.compare]
    values: Callable[[Any], Any] = attrgetter(*compared) if compared else lambda _: ()

    def equal(self: object, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    return equal, hashed if frozen else None


@recursive_repr()
def _show(self: Any) -> str:
    values = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({values})"


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        _set(self, one.name, value)
