"""Databases whose server, or a part of whose address, stands in the settings: the app cannot be told the platform's."""

from collections.abc import Iterator, Mapping

from analyzer.model.connections import Connection, ConnectionPart, ConnectionRole
from analyzer.model.facts import ProjectFacts, Unknown
from analyzer.model.plan import DatabaseEngine, PlanNote
from analyzer.plan.databases import Databases
from analyzer.plan.engines import database_places, engine_of, file_engine


def fixed_address_notes(facts: ProjectFacts, databases: Databases) -> Iterator[PlanNote]:
    """Databases whose server the settings name themselves."""
    for one in facts.connections:
        if one.role is not ConnectionRole.DATABASE or databases.of_alias(one.name) is None or "url" in one.parts:
            continue
        if file_engine(_engine_text(one)):
            continue
        host = one.parts.get("host")
        if host is not None and host.variables:
            yield from _fixed_parts(facts, one)
            continue
        if host is None and _is_unknown(facts, one.name):
            continue
        yield PlanNote(
            code="database-address-fixed",
            message=f"DATABASES[{one.name!r}] {_server(one, host)}",
            evidence=database_places(facts, one.name, "HOST", one.evidence),
            remedy="read the whole address from a variable, by dj-database-url for one",
        )


def _server(one: Connection, host: ConnectionPart | None) -> str:
    """What the settings say; without a server the library of PostgreSQL looks for one of its own variables."""
    if host is not None:
        return f"has its server in the code ({host.text}): the app cannot be told the address of its database"
    own = ", unless PGHOST names one" if engine_of(_engine_text(one)) is DatabaseEngine.POSTGRESQL else ""
    return f"has no server: the app looks for the local socket, which its container does not have{own}"


def _engine_text(one: Connection) -> str | None:
    return one.parts["engine"].text if "engine" in one.parts else None


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
