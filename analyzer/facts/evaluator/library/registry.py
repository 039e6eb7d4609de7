"""Models of library functions and classes, by dotted name."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from analyzer.facts.evaluator.values import Klass, Value, wrap
from analyzer.tables import load_json

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

Model: TypeAlias = Callable[["Interpreter", list[Value], dict[str, Value]], Value]
ClassModel: TypeAlias = Callable[["Interpreter", Klass, list[Value], dict[str, Value]], Value | None]

_MODELS: dict[str, Model] = {}
_CLASS_MODELS: dict[str, ClassModel] = {}
_CONSTANTS: dict[str, Any] = {}


def model(*dotted: str) -> Callable[[Model], Model]:
    """Register the model of library functions or classes under their dotted names."""

    def register(function: Model) -> Model:
        for name in dotted:
            _MODELS[name] = function
        return function

    return register


def class_model(*dotted: str) -> Callable[[ClassModel], ClassModel]:
    """Register how classes of the repository that descend from a library class are instantiated."""

    def register(function: ClassModel) -> ClassModel:
        for name in dotted:
            _CLASS_MODELS[name] = function
        return function

    return register


def constants(values: Mapping[str, Any]) -> None:
    """Register plain constants of libraries."""
    _CONSTANTS.update(values)


@cache
def _load() -> None:
    package = importlib.import_module("analyzer.facts.evaluator.library")
    for info in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{info.name}")
    for name, value in django_defaults().items():
        _CONSTANTS[f"django.conf.global_settings.{name}"] = value


@cache
def django_defaults() -> dict[str, Any]:
    """Django's default settings (data/django_defaults.json)."""
    defaults: dict[str, Any] = load_json("analyzer.facts", "django_defaults")["defaults"]
    return defaults


def find(dotted: str) -> Model | None:
    """The model of a library function or class, None when there is none."""
    _load()
    return _MODELS.get(dotted)


def constant(dotted: str) -> Value | None:
    """The value of a library constant, None when it is not known."""
    _load()
    if dotted not in _CONSTANTS:
        return None
    return wrap(_CONSTANTS[dotted])


def star_names(dotted: str) -> dict[str, Value] | None:
    """What `from dotted import *` binds, None when it is not known."""
    _load()
    prefix = f"{dotted}."
    names = {k.removeprefix(prefix): wrap(v) for k, v in _CONSTANTS.items() if k.startswith(prefix)}
    return names or None


def instantiate(interp: "Interpreter", klass: Klass, args: list[Value], kwargs: dict[str, Value]) -> Value | None:
    """An object of a repository class, made by the model of a library class that it descends from; None without one."""
    _load()
    for base in sorted(klass.extern_bases()):
        if base in _CLASS_MODELS:
            return _CLASS_MODELS[base](interp, klass, args, kwargs)
    return None


def class_attribute(interp: "Interpreter", value: Value, klass: Klass, name: str) -> Value | None:
    """An attribute that a repository class inherits from a library class; None when no model knows it."""
    _load()
    for base in sorted(klass.extern_bases()):
        dotted = f"{base}.{name}"
        if dotted in _MODELS or dotted in _CONSTANTS:
            from analyzer.facts.evaluator.values import Extern

            return constant(dotted) or Value(Extern(dotted))
    return None
