"""django-configurations: settings as classes whose values read variables.

Source: django-configurations, configurations/values.py, 2.5.1.
"""

from functools import partial
from typing import TYPE_CHECKING

from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.library.environment_readers import cast_text
from analyzer.facts.evaluator.library.service_urls import config_of_url
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import Extern, Instance, Value
from analyzer.model.quick_dataclass import dataclass

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

_KINDS = {
    "Value": "text", "BooleanValue": "bool", "IntegerValue": "int", "PositiveIntegerValue": "int",
    "FloatValue": "float",
    "DecimalValue": "float", "ListValue": "list", "TupleValue": "list", "SetValue": "list", "DictValue": "dict",
    "EmailValue": "text", "URLValue": "url", "IPValue": "text", "RegexValue": "text", "PathValue": "text",
    "SecretValue": "text", "DatabaseURLValue": "db", "CacheURLValue": "cache", "EmailURLValue": "email",
    "SearchURLValue": "search",
    "BackendsValue": "list", "CastingMixin": "text", "SingleNestedTupleValue": "list", "SingleNestedListValue": "list",
}  # fmt: skip
_NAMES = {
    "DatabaseURLValue": "DATABASE_URL",
    "CacheURLValue": "CACHE_URL",
    "EmailURLValue": "EMAIL_URL",
    "SearchURLValue": "SEARCH_URL",
}


@dataclass(slots=True, eq=False)
class ConfigurationValue:
    """`values.BooleanValue(True, environ_name="DEBUG")` before it is set up."""

    cls: str
    default: Value | None
    options: dict[str, Value]

    def resolve(self, interp: "Interpreter", setting: str) -> Value:
        """The setting's value: the variable's, else the default.

        Raises:
            Raised: ValueError, for a required variable that the program catches.
        """
        kind = _KINDS[self.cls]
        environ = self.options.get("environ")
        if environ is not None and environ.data is False:
            return self._absent()
        prefix = self.options.get("environ_prefix")
        name = self.options.get("environ_name")
        base = name.data if name is not None and isinstance(name.data, str) else _NAMES.get(self.cls, setting)
        text = "DJANGO" if prefix is None and self.cls not in _NAMES else (prefix.data if prefix is not None else None)
        full = f"{text}_{base}" if text else str(base)
        required = self.cls == "SecretValue" or _is_true(self.options.get("environ_required"))
        default = None if required else self._absent()
        value = interp.read_environment(
            full, reader="django-configurations", kind="url" if kind in ("db", "cache", "email") else kind,
            default=default, missing="ValueError" if required else None, cast=kind,
            says=f"ValueError: Value {setting!r} is required to be set as the environment variable '{{name}}'",
        )  # fmt: skip
        if kind in ("db", "cache", "email"):
            config = config_of_url(interp, kind, value, "dj-database-url")
            if config.data == {}:
                return config  # without variable and default there is no alias either
            alias = self.options.get("alias", Value("default"))
            return config if kind == "email" else Value({alias.data: config}, config.env, value.at)
        return cast_text(kind, value) if interp.environment.lookup(full) is not None else value

    def _absent(self) -> Value:
        """The value without a variable: a list or a dictionary without a default of its own is empty."""
        if self.default is not None and self.default.data is not None:
            return self.default
        return Value({"list": [], "dict": {}}.get(_KINDS[self.cls]))


def _is_true(value: Value | None) -> bool:
    return value is not None and value.data is True


def _make(name: str, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    default = args[0] if args else kwargs.get("default")
    made = ConfigurationValue(name, default, kwargs)
    late = kwargs.get("late_binding")
    own = kwargs.get("environ_name")
    if own is not None and isinstance(own.data, str) and not _is_true(late):
        # With a name of its own the value is read at once and the attribute is the plain value.
        try:
            return made.resolve(interp, own.data)
        except Raised:
            pass
    return Value(Instance(Extern(f"configurations.values.{name}"), payload=made), at=interp.where)


for _name in _KINDS:
    registry.model(f"configurations.values.{_name}")(partial(_make, _name))
