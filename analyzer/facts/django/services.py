"""Databases, caches and channel layers, and which variables decide them."""

from collections.abc import Mapping
from typing import Any

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.django.drivers import engine_of_driver, first_engine_of_drivers
from analyzer.facts.django.evaluation import EvaluatedSettings
from analyzer.facts.django.plain_settings import to_plain
from analyzer.facts.evaluator.library.registry import django_defaults
from analyzer.facts.evaluator.library.service_urls import BY_URL
from analyzer.facts.evaluator.operators import describe
from analyzer.facts.evaluator.values import OneOf, Value, all_env, one_of
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, Unresolved
from analyzer.model.facts import CacheFact, DatabaseFact, DependencyFacts

DUMMY = "django.db.backends.dummy"
"""What Django takes where no engine is given (django/db/utils.py, ConnectionHandler.configure_settings)."""
EMPTY = "it is empty until a variable is set, which to Django is its dummy backend"


def databases(view: SettingsView, dependencies: DependencyFacts) -> Answer[Mapping[str, DatabaseFact]]:
    """DATABASES: the engine of each alias.

    Where a URL that the scan cannot know decides the engine, the installed driver does (certainty likely).
    """
    engines = _aliases(view, "DATABASES", "ENGINE")
    if isinstance(engines, Unresolved):
        return engines
    certainty, notes = Certainty.CERTAIN, []
    result: dict[str, DatabaseFact] = {}
    for alias, (engine, configured, env, reason, library) in engines.items():
        by_driver = engine_of_driver(dependencies, library)
        chosen = engine or by_driver or configured or (DUMMY if reason == EMPTY else None)
        if chosen is None:
            return Unresolved(reason=f"engine of {alias!r}: {reason}", evidence=view.evidence("DATABASES"))
        if engine is None:
            certainty = Certainty.LIKELY
            source = "by the installed driver" if by_driver else "with the service variables set"
            notes.append(f"engine of {alias!r} {source}: {reason}")
        by_url = configured or by_driver or first_engine_of_drivers(dependencies, library)
        result[alias] = DatabaseFact(engine=chosen, env=env, configured_engine=by_url or chosen)
    return Fact(value=result, evidence=_noted(view.evidence("DATABASES"), "; ".join(notes)), certainty=certainty)


def caches(view: SettingsView) -> Answer[Mapping[str, CacheFact]]:
    """CACHES: the backend of each alias."""
    backends = _aliases(view, "CACHES", "BACKEND")
    if isinstance(backends, Unresolved):
        return backends
    result: dict[str, CacheFact] = {}
    certainty = Certainty.CERTAIN
    for alias, (backend, configured, env, reason, _) in backends.items():
        if backend is None and configured is None:
            return Unresolved(reason=f"backend of {alias!r}: {reason}", evidence=view.evidence("CACHES"))
        if backend is None:
            certainty = Certainty.LIKELY
        result[alias] = CacheFact(backend=backend or configured, env=env, configured_backend=configured or backend)
    return Fact(value=result, evidence=view.evidence("CACHES"), certainty=certainty)


def channel_layers(view: SettingsView) -> Answer[Mapping[str, str | None]]:
    """CHANNEL_LAYERS: the backend of each alias; empty where channels are not used."""
    if not view.is_set("CHANNEL_LAYERS"):
        return Fact(value={}, evidence=view.evidence("CHANNEL_LAYERS"))
    backends = _aliases(view, "CHANNEL_LAYERS", "BACKEND")
    if isinstance(backends, Unresolved):
        return backends
    return Fact(
        value={alias: backend or configured for alias, (backend, configured, *_) in backends.items()},
        evidence=view.evidence("CHANNEL_LAYERS"),
    )


Alias = tuple[str | None, str | None, tuple[str, ...], str, str]
"""Engine or backend (bare view, configured view), the variables, why it is not known, the library that decides."""


def _aliases(view: SettingsView, setting: str, key: str) -> dict[str, Alias] | Unresolved:
    evidence = view.evidence(setting)
    if not view.is_set(setting):
        reason = view.bare.incomplete
        if reason is not None:
            return Unresolved(
                reason=f"{setting} may be set in a part that is not in the tree: {reason}", evidence=evidence
            )
        default: dict[str, Any] = django_defaults().get(setting) or {}
        if setting == "DATABASES" and not default:
            return Unresolved(reason="DATABASES is not set", evidence=evidence)
        return {alias: (config[key], config[key], (), "", "") for alias, config in default.items()}
    bare = _entries(view.bare, setting)
    example = _entries(view.example, setting)
    configured = _entries(view.configured, setting)
    if bare is None:
        value = view.bare.namespace.values[setting]
        bare = example if example is not None else configured
        if bare is None:
            return Unresolved(reason=f"{setting}: {describe(value)}", evidence=evidence)
    result: dict[str, Alias] = {}
    if not bare and configured:
        for alias, entry in configured.items():
            result[alias] = (None, _name(entry, key)[0], tuple(sorted(all_env(entry))), EMPTY, _library(entry, key))
    for alias, entry in bare.items():
        name, reason = _name(entry, key)
        if name is None and example is not None and alias in example:
            name = _name(example[alias], key)[0]
        other = configured[alias] if configured is not None and alias in configured else entry
        env = tuple(sorted(all_env(entry) | all_env(other)))
        result[alias] = (name, _name(other, key)[0], env, reason, _library(entry, key) or _library(other, key))
    return result


def _entries(settings: EvaluatedSettings, setting: str) -> dict[str, Value] | None:
    """The aliases of a mapping; of undecided branches the first that is a mapping, where all have the same aliases."""
    value = settings.namespace.values.get(setting)
    if value is None:
        return None
    data = value.data
    if isinstance(data, OneOf):
        mappings = [(text, branch.data) for text, branch in data.branches if isinstance(branch.data, dict)]
        same = len({tuple(sorted(map(str, m))) for _, m in mappings}) == 1 and len(mappings) == len(data.branches)
        if not same:
            return None
        return {str(k): one_of((text, m[k]) for text, m in mappings) for k in mappings[0][1]}
    if not isinstance(data, dict):
        return None
    return {str(k): Value(v.data, v.env | value.env, v.at) for k, v in data.items()}


def _library(entry: Value, key: str) -> str:
    """The library that makes the engine of a URL that is not known; "" where no URL decides."""
    engine = entry.data.get(key) if isinstance(entry.data, dict) else None
    kind = getattr(engine.data, "kind", None) if engine is not None else None
    return kind.removeprefix(BY_URL) if isinstance(kind, str) and kind.startswith(BY_URL) else ""


def _name(entry: Value, key: str) -> tuple[str | None, str]:
    """Engine or backend of one alias, and why it is not known."""
    data = entry.data
    if isinstance(data, OneOf):
        found = {_name(branch, key)[0] for _, branch in data.branches}
        return (found.pop(), "") if len(found) == 1 else (None, describe(entry))
    if isinstance(data, dict):
        if not data and key == "ENGINE":
            return (None, EMPTY) if entry.env else (DUMMY, "")
        if key not in data:
            return None, f"no {key} is given"
        plain = to_plain(data[key])
        if isinstance(plain, str):
            return (plain, "") if plain else (None, f"{key} is empty")
        return None, getattr(plain, "reason", "not text")
    return None, describe(entry)


def _noted(evidence: tuple[Evidence, ...], note: str) -> tuple[Evidence, ...]:
    if not note:
        return evidence
    return (Evidence(path=evidence[0].path, line=evidence[0].line, note=note), *evidence[1:])
