"""The app of a plan on a laptop: the same components, with databases in containers beside them (compose-spec).

There are no passwords in it: PostgreSQL and MySQL let in whoever can reach them, which is the other containers.
"""

import re
from collections.abc import Iterator
from typing import Any

from analyzer.model.artifact import Artifact
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import (
    Component,
    ComponentKind,
    DatabaseEngine,
    DatabasePlan,
    DeploymentPlan,
    Role,
    Variable,
)
from analyzer.model.quick_dataclass import dataclass
from analyzer.render.annotations import Annotations, comment
from analyzer.render.yaml_text import Alias, Anchored, Commented, Quoted, yaml_text

PATH = "compose.yaml"
USER = "app"
ENCRYPTED = "EV["
"""Beginning of a value that only the platform can read."""
_REFERENCE = lazy_pattern(r"\$\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Engine:
    """How a database runs in a container; `{version}` stands for its version."""

    image: str
    port: int
    scheme: str
    user: str
    path: str
    environment: dict[str, str]
    ready: list[str]
    data: str


ENGINES = {
    DatabaseEngine.POSTGRESQL: _Engine(
        image="postgres:{version}",
        port=5432,
        scheme="postgres",
        user=USER,
        path=USER,
        environment={"POSTGRES_USER": USER, "POSTGRES_DB": USER, "POSTGRES_HOST_AUTH_METHOD": "trust"},
        ready=["CMD", "pg_isready", "--username", USER],
        data="/var/lib/postgresql/data",
    ),
    DatabaseEngine.MYSQL: _Engine(
        image="mysql:{version}",
        port=3306,
        scheme="mysql",
        user="root",
        path=USER,
        environment={"MYSQL_DATABASE": USER, "MYSQL_ALLOW_EMPTY_PASSWORD": "yes"},
        ready=["CMD", "mysqladmin", "ping", "--host", "127.0.0.1"],
        data="/var/lib/mysql",
    ),
    DatabaseEngine.VALKEY: _Engine(
        image="valkey/valkey:{version}",
        port=6379,
        scheme="redis",
        user="",
        path="0",
        environment={},
        ready=["CMD", "valkey-cli", "ping"],
        data="/data",
    ),
}
EXTENSIONS = {"postgis": "postgis/postgis:{version}-3.5", "vector": "pgvector/pgvector:pg{version}"}
"""Images of PostgreSQL with an extension."""


def render_compose(plan: DeploymentPlan) -> Artifact:
    """`compose.yaml`; variables without a value come from `.env` beside it."""
    annotations = Annotations()
    databases = [database for database in plan.databases if database.engine.value in ENGINES]
    app: dict[str, Any] = {
        "image": f"{plan.app_name.value}:local",
        "init": True,
        "environment": {
            variable.name: Commented(comment=annotations.explain(variable.value), value=_value(plan, variable))
            for variable in plan.variables
        },
    }
    services: dict[str, Any] = {}
    for component in plan.components:
        if component.kind is not ComponentKind.STATIC_SITE:
            entry = _service(plan, component, databases)
            services[component.name] = Commented(comment=annotations.explain(component.because), value=entry)
    for database in databases:
        entry = _database(database)
        services[database.name] = Commented(comment=annotations.explain(database.engine), value=entry)
    document = {
        "name": plan.app_name.value,
        "x-app": Anchored(name="app", value=app),
        "services": services,
    }
    text = yaml_text(document) + "".join(_volumes(databases))
    body, decisions = annotations.finish(_head(plan) + text)
    return Artifact(name="compose", path=PATH, body=body, decisions=decisions)


def _head(plan: DeploymentPlan) -> str:
    lines = ["# docker compose up --build: the app on http://localhost:" + str(plan.image.port.value)]
    empty = [variable.name for variable in plan.variables if _known(variable) is None]
    if empty:
        lines.append(comment(f"put these into a file .env beside this one: {', '.join(empty)}"))
    sites = [component.name for component in plan.components if component.kind is ComponentKind.STATIC_SITE]
    if sites:
        lines.append(comment(f"not here: {', '.join(sites)}, which the platform serves without a container"))
    return "\n".join(lines) + "\n\n"


def _service(plan: DeploymentPlan, component: Component, databases: list[DatabasePlan]) -> dict[str, Any]:
    entry: dict[str, Any] = {"<<": Alias(name="app")}
    context = plan.image.context.value
    if component.role is Role.WEB:
        entry["build"] = {"context": "." if context == "." else f"./{context}"}
        entry["ports"] = [Quoted(text=f"{plan.image.port.value}:{plan.image.port.value}")]
    if component.command.value is not None:
        entry["command"] = ["sh", "-c", component.command.value.replace("$", "$$")]
    if component.role is Role.SCHEDULED:
        entry["profiles"] = ["scheduled"]
    elif component.kind is ComponentKind.JOB:
        entry["restart"] = Quoted(text="no")
    waits: dict[str, Any] = {database.name: {"condition": "service_healthy"} for database in databases}
    if component.kind is not ComponentKind.JOB:
        before = [one.name for one in plan.components if one.role is Role.MIGRATE]
        waits |= {name: {"condition": "service_completed_successfully"} for name in before}
    entry["depends_on"] = waits
    if component.grace_period is not None:
        entry["stop_grace_period"] = f"{component.grace_period.value}s"
    return entry


def _database(database: DatabasePlan) -> dict[str, Any]:
    engine = ENGINES[database.engine.value]
    image = next((EXTENSIONS[name] for name in database.extensions if name in EXTENSIONS), engine.image)
    return {
        "image": image.format(version=database.version.value),
        "environment": {name: Quoted(text=value) for name, value in engine.environment.items()},
        "volumes": [f"{database.name}-data:{engine.data}"],
        "healthcheck": {"test": [Quoted(text=word) for word in engine.ready], "interval": "5s", "retries": 20},
    }


def _volumes(databases: list[DatabasePlan]) -> Iterator[str]:
    if databases:
        yield "volumes:\n"
        yield from (f"  {database.name}-data:\n" for database in databases)


def _value(plan: DeploymentPlan, variable: Variable) -> Quoted:
    """The value with the addresses of the containers; one that is not known comes from the laptop's environment."""
    value = _known(variable)
    if value is None:
        return Quoted(text=f"${{{variable.name}:?put {variable.name} into .env}}")
    known = {"APP_DOMAIN": "localhost", "APP_URL": f"http://localhost:{plan.image.port.value}", "APP_ID": "local"}
    for database in plan.databases:
        known |= {f"{database.name}.{name}": text for name, text in _bindings(database).items()}

    def replaced(match: re.Match[str]) -> str:
        return known.get(match[1], "")

    return Quoted(text=_REFERENCE.sub(replaced, value).replace("$", "$$"))


def _known(variable: Variable) -> str | None:
    """The value, None where only the user, or the platform that has encrypted it, knows it."""
    value = variable.local if variable.local is not None else variable.value.value
    return None if value is None or value.startswith(ENCRYPTED) else value


def _bindings(database: DatabasePlan) -> dict[str, str]:
    engine = ENGINES.get(database.engine.value)
    if engine is None:
        return {}
    user = f"{engine.user}@" if engine.user else ""
    return {
        "HOSTNAME": database.name,
        "PORT": str(engine.port),
        "USERNAME": engine.user,
        "PASSWORD": "",
        "DATABASE": engine.path,
        "DATABASE_URL": f"{engine.scheme}://{user}{database.name}:{engine.port}/{engine.path}",
    }
