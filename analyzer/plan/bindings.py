"""Variables that hold the address of a database, or a part of it, as references to the databases of the app."""

from collections.abc import Iterator

from analyzer.model.connections import Connection, ConnectionPart, ConnectionRole
from analyzer.model.evidence import Answer, Evidence, Fact
from analyzer.model.facts import EnvironmentVariable, ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import DatabaseEngine, DatabasePlan
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.databases import Databases
from analyzer.plan.engines import uses_redis
from analyzer.plan.tables import table

PARTS = {
    "url": "DATABASE_URL",
    "host": "HOSTNAME",
    "port": "PORT",
    "user": "USERNAME",
    "password": "PASSWORD",
    "name": "DATABASE",
}
BACKENDS = {
    DatabaseEngine.POSTGRESQL: ("django.db.backends.postgresql", "django.contrib.gis.db.backends.postgis"),
    DatabaseEngine.MYSQL: ("django.db.backends.mysql", "django.contrib.gis.db.backends.mysql"),
}
"""The backend for a variable that names one, and that of GeoDjango."""
CERTIFICATES = "?ssl_cert_reqs=required"
"""Celery and kombu refuse a `rediss://` address that does not say how certificates are checked; redis-py takes this
word, too (tried with Celery 5.7, kombu 5.7 and redis-py 8.1)."""
_CELERY = (ConnectionRole.BROKER, ConnectionRole.RESULTS)
CELERYS_OWN = {ConnectionRole.BROKER: "CELERY_BROKER_URL", ConnectionRole.RESULTS: "CELERY_RESULT_BACKEND"}
"""The variables that Celery takes before every setting (celery/app/utils.py, Settings.broker_url and result_backend;
read in 4.4.7, 5.0.5, 5.2.7 and 5.5.3)."""
_CELERY_NAME = lazy_pattern(r"CELERY|BROKER")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """The value of a variable and why; `local` where it differs on a laptop."""

    value: str
    rule: str
    evidence: tuple[Evidence, ...]
    local: str | None = None


def bindings(facts: ProjectFacts, databases: Databases) -> dict[str, Binding]:
    """The variables of all addresses whose database the app has: first as the settings say, then by their names."""
    found: dict[str, Binding] = {}
    for connection in facts.connections:
        database = database_for(facts, databases, connection)
        if database is not None:
            for name, binding in _of_connection(facts, connection, database):
                found.setdefault(name, binding)
            if fixed_address(connection) is not None and connection.role in CELERYS_OWN:
                found.setdefault(CELERYS_OWN[connection.role], _before_the_settings(connection, database))
            if lacks_port(connection, database):
                rule = "the settings give no port, so libpq takes this one; the cluster's is not 5432"
                value = f"${{{database.name}.PORT}}"
                found.setdefault("PGPORT", Binding(value=value, rule=rule, evidence=connection.evidence[:1]))
    bound = frozenset(connection.role for connection in facts.connections if database_for(facts, databases, connection))
    for variable in facts.environment:
        if variable.name in found or not found.keys().isdisjoint(variable.spared_by):
            continue
        if (named := _by_name(facts, variable, databases, bound)) is not None:
            found[variable.name] = named
    return found


def lacks_port(connection: Connection, database: DatabasePlan) -> bool:
    """Whether the settings of PostgreSQL name a server and no port."""
    host = connection.parts.get("host")
    named = host is not None and bool(host.variables) and "port" not in connection.parts
    return named and database.engine.value is DatabaseEngine.POSTGRESQL


def fixed_address(connection: Connection) -> str | None:
    """The address, or the server's name, in which no variable has a say; None where one has, or none is known."""
    parts = [connection.parts[key] for key in ("url", "host") if key in connection.parts]
    return parts[0].text if parts and not any(part.variables for part in parts) else None


def database_for(facts: ProjectFacts, databases: Databases, connection: Connection) -> DatabasePlan | None:
    """The database that the connection leads to; None where the app has none for it."""
    if connection.role is ConnectionRole.DATABASE:
        return databases.of_alias(connection.name)
    if connection.role is ConnectionRole.STORAGE or not uses_redis(facts, connection):
        return None
    return databases.valkey


def _of_connection(
    facts: ProjectFacts, connection: Connection, database: DatabasePlan
) -> Iterator[tuple[str, Binding]]:
    for key, part in connection.parts.items():
        where = (*connection.evidence[:1],)
        if key == "engine" and connection.role is ConnectionRole.DATABASE:
            if part.variables:
                yield part.variables[0], _engine(facts, part, database, where)
        elif key == "url" and len(part.variables) == 1 and part.text.startswith(f"${{{part.variables[0]}}}"):
            yield part.variables[0], _url(facts, part.variables[0], database, where)
        elif key in PARTS and key != "url" and part.variable is not None:
            value = f"${{{database.name}.{PARTS[key]}}}"
            rule = f"the {key} of {connection.setting}"
            yield part.variable, Binding(value=value, rule=rule, evidence=where)


