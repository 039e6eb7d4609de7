"""Packages that reach a database, in releases that install with the project's Django and that it takes."""

import re
from collections.abc import Mapping
from typing import Any

from packaging.version import Version

from analyzer.model.facts import ProjectFacts
from analyzer.model.version_bounds import is_before
from analyzer.rules.base import Context, add_missing, django_at_least, plain_value
from analyzer.rules.services import value_of
from analyzer.tables import load_table

_ADDRESS = {"ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "TEST", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS"}
_POSTGIS = "django.contrib.gis.db.backends.postgis"
"""The engine of GeoDjango, which an address that begins with postgresql:// does not ask for."""


def postgresql_driver(facts: ProjectFacts) -> str:
    """The requirement that adds a driver of PostgreSQL: psycopg 3 is for Django 4.2 and later."""
    requirement: str = _row(facts, "postgresql")["requirement"]
    return requirement


def add_driver(ctx: Context) -> tuple[str, ...]:
    """The commands that add it where production installs none."""
    known = load_table("analyzer.rules", "drivers")["drivers"]["PG"]
    return () if any(map(ctx.facts.dependencies.has, known)) else add_missing(ctx, postgresql_driver(ctx.facts))


def read_address(ctx: Context, alias: str) -> tuple[str, ...]:
    """The commands that read a database of DATABASES from a variable: DATABASE_URL is that of the first."""
    row = _row(ctx.facts, "url")
    fact = (value_of(ctx.facts.django.databases) or {}).get(alias)
    engine = (fact.configured_engine or fact.engine or "") if fact is not None else ""
    variable = re.sub(r"[^A-Za-z0-9]+", "_", alias).strip("_").upper()
    arguments = [
        *([f'"{variable}_DATABASE_URL"'] if alias != "default" else []),
        *([f'engine="{_POSTGIS}"'] if ".gis." in engine else []),
        "conn_max_age=60",
        *(["conn_health_checks=True"] if checks_connections(ctx.facts) else []),
    ]
    call = f"dj_database_url.config({', '.join(arguments)})"
    line = f'DATABASES["{alias}"].update({call})' if _has_more(ctx, alias) else f'DATABASES["{alias}"] = {call}'
    imports = "import dj_database_url"
    driver = add_driver(ctx) if "sqlite" in engine or "spatialite" in engine or "postg" in engine else ()
    return (*add_missing(ctx, row["requirement"]), *driver, imports, line)


def _has_more(ctx: Context, alias: str) -> bool:
    """Whether the database has keys that no address has (ATOMIC_REQUESTS), which belong to the new one as well.

    OPTIONS are those of one engine.
    """
    setting = plain_value(ctx.setting("DATABASES"))
    config = setting.get(alias) if isinstance(setting, Mapping) else None
    return isinstance(config, Mapping) and bool(set(config) - _ADDRESS) and "OPTIONS" not in config


def checks_connections(facts: ProjectFacts) -> bool:
    """Whether the reader, of the release that the project has or else of the one added, takes `conn_health_checks`."""
    table = load_table("analyzer.rules", "drivers")
    present = facts.dependencies.get("dj-database-url")
    if present is None:
        return bool(_row(facts, "url")["health"])
    return not is_before(present.locked or present.specifier, Version(table["health_since"]))


def _row(facts: ProjectFacts, name: str) -> Mapping[str, Any]:
    """The row for the oldest Django that the project accepts, or for the newest where only that is known."""
    rows: list[Mapping[str, Any]] = load_table("analyzer.rules", "drivers")[name]
    if django_at_least(facts, (0, 0)):
        return next(row for row in rows if django_at_least(facts, tuple(row["django"])))
    wanted = value_of(facts.dependencies.django_version) or ""
    return next(row for row in rows if not is_before(wanted, Version(".".join(map(str, row["django"])))))
