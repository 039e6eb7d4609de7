"""The scheme that the settings want a database's address to begin with, where not every spelling will do."""

from collections.abc import Iterator, Mapping

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.django.evaluation import EvaluatedSettings, Program, evaluate_with
from analyzer.facts.django.plain_settings import to_plain
from analyzer.model.lazy_pattern import lazy_pattern

GIVEN, OTHER = "postgresql", "postgres"
"""Managed PostgreSQL has an address of the first scheme; libpq and Django's URL readers know both."""
ADDRESS = "user:password@db.example.org:5432/app"
_ASKED = lazy_pattern(rf"{OTHER}:(?!//[\w{{%$<])")
"""The scheme as something is compared with it or replaced: alone, not at the front of an address."""


def address_schemes(program: Program, view: SettingsView) -> Mapping[str, str]:
    """Variables of DATABASES -> the scheme without which the settings lack apps, or the database itself.

    The settings are tried with an address of either scheme, which takes long; only files that have the rarer one in
    their text, and not only as the begin of a whole address, can tell them apart.
    """
    if not any(_ASKED.search(program.repo.text(path) or "") for path in view.configured.files):
        return {}
    names = [name for name in view.env("DATABASES") if view.configured.environment.reads.get(name)]
    return {name: OTHER for name in names if _prefers_other(program, view, name)}


def _prefers_other(program: Program, view: SettingsView, name: str) -> bool:
    given, other = (
        evaluate_with(program, view.configured, {name: f"{scheme}://{ADDRESS}"}) for scheme in (GIVEN, OTHER)
    )
    apps, other_apps = set(_apps(given)), set(_apps(other))
    if apps != other_apps:
        return apps < other_apps
    return not any(map(_is_postgresql, _engines(given))) and any(map(_is_postgresql, _engines(other)))


def _apps(settings: EvaluatedSettings) -> Iterator[str]:
    apps = _plain(settings, "INSTALLED_APPS")
    yield from (app for app in apps if isinstance(app, str)) if isinstance(apps, tuple) else ()


def _engines(settings: EvaluatedSettings) -> Iterator[str]:
    databases = _plain(settings, "DATABASES")
    for database in databases.values() if isinstance(databases, Mapping) else ():
        engine = database.get("ENGINE") if isinstance(database, Mapping) else None
        if isinstance(engine, str):
            yield engine


def _is_postgresql(engine: str) -> bool:
    return "postg" in engine


def _plain(settings: EvaluatedSettings, name: str) -> object:
    value = settings.namespace.values.get(name)
    return None if value is None else to_plain(value)
