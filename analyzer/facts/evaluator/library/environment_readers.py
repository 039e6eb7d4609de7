"""Libraries that read environment variables; what they are called is data (data/environment_readers.toml)."""

import ast
import json
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, Any

from analyzer.facts.environment_names import can_be_set
from analyzer.facts.evaluator.environment import EnvironmentRead
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.library.service_urls import config_of_url
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import (
    Extern,
    FromEnv,
    Function,
    Instance,
    Klass,
    Native,
    Value,
    all_env,
    is_abstract,
    unresolved,
    wrap,
)
from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

_TRUE = frozenset({"true", "on", "ok", "y", "yes", "1", "t"})
_URL_KINDS = ("db", "cache", "email", "channels", "search")
_CAST_KINDS = {
    "builtins.bool": "bool",
    "builtins.int": "int",
    "builtins.float": "float",
    "builtins.str": "text",
    "builtins.list": "list",
    "builtins.tuple": "list",
    "builtins.dict": "dict",
    "distutils.util.strtobool": "bool",
    "decouple.strtobool": "bool",
    "json.loads": "json",
    "decouple.Csv": "list",
    "prettyconf.casts.List": "list",
    "prettyconf.config.list": "list",
    "prettyconf.config.boolean": "bool",
    "starlette.datastructures.CommaSeparatedStrings": "list",
    "starlette.datastructures.Secret": "text",
    "dj_database_url.parse": "db",
    "django_cache_url.parse": "cache",
    "dj_email_url.parse": "email",
}
_CAST_LIBRARIES = {
    "dj_database_url.parse": "dj-database-url",
    "django_cache_url.parse": "django-cache-url",
    "dj_email_url.parse": "dj-email-url",
}
"""Casts that turn a URL into settings, and the library whose table says how."""


@dataclass(frozen=True, slots=True)
class Library:
    """One row of the data file."""

    name: str
    version: str
    module: str
    constructors: tuple[str, ...]
    functions: tuple[str, ...]
    call: tuple[str, ...]
    method: tuple[str, ...]
    missing: str
    says: str
    bases: tuple[str, ...]
    casts_default: bool
    readers: dict[str, str]
    default_names: dict[str, str]


def libraries() -> list[Library]:
    """The libraries of the data file."""
    rows: list[dict[str, Any]] = load_table("analyzer.facts", "environment_readers")["library"]
    arguments: list[dict[str, Any]] = [
        {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()} for row in rows
    ]
    return [Library(**row) for row in arguments]


