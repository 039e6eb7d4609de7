"""Databases whose server, or a part of whose address, stands in the settings: the app cannot be told the platform's."""

import re
from collections.abc import Iterator, Mapping

from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.facts import ProjectFacts, Unknown
from analyzer.model.plan import PlanNote
from analyzer.plan.databases import Databases
from analyzer.plan.engines import database_places


def fixed_address_notes(facts: ProjectFacts, databases: Databases) -> Iterator[PlanNote]:
    """Databases whose server the settings name themselves."""
    for one in facts.connections:
        if one.role is not ConnectionRole.DATABASE or databases.of_alias(one.name) is None or "url" in one.parts:
            continue
        host = one.parts.get("host")
        if host is not None and host.variables:
            yield from _fixed_parts(facts, one)
            continue
        if host is None and _is_unknown(facts, one.name):
            continue
        host_text = host.text if host is not None else "the local socket"
        yield PlanNote(
            code="database-address-fixed",
            message=f"DATABASES[{one.name!r}] has its server in the code ({host_text}): the app cannot be told the "
            "address of its database",
            evidence=database_places(facts, one.name, "HOST", one.evidence),
            remedy=f"DATABASES[{one.name!r}] = dj_database_url.config({_variable(one.name)}conn_max_age=600, "
            "conn_health_checks=True), with dj-database-url among the requirements",
        )


def _variable(alias: str) -> str:
    """The argument for the variable of a database that is not the first, which DATABASE_URL is for."""
    return "" if alias == "default" else f'"{re.sub(r"[^A-Za-z0-9]+", "_", alias).upper()}_DATABASE_URL", '


def _is_unknown(facts: ProjectFacts, alias: str) -> bool:
    """Whether the settings name a server that the scan cannot tell."""
    setting = facts.django.settings.get("DATABASES")
    config = setting.configured.get(alias) if setting is not None and isinstance(setting.configured, Mapping) else None
    return isinstance(config, Mapping) and isinstance(config.get("HOST"), Unknown)


def _fixed_parts(facts: ProjectFacts, one: Connection) -> Iterator[PlanNote]:
    """Parts that the settings fix beside a server that a variable names."""
    fixed = {key: one.parts[key].text for key in ("port", "user", "name") if _is_fixed(one, key)}
    if fixed:
        told = ", ".join(f"{key} {text}" for key, text in fixed.items())
        yield PlanNote(
            code="database-parts-fixed",
            message=f"DATABASES[{one.name!r}] has {told} in the code: a managed cluster has its own (port 25060, "
            "user doadmin, database defaultdb)",
            evidence=database_places(facts, one.name, next(iter(fixed)).upper(), one.evidence),
            remedy="read them from variables, or create such a user and database in the cluster",
        )


def _is_fixed(one: Connection, key: str) -> bool:
    return key in one.parts and not one.parts[key].variables
