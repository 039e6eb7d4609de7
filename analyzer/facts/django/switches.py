"""The variable that makes the settings those of production: `if os.getenv("DB") == "postgres"`, `"DYNO" in os.environ`.

Containers keep no files and have a domain of their own, so production needs it where without it the settings keep to an
SQLite file or refuse the domain. Which variable it is, and with which text, is tried with the settings themselves:
words that they compare a variable with, a backend for a variable called after it, and the marks of other platforms, by
which settings tell production from a laptop.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.django.connections import database_connections
from analyzer.facts.django.drivers import schemes_of_drivers
from analyzer.facts.django.evaluation import EvaluatedSettings, Program, evaluate_once, evaluate_with
from analyzer.facts.django.plain_settings import to_plain
from analyzer.facts.environment_names import matches
from analyzer.facts.evaluator.environment import Assumption, Environment
from analyzer.facts.evaluator.library.service_urls import engine_of_scheme
from analyzer.facts.evaluator.values import all_env
from analyzer.model.connections import Connection, SettingText
from analyzer.model.evidence import Evidence
from analyzer.tables import load_table

DATABASES, HOSTS = "DATABASES", "ALLOWED_HOSTS"
MAX_TRIALS = 8
"""Evaluations of the settings."""
IN_A_FILE = ("sqlite", "spatialite")

Trial = tuple[str, str]
"""A variable and its text."""


def production_switch(program: Program, view: SettingsView) -> SettingText | None:
    """The variable and its text; None where the settings need none. Its `setting` is what it changes."""
    if _kept_in_a_file(view.bare) and (drivers := schemes_of_drivers(program.distributions)):
        trials = list(islice(_database_trials(view, drivers), MAX_TRIALS))
        if trials and not _chosen_without(program, view):
            for name, text in trials:
                if _address(_tried(program, view, name, text)) is not None:
                    return SettingText(variable=name, setting=DATABASES, text=text, evidence=_places(view, name))
    if _refuses_every_domain(view):
        for name, text in islice(_marks(view), MAX_TRIALS):
            if _accepts(_tried(program, view, name, text)):
                return SettingText(variable=name, setting=HOSTS, text=text, evidence=_places(view, name))
    return None


def _tried(program: Program, view: SettingsView, name: str, text: str) -> EvaluatedSettings:
    return evaluate_with(program, view.configured, {name: text})


def _database_trials(view: SettingsView, drivers: tuple[str, ...]) -> Iterator[Trial]:
    """Variables with a text that may choose a server, likely ones first."""
    compared = _compared(view)
    for driver in drivers:
        for name, texts in compared.items():
            yield from ((name, text) for text in texts if text.lower() in _tables()["engines"].get(driver, ()))
    for name in _reads(view):
        if matches("engine", name) and (backend := engine_of_scheme("database", drivers[0], "", {})) is not None:
            yield name, backend
    yield from _marks(view)
    for name, texts in compared.items():
        yield from ((name, text) for text in texts if text.lower() in _tables()["words"]["yes"])
    for name in _reads(view):
        if matches("database_choice", name):
            yield name, "True"


def _marks(view: SettingsView) -> Iterator[Trial]:
    """What says that this is production."""
    for name, texts in _compared(view).items():
        yield from ((name, text) for text in texts if text.lower() in _tables()["words"]["production"])
    for name in _reads(view):
        if name in _tables()["platforms"]:
            yield name, _tables()["platforms"][name]


def _environments(view: SettingsView) -> tuple[Environment, ...]:
    return (view.bare.environment, view.configured.environment)


def _compared(view: SettingsView) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for environment in _environments(view):
        for name, texts in environment.compared.items():
            if not matches("not_production", name):
                found.setdefault(name, []).extend(texts)
    return {name: list(dict.fromkeys(texts)) for name, texts in found.items()}


def _reads(view: SettingsView) -> list[str]:
    names = (name for environment in _environments(view) for name in environment.reads)
    return [name for name in dict.fromkeys(names) if not matches("not_production", name)]


def _kept_in_a_file(settings: EvaluatedSettings) -> bool:
    engine = _engine(settings)
    return engine is not None and any(word in engine for word in IN_A_FILE)


def _chosen_without(program: Program, view: SettingsView) -> bool:
    """Whether the variables of the server's address choose it, so that nothing else has to be said."""
    address = _default(view)
    names = frozenset(name for part in address.parts.values() for name in part.variables) if address else frozenset()
    present = names | frozenset(view.bare.environment.required)
    assumption = Assumption(present=present)
    return _address(evaluate_once(program, view.bare.module, view.bare.path, assumption)) is not None


def _address(settings: EvaluatedSettings) -> Connection | None:
    """The address of the default database where a variable says which server it is on."""
    if _kept_in_a_file(settings):
        return None
    found = _default(SettingsView(bare=settings, example=settings, configured=settings))
    parts = [found.parts[key] for key in ("url", "host") if key in found.parts] if found is not None else []
    named = any(part.variables for part in parts)
    return found if named and (_engine(settings) is not None or "url" in (found.parts if found else ())) else None


def _default(view: SettingsView) -> Connection | None:
    return next((c for c in database_connections(view) if c.name == "default"), None)


def _engine(settings: EvaluatedSettings) -> str | None:
    """ENGINE of the default database, where it is plain text."""
    value = settings.namespace.values.get(DATABASES)
    aliases = value.data if value is not None and isinstance(value.data, dict) else {}
    entry = aliases["default"].data if "default" in aliases else None
    engine = entry.get("ENGINE") if isinstance(entry, dict) else None
    return engine.data if engine is not None and isinstance(engine.data, str) else None


def _refuses_every_domain(view: SettingsView) -> bool:
    """Whether ALLOWED_HOSTS is a fixed list, or nothing at all."""
    value = view.configured.namespace.values.get(HOSTS)
    plain = () if value is None else to_plain(value)
    fixed = value is None or not all_env(value)
    return fixed and isinstance(plain, tuple) and "*" not in plain and view.configured.incomplete is None


def _accepts(settings: EvaluatedSettings) -> bool:
    """Whether ALLOWED_HOSTS takes every domain, or one that a variable names."""
    value = settings.namespace.values.get(HOSTS)
    plain = () if value is None else to_plain(value)
    return isinstance(plain, tuple) and ("*" in plain or (value is not None and bool(all_env(value))))


def _places(view: SettingsView, name: str) -> tuple[Evidence, ...]:
    reads = (*view.bare.environment.reads.get(name, ()), *view.configured.environment.reads.get(name, ()))
    return tuple(Evidence(path=read.at.path, line=read.at.line) for read in reads if read.at is not None)[:1]


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return load_table("analyzer.facts", "production_switches")
