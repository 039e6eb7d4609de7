"""Celery applications and their configuration; objects of other queues.

Source: Celery 5.5, celery/app/base.py and the configuration reference.
"""

from dataclasses import field
from typing import TYPE_CHECKING, ClassVar

from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.values import (
    Extern,
    Instance,
    Klass,
    Native,
    OneOf,
    Value,
    Where,
    unresolved,
)
from analyzer.model.quick_dataclass import dataclass

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


class Configuration(dict[str, Value]):
    """`app.conf`: a mapping that is also written by attribute."""

    def on_set(self, interp: "Interpreter", name: str, value: Value) -> None:
        """`app.conf.beat_schedule = …`"""
        self[name] = value

    def attribute(self, interp: "Interpreter", name: str) -> Value | None:
        """`app.conf.beat_schedule`"""
        if name in self:
            return self[name]
        if name == "beat_schedule":
            self[name] = Value({})
            return self[name]
        return None


@dataclass(slots=True, eq=False)
class CeleryApplication:
    """An object made by `Celery(…)`."""

    at: Where | None
    module: str
    arguments: dict[str, Value]
    conf: Value = field(default_factory=lambda: Value(Instance(Extern("celery.conf"), payload=Configuration())))
    config_source: Value | None = None
    namespace: str = ""
    config_at: Where | None = None
    periodic: list[Where] = field(default_factory=list)
    comes_back: ClassVar[bool] = True
    """What a library does with an application, it does in place, and returns the same."""

    def attribute(self, interp: "Interpreter", name: str) -> Value | None:
        """`conf`, `config_from_object`, decorators and signals"""
        match name:
            case "conf":
                return self.conf
            case "config_from_object":
                return Value(Native(name, self._config_from_object))
            case "add_periodic_task":
                return Value(Native(name, self._periodic))
            case "task" | "on_after_configure" | "on_after_finalize" | "connect":
                return Value(Native(name, _decorator))
            case "autodiscover_tasks" | "set_default" | "set_current" | "start" | "finalize":
                return Value(Native(name, lambda interp, args, kwargs: Value(None)))
        return None

    def on_set(self, interp: "Interpreter", name: str, value: Value) -> None:
        """`app.conf = {...}`"""
        if name == "conf" and isinstance(value.data, dict):
            self.conf = Value(Instance(Extern("celery.conf"), payload=Configuration(value.data)))

    def _config_from_object(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        self.config_source = args[0] if args else kwargs.get("obj")
        namespace = kwargs.get("namespace")
        self.namespace = namespace.data if namespace is not None and isinstance(namespace.data, str) else ""
        self.config_at = interp.where
        return Value(None)

    def _periodic(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        if interp.where is not None:
            self.periodic.append(interp.where)
        return Value(None)


def _decorator(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    return (
        args[0] if args else Value(Native("decorator", lambda interp, args, kwargs: args[0] if args else Value(None)))
    )


def _make(interp: "Interpreter", klass: Extern | Klass, args: list[Value], kwargs: dict[str, Value]) -> Value:
    module = interp.frame.module.name if interp.frame is not None else ""
    names = ("main", "loader", "backend", "amqp", "events", "log", "control")
    application = CeleryApplication(interp.where, module, {**dict(zip(names, args, strict=False)), **kwargs})
    interp.state.setdefault("celery", []).append(application)
    if isinstance(klass, Klass):
        _class_options(klass, application)
    return Value(Instance(klass, payload=application), at=interp.where)


def _class_options(klass: Klass, application: CeleryApplication) -> None:
    for name in ("broker", "backend", "include"):
        value = klass.find(name)
        if value is not None:
            application.arguments.setdefault(name, value)


@registry.model(
    "celery.Celery",
    "celery.app.Celery",
    "celery.app.base.Celery",
    "tenant_schemas_celery.app.CeleryApp",
    "celery.app.app_or_default",
)
def celery_application(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`Celery("name", broker=…)`"""
    return _make(interp, Extern("celery.Celery"), args, kwargs)


@registry.class_model("celery.Celery", "celery.app.base.Celery")
def celery_subclass(interp: "Interpreter", klass: Klass, args: list[Value], kwargs: dict[str, Value]) -> Value | None:
    """An application class of the repository"""
    return _make(interp, klass, args, kwargs)


@registry.model("kombu.Queue", "kombu.entity.Queue", "kombu.Exchange")
def queue(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`Queue("name")`: a mapping with the name"""
    name = args[0] if args else kwargs.get("name", Value(None))
    return Value({"name": name})


@registry.model(
    "celery.schedules.crontab", "celery.schedules.schedule", "django_celery_beat.schedulers.DatabaseScheduler"
)
def schedule(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """A schedule: its times do not matter here"""
    return unresolved("a schedule", *args)


def is_application(value: Value) -> bool:
    """Whether the value is (or may be) a Celery application."""
    if isinstance(value.data, OneOf):
        return any(is_application(branch) for _, branch in value.data.branches)
    return isinstance(value.data, Instance) and isinstance(value.data.payload, CeleryApplication)
