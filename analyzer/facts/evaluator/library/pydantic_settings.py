"""pydantic-settings: a class whose fields are variables.

Source: pydantic-settings documentation, 2.12; `BaseSettings` of pydantic 1 reads the same way.
"""

import ast
from typing import TYPE_CHECKING

from analyzer.facts.evaluator import attributes
from analyzer.facts.evaluator.frames import Frame
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.library.environment_readers import cast_text
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import Extern, FromEnv, Instance, Klass, Native, Value, unresolved

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

_KINDS = {
    "bool": "bool", "int": "int", "float": "float", "list": "list", "List": "list", "set": "list", "tuple": "list",
    "dict": "dict", "Dict": "dict", "AnyUrl": "url", "AnyHttpUrl": "url", "HttpUrl": "url", "PostgresDsn": "url",
    "RedisDsn": "url", "AmqpDsn": "url",
}  # fmt: skip
_SAYS = "pydantic_core._pydantic_core.ValidationError: 1 validation error for {model}: {field}: Field required"
"""The lines of its message on one."""


class FieldInfo:
    """`Field(default, alias=…)`"""

    def __init__(self, args: list[Value], kwargs: dict[str, Value]) -> None:
        self.kwargs = kwargs
        self.default = args[0] if args else kwargs.get("default")

    @property
    def aliases(self) -> list[str]:
        """Names of variables given by `alias`, `validation_alias` or `env`."""
        names: list[str] = []
        for key in ("validation_alias", "alias", "env"):
            value = self.kwargs.get(key)
            parts = value.data if value is not None and isinstance(value.data, list | tuple) else [value]
            names += [p.data for p in parts if p is not None and isinstance(p.data, str)]
        return names


class Secret:
    """A text that is shown only when it is asked for."""

    def __init__(self, value: Value) -> None:
        self.value = value

    def attribute(self, interp: "Interpreter", name: str) -> Value | None:
        """`secret.get_secret_value`; None for anything else."""
        return Value(Native(name, lambda *_: self.value)) if name == "get_secret_value" else None