def _before_the_settings(connection: Connection, database: DatabasePlan) -> Binding:
    reference = f"${{{database.name}.DATABASE_URL}}"
    rule = f"{connection.setting} has another address in the code; Celery takes this variable before it"
    value = reference if connection.tls_options else reference + CERTIFICATES
    return Binding(value=value, rule=rule, evidence=connection.evidence[:1], local=reference)


def _url(facts: ProjectFacts, name: str, database: DatabasePlan, evidence: tuple[Evidence, ...]) -> Binding:
    reference = f"${{{database.name}.DATABASE_URL}}"
    users = [c for c in facts.connections if name in getattr(c.parts.get("url"), "variables", ())]
    settings = ", ".join(dict.fromkeys(c.setting for c in users))
    rule = f"the address of {settings or database.name}"
    if database.engine.value is DatabaseEngine.MYSQL:
        rule += "; put together, as the driver does not know the ssl-mode of the cluster's own address"
        return Binding(value=_put_together("mysql", database), rule=rule, evidence=evidence)
    if (scheme := facts.django.address_schemes.get(name)) is not None:
        rule += f"; put together, as the settings look for {scheme}://, and the cluster's own begins with postgresql://"
        return Binding(value=_put_together(scheme, database), rule=rule, evidence=evidence)
    if database.engine.value is DatabaseEngine.VALKEY and needs_certificate_word(facts, name):
        rule += "; Celery refuses rediss:// without ssl_cert_reqs"
        return Binding(value=reference + CERTIFICATES, rule=rule, evidence=evidence, local=reference)
    return Binding(value=reference, rule=rule, evidence=evidence)


def _put_together(scheme: str, database: DatabasePlan) -> str:
    """An address without options: libpq encrypts where the server can."""
    parts = {key: f"${{{database.name}.{word}}}" for key, word in PARTS.items()}
    return f"{scheme}://{parts['user']}:{parts['password']}@{parts['host']}:{parts['port']}/{parts['name']}"


def needs_certificate_word(facts: ProjectFacts, name: str) -> bool:
    """Whether Celery takes the variable as its address, and nothing but the address can say how to check certificates.

    Where the settings put text behind the variable, nothing can be added to it.
    """
    users = [c for c in facts.connections if name in getattr(c.parts.get("url"), "variables", ())]
    celery = [c for c in users if c.role in _CELERY]
    return (
        bool(celery) and all(c.parts["url"].variable == name for c in users) and not all(c.tls_options for c in celery)
    )


def _engine(
    facts: ProjectFacts, part: ConnectionPart, database: DatabasePlan, evidence: tuple[Evidence, ...]
) -> Binding:
    """The variable that chooses the backend: the backend, or what the settings lack of its name."""
    plain, gis = BACKENDS[database.engine.value]
    geodjango = facts.django.geodjango
    backend = gis if getattr(geodjango, "value", False) else plain
    before, _, after = part.text.partition(f"${{{part.variables[0]}}}")
    value = backend.removeprefix(before).removesuffix(after) if before or after else backend
    return Binding(value=value, rule="the variable chooses the backend of the database", evidence=evidence)


def _says_redis(answer: Answer[str | None]) -> bool:
    return isinstance(answer, Fact) and answer.value == "redis"


def _by_name(
    facts: ProjectFacts, variable: EnvironmentVariable, databases: Databases, bound: frozenset[ConnectionRole]
) -> Binding | None:
    """What the variable's name says; where DATABASES has its address already, only for one that is required."""
    name = variable.name.upper()
    for row in table("variables")["binding"]:
        database = next((plan for plan in databases.plans if plan.engine.value.value == row["engine"]), None)
        if database is None or not lazy_pattern(row["pattern"]).fullmatch(name):
            continue
        if "not" in row and lazy_pattern(row["not"]).fullmatch(name):
            continue
        if row.get("results") and not _says_redis(facts.task_queue.result_backend):
            continue
        if row.get("broker") and not _says_redis(facts.task_queue.broker):
            continue
        valkey = database.engine.value is DatabaseEngine.VALKEY
        if not valkey and ConnectionRole.DATABASE in bound and not variable.required:
            continue
        reference = f"${{{database.name}.{PARTS[row['part']]}}}"
        rule = f"by its name the {row['part']} of {database.name}"
        if valkey and row["part"] == "url" and _CELERY_NAME.search(name):
            rule += "; Celery refuses rediss:// without ssl_cert_reqs"
            return Binding(value=reference + CERTIFICATES, rule=rule, evidence=variable.evidence[:1], local=reference)
        return Binding(value=reference, rule=rule, evidence=variable.evidence[:1])
    return None