@dataclass(slots=True, eq=False)
class Reader:
    """An object that reads variables: `environ.Env(DEBUG=(bool, False))`, `environs.Env()`, decouple's `config`."""

    library: Library
    scheme: dict[str, tuple[str, Value | None]] = field(default_factory=dict)
    """Declared variables: kind and default."""
    prefix: str = ""

    def call(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        """The object called itself."""
        return self.read(interp, "", args, kwargs)

    def attribute(self, interp: "Interpreter", name: str) -> Value | None:
        """A reader method, `prefixed`, `read_env`; None for anything else."""
        if name in self.library.readers:
            return Value(Native(f"{self.library.name}.{name}", partial(_read_method, self, name)))
        if name == "prefixed":
            return Value(Native("prefixed", self._prefixed))
        if name in ("read_env", "read_envfile", "seal"):
            return Value(Native(name, lambda interp, args, kwargs: Value(None)))
        if name in _CAST_NAMES.get(self.library.name, {}):
            return Value(Extern(_CAST_NAMES[self.library.name][name]))
        return None

    def contains(self, interp: "Interpreter", item: Value) -> bool | None:
        """`"X" in env`"""
        if not isinstance(item.data, str):
            return None
        name = self.prefix + item.data
        if not can_be_set(name):
            return False
        interp.environment.record(EnvironmentRead(name, "text", False, None, interp.where, self.library.name))
        return interp.environment.lookup(name) is not None

    def on_set(self, interp: "Interpreter", name: str, value: Value) -> None:
        """`env.prefix = "X_"`"""
        if name == "prefix" and isinstance(value.data, str):
            self.prefix = value.data

    def _prefixed(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        prefix = args[0].data if args and isinstance(args[0].data, str) else ""
        return Value(Instance(Extern("environs.prefixed"), payload=_Prefixed(self, prefix)))

    def read(self, interp: "Interpreter", method: str, args: list[Value], kwargs: dict[str, Value]) -> Value:
        """Read a variable with one of the reader methods ("" is the object itself)."""
        positions = self.library.method if method else self.library.call
        given = dict(zip(positions, args, strict=False))
        given |= {("name" if k in ("var", "option", "name") else k): v for k, v in kwargs.items()}
        name = given.get("name")
        if name is None and method in self.library.default_names:
            name = Value(self.library.default_names[method])
        if name is None or not isinstance(name.data, str):
            return unresolved("a variable whose name the scan cannot tell", *args)
        full = self.prefix + name.data
        kind = self.library.readers[method]
        default = given.get("default")
        if name.data in self.scheme and default is None:
            scheme_kind, default = self.scheme[name.data]
            kind = scheme_kind if kind == "text" else kind
        elif name.data in self.scheme and kind == "text":
            kind = self.scheme[name.data][0]
        cast = given.get("cast")
        if cast is not None and cast.data is not None:
            kind = cast_kind(cast) or kind
        value = interp.read_environment(
            full,
            reader=self.library.name,
            kind="url" if kind in _URL_KINDS else kind,
            default=default,
            missing=self.library.missing or None,
            says=self.library.says,
            missing_bases=self.library.bases,
            cast=method or (kind if kind in _URL_KINDS else ""),
        )
        absent = default is not None and interp.environment.lookup(full) is None
        result = self._cast(interp, kind, cast, value, absent)
        engine = given.get("engine") or given.get("backend")
        if kind in _URL_KINDS and engine is not None and isinstance(engine.data, str) and isinstance(result.data, dict):
            result.data["ENGINE" if kind == "db" else "BACKEND"] = engine
        return result

    def _cast(self, interp: "Interpreter", kind: str, cast: Value | None, value: Value, is_default: bool) -> Value:
        if cast is not None and isinstance(cast.data, Function) and (not is_default or self.library.casts_default):
            if isinstance(value.data, FromEnv):
                value = Value(FromEnv(value.data.name), value.env, value.at)
            result = interp.call(cast, [value], {})
            return Value(result.data, result.env | value.env, value.at)
        if kind in _URL_KINDS:
            dotted = cast.data.dotted if cast is not None and isinstance(cast.data, Extern) else ""
            return config_of_url(interp, kind, value, _CAST_LIBRARIES.get(dotted, self.library.name))
        if is_default and not self.library.casts_default:
            return value
        return cast_text(kind, value)


@dataclass(slots=True, eq=False)
class _Prefixed:
    """`with env.prefixed("X_"):`"""

    reader: Reader
    prefix: str
    before: str = ""

    def enter(self) -> Value:
        self.before = self.reader.prefix
        self.reader.prefix += self.prefix
        return Value(None)

    def leave(self) -> None:
        self.reader.prefix = self.before


_CAST_NAMES = {"prettyconf": {"boolean": "prettyconf.config.boolean", "list": "prettyconf.config.list"}}


def _read_method(
    reader: Reader, method: str, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]
) -> Value:
    return reader.read(interp, method, args, kwargs)


def cast_kind(cast: Value) -> str | None:
    """The kind that a cast gives; None when the cast is not known."""
    data = cast.data
    if isinstance(data, Extern):
        return _CAST_KINDS.get(data.dotted)
    if isinstance(data, Instance) and isinstance(data.klass, Extern):
        return _CAST_KINDS.get(data.klass.dotted)
    if isinstance(data, list | tuple):
        return "list"
    if isinstance(data, dict):
        return "dict"
    return None


def cast_text(kind: str, value: Value) -> Value:
    """Plain text as the kind says; anything else as it is."""
    text = value.data
    if not isinstance(text, str):
        if kind == "bool" and isinstance(text, int):
            return Value(bool(text), value.env, value.at)
        return value
    match kind:
        case "bool":
            return Value(text.strip().lower() in _TRUE, value.env, value.at)
        case "int" | "float":
            try:
                return Value(int(text) if kind == "int" else float(text), value.env, value.at)
            except ValueError:
                raise Raised("ValueError", f"{text!r} is not a number", value.env) from None
        case "list":
            parts = [part.strip() for part in text.split(",")]
            return Value([Value(part, value.env) for part in parts if part], value.env, value.at)
        case "dict":
            return Value(_pairs(text, value), value.env, value.at)
        case "json":
            try:
                return wrap(json.loads(text), value.env)
            except ValueError:
                raise Raised("ValueError", "not JSON", value.env) from None
        case _:
            return value


def _pairs(text: str, value: Value) -> dict[str, Value]:
    """`a=1,b=2`, or the literal of a dictionary, as the libraries read it.

    Raises:
        Raised: ValueError, for any other text.
    """
    if text.lstrip().startswith("{"):
        try:
            return {str(k): wrap(v, value.env) for k, v in dict(ast.literal_eval(text.strip())).items()}
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            raise Raised("ValueError", "not a dictionary", value.env) from None
    pairs = [part.split("=", 1) for part in text.split(",") if part]
    if any(len(pair) != 2 for pair in pairs):
        raise Raised("ValueError", "not a dictionary", value.env)
    return {pair[0].strip(): Value(pair[1].strip(), value.env) for pair in pairs}


def _scheme(kwargs: dict[str, Value]) -> dict[str, tuple[str, Value | None]]:
    scheme: dict[str, tuple[str, Value | None]] = {}
    for name, value in kwargs.items():
        if isinstance(value.data, tuple) and len(value.data) == 2:
            scheme[name] = (cast_kind(value.data[0]) or "text", value.data[1])
        else:
            scheme[name] = (cast_kind(value) or "text", None)
    return scheme


def _construct(
    library: Library, name: str, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]
) -> Value:
    prefix = kwargs.pop("prefix", None) if library.name != "django-environ" else None
    return Value(
        Instance(
            Extern(f"{library.module}.{name}"),
            payload=Reader(library, _scheme(kwargs), str(prefix.data) if prefix is not None and prefix.data else ""),
        )
    )


