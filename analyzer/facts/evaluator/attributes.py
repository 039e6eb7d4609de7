"""`value.name`"""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import imports
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.methods import MethodOf, has_method
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import (
    BoundMethod,
    Extern,
    Foreign,
    FromEnv,
    Function,
    Instance,
    Klass,
    Module,
    Namespace,
    Native,
    OneOf,
    PartialText,
    Unresolved,
    Value,
    all_env,
    one_of,
    unresolved,
    wrap,
)

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

_PROPERTIES = ("property", "cached_property", "functools.cached_property", "classproperty")


def get(interp: "Interpreter", value: Value, name: str) -> Value:
    """`value.name`

    Raises:
        Raised: AttributeError as Python would; for None with the variables that made it None.
    """
    data = value.data
    match data:
        case OneOf():
            return one_of((text, get(interp, branch, name)) for text, branch in data.branches)
        case Module():
            return _of_module(interp, data, name)
        case Extern():
            return _of_extern(interp, data, name)
        case Klass():
            return _of_class(interp, value, data, name)
        case Instance():
            return of_instance(interp, value, data, name)
        case Function() | BoundMethod() | Native() | MethodOf():
            if name == "__name__" and isinstance(data, Function):
                return Value(data.name)
            return unresolved("attribute of a function")
        case Unresolved():
            return Value(Unresolved(data.reason), value.env)
        case FromEnv() | PartialText():
            if has_method("", name):
                return Value(MethodOf(value, name), value.env)
            return Value(Unresolved("part of what the scan cannot tell"), all_env(value))
        case PurePosixPath():
            return _of_path(value, data, name)
        case Foreign():
            return _of_foreign(value, data, name)
        case None:
            raise Raised("AttributeError", f"'NoneType' object has no attribute {name!r}", value.env, interp.where)
        case _:
            if has_method(data, name):
                return Value(MethodOf(value, name), value.env)
            raise Raised("AttributeError", f"no attribute {name!r}", value.env, interp.where)


def _of_module(interp: "Interpreter", module: Module, name: str) -> Value:
    found = module.namespace.values.get(name)
    if found is not None:
        return found
    submodule = imports.load_submodule(interp, module, name)
    if submodule is not None:
        return Value(submodule)
    if name == "__dict__":
        return Value(Instance(Extern("builtins.namespace"), payload=module.namespace.values))
    if "__incomplete__" in module.namespace.values:
        return unresolved(f"{module.name} could not be read completely")
    raise Raised("AttributeError", f"module {module.name!r} has no attribute {name!r}", at=interp.where)


def _of_extern(interp: "Interpreter", extern: Extern, name: str) -> Value:
    dotted = f"{extern.dotted}.{name}"
    if extern.dotted == "django.conf.settings":
        settings = interp.settings or _loading_settings(interp)
        if settings is None:
            return unresolved("django.conf.settings while the settings load")
        found = settings.values.get(name)
        if found is not None:
            return found
        default = registry.constant(f"django.conf.global_settings.{name}")
        if default is not None:
            return default
        if interp.settings is None or "__incomplete__" in settings.values:
            return unresolved(f"settings.{name} is not in the tree")
        raise Raised("AttributeError", f"settings has no attribute {name!r}", at=interp.where)
    if dotted == "sys.argv":
        interp.asked_argv = True
        return wrap(list(interp.argv))
    constant = registry.constant(dotted)
    return constant if constant is not None else Value(Extern(dotted))


def _loading_settings(interp: "Interpreter") -> Namespace | None:
    """The settings module as far as it is loaded: what `django.conf.settings` gives to the module itself."""
    name = interp.environment.written.get("DJANGO_SETTINGS_MODULE")
    module = next((m for m in interp.modules.values() if name is not None and m.name == name.data), None)
    return module.namespace if module is not None else None


def _of_class(interp: "Interpreter", value: Value, klass: Klass, name: str) -> Value:
    found = klass.find(name)
    if found is not None:
        if isinstance(found.data, Function) and "classmethod" in found.data.decorators:
            return Value(BoundMethod(found.data, value))
        return found
    if name == "__name__":
        return Value(klass.name)
    if name == "__dict__":
        return Value(Instance(Extern("builtins.namespace"), payload=klass.namespace.values))
    inherited = registry.class_attribute(interp, value, klass, name)
    if inherited is not None:
        return inherited
    if klass.extern_bases() - {"builtins.object"}:
        return unresolved(f"{klass.name}.{name} comes from a library")
    raise Raised("AttributeError", f"type object {klass.name!r} has no attribute {name!r}", at=interp.where)


def of_instance(interp: "Interpreter", value: Value, instance: Instance, name: str) -> Value:
    """An attribute of an object: its own, the model's, or one of its class (properties are computed).

    Raises:
        Raised: AttributeError, when neither has it.
    """
    if name in instance.attributes:
        return instance.attributes[name]
    hook = getattr(instance.payload, "attribute", None)
    if hook is not None:
        modelled: Value | None = hook(interp, name)
        if modelled is not None:
            return modelled
    if isinstance(instance.payload, dict) and has_method({}, name):
        return Value(MethodOf(value, name))
    klass = instance.klass
    if isinstance(klass, Extern):
        return unresolved(f"{klass.dotted}().{name} is computed at run time")
    if name == "__class__":
        return Value(klass)
    found = klass.find(name)
    if found is None:
        fallback = klass.find("__getattr__")
        if fallback is not None and isinstance(fallback.data, Function) and not name.startswith("__"):
            return interp.call(Value(BoundMethod(fallback.data, value)), [Value(name)], {})
        if klass.extern_bases() - {"builtins.object"}:
            return unresolved(f"{klass.name}.{name} comes from a library")
        raise Raised("AttributeError", f"{klass.name!r} object has no attribute {name!r}", at=interp.where)
    if not isinstance(found.data, Function):
        return found
    if any(d in _PROPERTIES or d.endswith("property") for d in found.data.decorators):
        return interp.call(Value(BoundMethod(found.data, value)), [], {})
    if "staticmethod" in found.data.decorators:
        return found
    receiver = Value(klass) if "classmethod" in found.data.decorators else value
    return Value(BoundMethod(found.data, receiver))


def _of_path(value: Value, path: PurePosixPath, name: str) -> Value:
    if name in ("parent", "name", "stem", "suffix", "root"):
        return Value(getattr(path, name), value.env)
    if name == "parents":
        return Value([Value(p, value.env) for p in path.parents], value.env)
    if name == "parts":
        return Value(tuple(Value(p, value.env) for p in path.parts), value.env)
    return Value(MethodOf(value, name), value.env)


def _of_foreign(value: Value, foreign: Foreign, name: str) -> Value:
    payload: Any = foreign.plain_payload
    if name.startswith("_"):
        return unresolved("a private attribute")
    try:
        attribute = getattr(payload, name)
    except Exception as error:
        raise Raised(type(error).__name__, str(error), value.env) from None
    if callable(attribute):
        return Value(MethodOf(value, name), value.env)
    return wrap(attribute, value.env)