@registry.model("pydantic.Field", "pydantic.fields.Field")
def make_field(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`Field(…)`"""
    return Value(Instance(Extern("pydantic.Field"), payload=FieldInfo(args, kwargs)))


@registry.model("pydantic.AliasChoices")
def alias_choices(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`AliasChoices("A", "B")`"""
    return Value(list(args))


@registry.model("pydantic_settings.SettingsConfigDict", "pydantic.ConfigDict")
def config_dict(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`SettingsConfigDict(env_prefix="APP_")`"""
    return Value(dict(kwargs))


def _option(klass: Klass, name: str) -> str:
    """An option of the settings class, such as `env_prefix`; "" where it is not set."""
    config = klass.find("model_config")
    if config is not None and isinstance(config.data, dict) and name in config.data:
        return str(config.data[name].data or "")
    inner = klass.find("Config")
    if inner is not None and isinstance(inner.data, Klass):
        value = inner.data.find(name)
        if value is not None and isinstance(value.data, str):
            return value.data
    return ""


def _kind(annotation: ast.expr) -> str:
    names = [n.id for n in ast.walk(annotation) if isinstance(n, ast.Name)]
    return next((_KINDS[name] for name in names if name in _KINDS), "text")


@registry.class_model(
    "pydantic_settings.BaseSettings",
    "pydantic.BaseSettings",
    "pydantic_settings.main.BaseSettings",
    "pydantic.v1.BaseSettings",
)
def settings_object(interp: "Interpreter", klass: Klass, args: list[Value], kwargs: dict[str, Value]) -> Value | None:
    """`Settings()`: every annotated field read from the environment, in upper case with the prefix."""
    instance = Instance(klass)
    prefix = _option(klass, "env_prefix")
    given = kwargs.get("_env_prefix")
    if given is not None and isinstance(given.data, str):
        prefix = given.data
    lineage = klass.lineage()
    for owner in reversed(lineage):
        for name, annotation in owner.annotations.items():
            if name in ("model_config", "Config") or name.startswith("_") or "ClassVar" in ast.dump(annotation):
                continue
            instance.attributes[name] = kwargs.get(name) or _field(interp, klass, name, annotation, prefix)
    _post_init(interp, klass, Value(instance))
    return Value(instance)


def _field(interp: "Interpreter", klass: Klass, name: str, annotation: ast.expr, prefix: str) -> Value:
    written = klass.find(name)
    info = written.data.payload if written is not None and isinstance(written.data, Instance) else None
    names = [prefix + name.upper()]
    default = written
    if isinstance(info, FieldInfo):
        names = info.aliases or names
        default = info.default
        factory = info.kwargs.get("default_factory")
        if factory is not None:
            default = interp.call(factory, [], {})
    if default is not None and default.data is Ellipsis:
        default = None
    nested = _nested_settings(interp, klass, annotation)
    delimiter = _option(klass, "env_nested_delimiter")
    if nested is not None and delimiter:
        return _nested_fields(interp, nested, default, names[0].upper() + delimiter)
    if nested is not None and default is None:
        return interp.call(Value(nested), [], {})
    kind = _kind(annotation)
    variable = next((n.upper() for n in names if interp.environment.lookup(n.upper()) is not None), names[0].upper())
    shown = info.aliases[0] if isinstance(info, FieldInfo) and info.aliases else name
    value = interp.read_environment(
        variable, reader="pydantic-settings", kind=kind, default=default, missing="ValidationError",
        missing_bases=("ValueError",), says=_SAYS.format(model=klass.name, field=shown),
    )  # fmt: skip
    if any(isinstance(n, ast.Name) and n.id in ("SecretStr", "SecretBytes") for n in ast.walk(annotation)):
        return Value(Instance(Extern("pydantic.SecretStr"), payload=Secret(value)), value.env, value.at)
    if isinstance(value.data, FromEnv) or interp.environment.lookup(variable) is None:
        return value
    return cast_text("json" if kind in ("list", "dict") else kind, value)


def _nested_fields(interp: "Interpreter", nested: Klass, default: Value | None, prefix: str) -> Value:
    """A model inside the settings whose fields are variables of their own: `CACHE__URL` with the delimiter `__`."""
    instance = Instance(nested)
    given = default.data.attributes if default is not None and isinstance(default.data, Instance) else {}
    for owner in reversed(nested.lineage()):
        for name, annotation in owner.annotations.items():
            own = given.get(name) or nested.find(name)
            if own is not None and isinstance(own.data, Instance) and isinstance(own.data.payload, FieldInfo):
                own = own.data.payload.default
            instance.attributes[name] = interp.read_environment(
                prefix + name.upper(), reader="pydantic-settings", kind=_kind(annotation), default=own,
                missing="ValidationError", missing_bases=("ValueError",),
                says=_SAYS.format(model=nested.name, field=name),
            )  # fmt: skip
    return Value(instance)


def _nested_settings(interp: "Interpreter", klass: Klass, annotation: ast.expr) -> Klass | None:
    """The class of a field that is itself a settings or model class of the repository."""
    if not isinstance(annotation, ast.Name):
        return None
    value = Frame(klass.module, klass.module.namespace).lookup(annotation.id)
    return value.data if value is not None and isinstance(value.data, Klass) else None


def _post_init(interp: "Interpreter", klass: Klass, instance: Value) -> None:
    method = klass.find("model_post_init")
    if method is None:
        return
    try:
        interp.call(attributes.of_instance(interp, instance, instance.data, "model_post_init"), [Value(None)], {})
    except Raised:
        interp.problem(f"{klass.name}.model_post_init could not be followed")


@registry.class_model("pydantic.BaseModel", "pydantic.main.BaseModel")
def model_object(interp: "Interpreter", klass: Klass, args: list[Value], kwargs: dict[str, Value]) -> Value | None:
    """A model of plain values"""
    instance = Instance(klass)
    for owner in reversed(klass.lineage()):
        for name in owner.annotations:
            default = klass.find(name)
            if (
                default is not None
                and isinstance(default.data, Instance)
                and isinstance(default.data.payload, FieldInfo)
            ):
                default = default.data.payload.default
            instance.attributes[name] = kwargs.get(name) or default or unresolved(f"field {name}")
    return Value(instance)