def _construct_subclass(
    library: Library, interp: "Interpreter", klass: Klass, args: list[Value], kwargs: dict[str, Value]
) -> Value:
    return Value(Instance(klass, payload=Reader(library, _scheme(kwargs))))


def _read_function(library: Library, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    return Reader(library).read(interp, "", args, kwargs)


def _read_function_method(
    library: Library, method: str, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]
) -> Value:
    return Reader(library).read(interp, method, args, kwargs)


def _nothing(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    return Value(None)


@registry.model("decouple.Csv", "prettyconf.casts.List")
def csv(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`Csv(cast=…)`: a cast to a list."""
    return Value(Instance(Extern("decouple.Csv"), payload=CsvCast()))


class CsvCast:
    """decouple's `Csv()` called on a text."""

    def call(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        """The parts of a comma separated text."""
        if args and is_abstract(args[0]):
            names = sorted(all_env(args[0]))
            return Value(FromEnv(names[0], "list") if names else args[0].data, all_env(args[0]))
        return cast_text("list", args[0]) if args else Value([])


def _register() -> None:
    for library in libraries():
        for name in library.constructors:
            registry.model(f"{library.module}.{name}")(partial(_construct, library, name))
            registry.class_model(f"{library.module}.{name}")(partial(_construct_subclass, library))
            registry.model(f"{library.module}.{name}.read_env")(_nothing)
        for name in library.functions:
            registry.model(f"{library.module}.{name}")(partial(_read_function, library))
            for method in library.readers:
                if method:
                    registry.model(f"{library.module}.{name}.{method}")(partial(_read_function_method, library, method))
            registry.model(f"{library.module}.{name}.read_env")(_nothing)


_register()
