"""Which databases the settings need: engines of the aliases of DATABASES, and Redis wherever it is used."""

from collections.abc import Iterator, Mapping

from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.evidence import Answer, Evidence, Fact
from analyzer.model.facts import DatabaseFact, ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import DatabaseEngine, PlanNote
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.tables import table

REPLICA = lazy_pattern(r"(?:^|_)(?:replica|read|reader|readonly|slave|ro)(?:_|$)", 0)
_REDIS = lazy_pattern(r"redis|valkey")
_DUMMY = "django.db.backends.dummy"
"""What Django takes for an empty dictionary."""
_REDIS_ROLES = (ConnectionRole.BROKER, ConnectionRole.RESULTS, ConnectionRole.CHANNELS, ConnectionRole.QUEUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A database that the project needs, and why."""

    engine: DatabaseEngine
    alias: str
    """Of DATABASES; "" for Valkey."""
    rule: str
    evidence: tuple[Evidence, ...]


def relational_needs(facts: ProjectFacts) -> tuple[tuple[Need, ...], tuple[PlanNote, ...]]:
    """One need for each database of DATABASES that a server must keep, the default one first.

    Aliases that share their address, replicas included, are one need.
    """
    answer = facts.django.databases
    if not isinstance(answer, Fact):
        return _without_settings(facts, answer)
    needs: list[Need] = []
    notes: list[PlanNote] = []
    seen: list[frozenset[str]] = []
    for alias in sorted(answer.value, key=lambda alias: alias != "default"):
        address = database_connection(facts, alias)
        variables = _variables(address)
        if needs and (REPLICA.search(alias) or variables in seen or not variables):
            continue
        engine, rule, note = _engine(facts, alias, answer.value[alias], address)
        if note is not None:
            notes.append(note)
        if engine is not None:
            places = address.evidence if address is not None and address.evidence else answer.evidence
            needs.append(Need(engine=engine, alias=alias, rule=rule, evidence=places))
            seen.append(variables)
    return tuple(needs), tuple(notes)


def valkey_need(facts: ProjectFacts) -> Need | None:
    """Redis, wherever the settings cannot do without it: cache, broker, results, channels, queue, sessions."""
    found = next(_redis_users(facts), None)
    if found is None:
        return None
    what, evidence = found
    return Need(engine=DatabaseEngine.VALKEY, alias="", rule=f"{what} needs Redis; Valkey speaks it", evidence=evidence)


def database_connection(facts: ProjectFacts, alias: str) -> Connection | None:
    """The address of an alias of DATABASES."""
    return next((c for c in facts.connections if c.role is ConnectionRole.DATABASE and c.name == alias), None)


def database_places(facts: ProjectFacts, alias: str, key: str, otherwise: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The line of a key of an alias, or what there is where DATABASES does not show it."""
    setting = facts.django.settings.get("DATABASES")
    return setting.place(alias, key) if setting is not None and setting.places else otherwise


def is_redis(connection: Connection) -> bool:
    """Whether the address is one of Redis: by its scheme, its backend or the variable's name."""
    scheme = connection.parts.get("scheme")
    if scheme is not None:
        return bool(_REDIS.search(scheme.text.lower()))
    texts = [connection.parts[key] for key in ("engine", "url") if key in connection.parts]
    words = " ".join([*(part.text for part in texts), *(part.default or "" for part in texts)])
    return bool(_REDIS.search(words.lower()))


def uses_redis(facts: ProjectFacts, connection: Connection) -> bool:
    """Whether the connection leads to Redis in this project."""
    if connection.role in (ConnectionRole.BROKER, ConnectionRole.QUEUE) and isinstance(facts.task_queue.broker, Fact):
        broker = facts.task_queue.broker.value
        if broker is not None and not is_redis(connection):
            return broker == "redis" and "scheme" not in connection.parts
    if connection.role is ConnectionRole.RESULTS and isinstance(facts.task_queue.result_backend, Fact):
        return facts.task_queue.result_backend.value == "redis" or is_redis(connection)
    if connection.role is ConnectionRole.CHANNELS:
        return True
    return connection.role in (ConnectionRole.CACHE, *_REDIS_ROLES) and is_redis(connection)


def file_engine(engine: str | None) -> bool:
    """Whether the engine keeps its data in a file of the container, which its name tells, a project's own, too."""
    return engine is not None and any(word in engine.lower() for word in table("databases")["files"]["words"])


def engine_of(backend: str | None) -> DatabaseEngine | None:
    """The engine of the app spec for a backend of Django."""
    if backend is None:
        return None
    found = next((e for start, e in table("databases")["engines"].items() if backend.startswith(start)), None)
    return DatabaseEngine(found) if found is not None else None


def has_driver(facts: ProjectFacts) -> bool:
    """Whether production installs a driver of PostgreSQL."""
    return any(facts.dependencies.has(name) for name in table("databases")["drivers"]["PG"])


def _engine(
    facts: ProjectFacts, alias: str, fact: DatabaseFact, address: Connection | None
) -> tuple[DatabaseEngine | None, str, PlanNote | None]:
    """The engine of one alias with the rule for it, or what is wrong with it."""
    evidence = address.evidence if address is not None and address.evidence else facts.django.databases.evidence
    switch = None if address is None else address.parts.get("engine")
    configured = engine_of(fact.configured_engine)
    if not file_engine(fact.engine):
        engine = engine_of(fact.engine) or configured
        if engine is not None:
            return engine, f"DATABASES[{alias!r}] is {fact.engine}", None
        if fact.engine == _DUMMY:
            return None, "", _empty(alias, evidence)
        message = f"App Platform has no database for {fact.engine}, which DATABASES[{alias!r}] needs"
        note = PlanNote(
            code="database-not-offered",
            message=message,
            evidence=database_places(facts, alias, "ENGINE", evidence),
            remedy="set its address by variables and let the app reach it from outside",
        )
        return None, "", note
    if configured is not None:
        names = sorted(_variables(address)) or ["a variable"]
        return configured, f"DATABASES[{alias!r}] is SQLite only while {' or '.join(names)} is not set", None
    if switch is not None and switch.variables and has_driver(facts):
        return DatabaseEngine.POSTGRESQL, f"{switch.variables[0]} switches DATABASES[{alias!r}] from SQLite", None
    return None, "", _lost(alias, database_places(facts, alias, "ENGINE", evidence))


def _empty(alias: str, evidence: tuple[Evidence, ...]) -> PlanNote:
    """A library makes nothing of a variable that is absent, and no driver says which server that would be."""
    return PlanNote(
        code="database-not-known",
        message=f"DATABASES[{alias!r}] is empty without its variable, and no driver among the requirements says which "
        "database it is for; the app gets none",
        evidence=evidence,
        remedy="add the driver to the requirements, or the database to the app spec, and its variable",
    )


def _lost(alias: str, evidence: tuple[Evidence, ...]) -> PlanNote:
    return PlanNote(
        code="sqlite-is-lost",
        message=f"DATABASES[{alias!r}] is an SQLite file in the container: every deployment and restart deletes it",
        evidence=evidence,
        remedy="read the database from a variable: add dj-database-url and a driver of PostgreSQL, in releases that "
        f"fit the project's Django, and set DATABASES[{alias!r}] = dj_database_url.config(default=...)",
    )


def _without_settings(
    facts: ProjectFacts, answer: Answer[Mapping[str, DatabaseFact]]
) -> tuple[tuple[Need, ...], tuple[PlanNote, ...]]:
    reason = getattr(answer, "reason", "")
    if not has_driver(facts):
        return (), (
            PlanNote(
                code="database-not-known",
                message=f"the scan cannot tell which database the settings use ({reason}); the app gets none",
                evidence=answer.evidence,
                remedy="add the database to the app spec, and its variables",
            ),
        )
    rule = f"production installs a driver of PostgreSQL; the settings do not say more ({reason})"
    need = Need(engine=DatabaseEngine.POSTGRESQL, alias="default", rule=rule, evidence=answer.evidence)
    return (need,), ()


def _variables(address: Connection | None) -> frozenset[str]:
    """The variables that say where the server is."""
    if address is None:
        return frozenset()
    parts = [address.parts[key] for key in ("url", "host", "name") if key in address.parts]
    return frozenset(name for part in parts for name in part.variables)


def _redis_users(facts: ProjectFacts) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    queue = facts.task_queue
    idle = bool(queue.always_eager) and not queue.started_by
    if isinstance(queue.broker, Fact) and queue.broker.value == "redis" and not idle:
        kind = queue.kind.value if isinstance(queue.kind, Fact) else "the task queue"
        yield f"the broker of {kind}", queue.broker.evidence
    if isinstance(queue.result_backend, Fact) and queue.result_backend.value == "redis" and not idle:
        yield "the result store of Celery", queue.result_backend.evidence
    layers = facts.django.channel_layers
    if isinstance(layers, Fact):
        for alias, backend in sorted(layers.value.items()):
            if backend is not None and _REDIS.search(backend.lower()):
                yield f"CHANNEL_LAYERS[{alias!r}]", layers.evidence
    caches = facts.django.caches
    if isinstance(caches, Fact):
        for alias, cache in sorted(caches.value.items()):
            if cache.backend is not None and _REDIS.search(cache.backend.lower()):
                yield f"CACHES[{alias!r}]", caches.evidence
    engine = facts.django.session_engine
    if isinstance(engine, Fact) and _REDIS.search(engine.value.lower()):
        yield "SESSION_ENGINE", engine.evidence
