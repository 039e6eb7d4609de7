"""The architecture, today and on App Platform, as boxes in columns and as tables that say the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import ProcessType, ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import (
    Component,
    ComponentKind,
    DatabaseEngine,
    DatabasePlan,
    DeploymentPlan,
    ImagePlan,
    Role,
)
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.drawings.columns import Drawing, Node, draw
from analyzer.render.page.places import Link, Places
from analyzer.render.statements import counted, listing

MOST_PROCESSES = 8
"""Boxes for processes of today; the table names all."""
ENGINES: Mapping[DatabaseEngine, str] = {
    DatabaseEngine.POSTGRESQL: "PostgreSQL",
    DatabaseEngine.MYSQL: "MySQL",
    DatabaseEngine.VALKEY: "Valkey",
}
_REFERENCE = lazy_pattern(r"\$\{([\w-]+)\.")
_TONES = {ComponentKind.JOB: "job", ComponentKind.STATIC_SITE: "plain"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row of the table: what a box says, in full, and why it is there."""

    id: str
    kind: str
    name: str
    detail: str
    because: str
    places: tuple[Link, ...]
    override: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """A drawing and the table beside it."""

    drawing: Drawing
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What becomes of files: static ones, and uploads."""

    label: str
    today: str
    then: str
    places: tuple[Link, ...]


# --- on App Platform ------------------------------------------------------------------------------------------------


def planned(plan: DeploymentPlan, places: Places) -> Architecture:
    """The app as the app spec has it."""
    entry, parts = _ingress(plan, places)
    nodes = [Node(id="arch-internet", column=0, kind="clients", title="Internet", to=(entry.id,)), entry]
    for component in plan.components:
        nodes.append(_component(component, plan))
        parts.append(_component_part(component, plan.image, places))
    for database in plan.databases:
        nodes.append(_database(database))
        parts.append(_database_part(database, places))
    headings = ("Clients", "Ingress", "Components", "Data")
    return Architecture(drawing=draw(headings if plan.databases else headings[:3], nodes), parts=tuple(parts))


def _ingress(plan: DeploymentPlan, places: Places) -> tuple[Node, list[Part]]:
    domains = [one.domain for one in plan.domains.value] if plan.domains is not None else []
    title = domains[0] if domains else f"{plan.app_name.value}.ondigitalocean.app"
    served = [one for one in plan.components if one.routes]
    routes = [f"{route.path} to {one.name}" for one in served for route in one.routes]
    node = Node(
        id="arch-ingress",
        column=1,
        kind=f"ingress, {plan.region.value}",
        title=title,
        lines=(*routes[:4], *((f"and {len(domains) - 1} more domains",) if len(domains) > 1 else ())),
        tone="entry",
        to=tuple(f"arch-{one.name}" for one in served),
    )
    evidence = plan.domains.evidence if plan.domains is not None else plan.app_name.evidence
    part = Part(
        id="arch-ingress",
        kind="ingress",
        name=listing(domains) if domains else title,
        detail=f"TLS ends here; {listing(routes)}",
        because=plan.domains.rule if plan.domains is not None else "no domain of its own is known",
        places=places.of(evidence),
        override="app.domains",
    )
    return node, [part]


def _component(component: Component, plan: DeploymentPlan) -> Node:
    instances = f" ×{component.instances.value}" if component.instances is not None else ""
    kind = component.job_kind.replace("_", "-").lower() + " job" if component.job_kind else component.kind.value
    return Node(
        id=f"arch-{component.name}",
        column=2,
        kind=kind.replace("_", " "),
        title=f"{component.name}{instances}",
        lines=tuple(_lines(component, plan.image)),
        tone=_TONES.get(component.kind, "run"),
        to=tuple(f"arch-db-{name}" for name in _used(component, plan)),
    )


def _lines(component: Component, image: ImagePlan) -> Iterator[str]:
    if component.static is not None:
        yield component.static.value.output_dir
        return
    command = (component.command.value or image.command.value).removeprefix("exec ")
    yield command.partition(" --")[0].partition(" && ")[0]
    if component.port is not None:
        check = component.health_check.value.path if component.health_check is not None else None
        yield f":{component.port.value}  {f'health {check}' if check else 'health by port'}"
    if component.schedule is not None:
        yield component.schedule.value.cron


def _used(component: Component, plan: DeploymentPlan) -> list[str]:
    """The databases to which the variables of a component refer."""
    if component.kind is ComponentKind.STATIC_SITE:
        return []
    values = [one.value.value or "" for one in (*plan.variables, *component.variables)]
    names = {name for value in values for name in _REFERENCE.findall(value)}
    return [one.name for one in plan.databases if one.name in names]


def _component_part(component: Component, image: ImagePlan, places: Places) -> Part:
    command = component.command.value or ("" if component.static is not None else image.command.value)
    details = [command] if command else []
    if component.static is not None:
        details.append(f"serves {component.static.value.output_dir}")
    if component.size.value is not None:
        details.append(component.size.value)
    if component.health_check is not None:
        check = component.health_check.value
        details.append(f"health check: {f'GET {check.path}' if check.path else 'the port answers'}")
    if component.schedule is not None:
        details.append(f"at {component.schedule.value.cron} {component.schedule.value.time_zone}")
    if component.grace_period is not None:
        details.append(f"{component.grace_period.value} s between TERM and KILL")
    override = None if component.role is Role.OTHER else f"components.{component.name}.*"
    return Part(
        id=f"arch-{component.name}",
        kind=(component.job_kind or component.kind.value).replace("_", " ").lower(),
        name=component.name,
        detail="; ".join(details),
        because=component.because.rule,
        places=places.of(component.because.evidence),
        override=override,
    )


def _database(database: DatabasePlan) -> Node:
    cluster = database.cluster_name.value
    return Node(
        id=f"arch-db-{database.name}",
        column=3,
        kind="managed cluster" if database.production.value else "development database",
        title=f"{ENGINES[database.engine.value]} {database.version.value}",
        lines=(f"{database.name}{f' = {cluster}' if cluster else ''}", database.size.value),
        tone="data",
    )


def _database_part(database: DatabasePlan, places: Places) -> Part:
    cluster = database.cluster_name.value
    return Part(
        id=f"arch-db-{database.name}",
        kind="database",
        name=database.name,
        detail=f"{ENGINES[database.engine.value]} {database.version.value}, {database.size.value}"
        + (f", cluster {cluster}, made before the app" if cluster else ", made with the app"),
        because=database.engine.rule,
        places=places.of(database.engine.evidence),
        override=f"databases.{database.name}.*",
    )


# --- today ----------------------------------------------------------------------------------------------------------


def today(report: Report, places: Places) -> Architecture | None:
    """The processes that files of the repository declare, and the stores that the settings name; None without both."""
    facts = report.facts
    stores = list(_stores(facts, places))
    processes = list(_processes(facts, places))
    if not stores and not processes:
        return None
    settings = facts.django.settings_modules.production
    name = settings.value if isinstance(settings, Fact) and settings.value else "settings"
    hub = Node(
        id="today-settings",
        column=1,
        kind="settings",
        title=name,
        lines=(counted(len(facts.environment), "variable") + " read",),
        tone="entry",
        to=tuple(node.id for node, _ in stores),
    )
    part = Part(
        id=hub.id,
        kind="settings",
        name=name,
        detail=hub.lines[0],
        because="the module that production loads",
        places=places.of(settings.evidence),
    )
    shown = [replace(node, to=(hub.id,)) for node, _ in processes[:MOST_PROCESSES]]
    drawing = draw(
        ("Processes", "Settings", "Stores")[: 3 if stores else 2], [*shown, hub, *(node for node, _ in stores)]
    )
    parts = (*(part for _, part in processes), part, *(part for _, part in stores))
    return Architecture(drawing=drawing, parts=parts)


def _processes(facts: ProjectFacts, places: Places) -> Iterator[tuple[Node, Part]]:
    """One for each name and command, in the order of what they are for."""
    order = list(ProcessType)
    seen: set[tuple[str, str]] = set()
    for process in sorted(facts.processes, key=lambda one: order.index(one.type)):
        if (process.name, process.command) in seen:
            continue
        seen.add((process.name, process.command))
        anchor = f"today-process-{len(seen)}"
        kind = f"{process.type.value}, {process.source}"
        tone = "job" if process.type is ProcessType.RELEASE else "run"
        short = process.command.partition(" --")[0]
        yield (
            Node(id=anchor, column=0, kind=kind, title=process.name, lines=(short,), tone=tone),
            Part(
                id=anchor,
                kind=kind,
                name=process.name,
                detail=process.command,
                because=f"{process.source} declares it",
                places=places.of((process.evidence,)),
            ),
        )


def _stores(facts: ProjectFacts, places: Places) -> Iterator[tuple[Node, Part]]:
    """One for each address of the settings; one address in several settings is one store."""
    by_address: dict[str, list[Connection]] = {}
    for one in facts.connections:
        by_address.setdefault(_address(one) or f"{one.role.value} {one.name}", []).append(one)
    for number, (address, same) in enumerate(by_address.items(), start=1):
        anchor = f"today-store-{number}"
        roles = listing(list(dict.fromkeys(one.role.value for one in same)))
        title = _title(same[0], facts)
        settings = listing(list(dict.fromkeys(one.setting for one in same)))
        evidence: Iterable[Evidence] = (place for one in same for place in one.evidence)
        yield (
            Node(id=anchor, column=2, kind=roles, title=title, lines=(address,), tone="data"),
            Part(
                id=anchor,
                kind=roles,
                name=title,
                detail=address,
                because=f"{settings} of the settings",
                places=places.of(evidence),
            ),
        )


def _address(connection: Connection) -> str:
    """The variables that give the address, else the address without credentials."""
    names = list(dict.fromkeys(name for part in connection.parts.values() for name in part.variables))
    if names:
        return listing(names[:3]) + (" …" if len(names) > 3 else "")
    for key in ("url", "host", "bucket", "name"):
        part = connection.parts.get(key)
        if part is not None and part.text:
            return _without_credentials(part.text)
    return ""


def _without_credentials(text: str) -> str:
    if "@" not in text:
        return text
    return f"{text.partition('://')[0]}://{text.rpartition('@')[2]}" if "://" in text else text.rpartition("@")[2]


def _title(connection: Connection, facts: ProjectFacts) -> str:
    databases = facts.django.databases
    if connection.role is ConnectionRole.DATABASE and isinstance(databases, Fact):
        found = databases.value.get(connection.name)
        engine = (found.configured_engine or found.engine) if found is not None else None
        if engine:
            return f"{engine.rpartition('.')[2]} ({connection.name})"
    scheme = connection.parts.get("scheme") or connection.parts.get("url")
    known = urlsplit(scheme.default or scheme.text).scheme if scheme is not None and "://" in scheme.text else ""
    return f"{known or connection.role.value} ({connection.name})"


# --- files ----------------------------------------------------------------------------------------------------------


def kept_files(report: Report, places: Places) -> Iterator[Files]:
    """Static files and uploads."""
    static, media = report.facts.django.static, report.facts.django.media
    plan = report.plan
    site = plan is not None and any(one.kind is ComponentKind.STATIC_SITE for one in plan.components)
    white = isinstance(static.whitenoise, Fact) and static.whitenoise.value
    served = "WhiteNoise serves them" if white else "a static site serves them" if site else "as the storage has it"
    collected = plan is not None and plan.image.collectstatic.value is not None
    yield Files(
        label="Static files",
        today=_told(static.storage),
        then=f"{'collected in the image' if collected else 'not collected in the image'}; {served}",
        places=places.of(static.storage.evidence[:1]),
    )
    local = "FileSystemStorage" in _told(media.storage)
    yield Files(
        label="Uploads",
        today=_told(media.storage),
        then="lost with each deployment, unless they move to Spaces" if local else "stay where the storage keeps them",
        places=places.of(media.storage.evidence[:1]),
    )


def _told(answer: object) -> str:
    if not isinstance(answer, Fact):
        return "could not tell"
    return str(answer.value or "none")
