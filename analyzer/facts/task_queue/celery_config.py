"""The configuration of a Celery application, from the code and from the settings that it reads."""

from typing import Any

from analyzer.facts.django.evaluation import EvaluatedSettings
from analyzer.facts.evaluator.imports import load
from analyzer.facts.evaluator.signals import LimitReached, Raised
from analyzer.facts.evaluator.values import Extern, Instance, Klass, Module, Namespace, Value
from analyzer.facts.task_queue.celery_app import FoundApplication
from analyzer.model.evidence import Evidence
from analyzer.tables import load_table


def queue_data() -> dict[str, Any]:
    """data/task_queues.toml"""
    return load_table("analyzer.facts", "task_queues")


_ARGUMENTS = {
    "broker_url": ("broker", "broker_url"),
    "result_backend": ("backend", "result_backend"),
    "task_queues": ("task_queues",),
}


def lookup(
    found: FoundApplication, settings: EvaluatedSettings, option: str
) -> tuple[Value, tuple[Evidence, ...]] | None:
    """One option of the configuration and the lines that set it; None when nothing sets it.

    Precedence as in Celery (celery/app/utils.py, Settings): constructor arguments and changes of `app.conf`, then the
    object that `config_from_object` names, with its namespace. An argument that is None for want of a variable counts
    where nothing else sets the option.
    """
    application = found.application
    unset: tuple[Value, tuple[Evidence, ...]] | None = None
    for argument in _ARGUMENTS.get(option, (option,)):
        value = application.arguments.get(argument)
        if value is not None and value.data is not None:
            return value, (found.evidence,)
        if value is not None and value.env:
            unset = value, (found.evidence,)
    old = queue_data()["celery_old_names"].get(option)
    conf = application.conf.data.payload if isinstance(application.conf.data, Instance) else {}
    for name in (option, old, f"CELERY_{option.upper()}"):
        if name in conf:
            value = conf[name]
            at = value.at
            return value, (Evidence(path=at.path, line=at.line) if at is not None else found.evidence,)
    return _from_source(found, settings, option, old) or unset


def _from_source(
    found: FoundApplication, settings: EvaluatedSettings, option: str, old: str | None
) -> tuple[Value, tuple[Evidence, ...]] | None:
    source = _source_namespace(found, settings)
    if source is None:
        return None
    namespace = found.application.namespace
    names = [f"{namespace}_{option.upper()}"] if namespace else [option, option.upper(), *([old] if old else [])]
    for name in names:
        value = source.values.get(name)
        if value is None:
            continue
        places = source.history.get(name) or ((value.at,) if value.at is not None else ())
        evidence = tuple(Evidence(path=p.path, line=p.line, note=name) for p in reversed(places))
        return value, evidence or (found.evidence,)
    return None


def reads_settings(found: FoundApplication, settings: EvaluatedSettings) -> bool:
    """Whether the application takes its configuration from Django's settings."""
    return _source_namespace(found, settings) is settings.namespace


def _source_namespace(found: FoundApplication, settings: EvaluatedSettings) -> Namespace | None:
    """The namespace of the object that `config_from_object` names."""
    source = found.application.config_source
    if source is None:
        return None
    data = source.data
    if isinstance(data, str):
        dotted = data.replace(":", ".")
        if dotted in ("django.conf.settings", "django.conf"):
            return settings.namespace
        if dotted == settings.module:
            return settings.namespace
        try:
            module = load(found.interpreter, dotted) or load(found.interpreter, dotted.rpartition(".")[0])
        except (Raised, LimitReached):
            return None
        if module is None:
            return None
        attribute = module.namespace.values.get(dotted.rpartition(".")[2])
        return (
            attribute.data.namespace
            if attribute is not None and isinstance(attribute.data, Klass)
            else module.namespace
        )
    if isinstance(data, Extern) and data.dotted.startswith("django.conf"):
        return settings.namespace
    if isinstance(data, Module):
        return settings.namespace if data.path == settings.path else data.namespace
    if isinstance(data, Klass):
        return data.namespace
    if isinstance(data, dict):
        return Namespace(dict(data))
    return None
