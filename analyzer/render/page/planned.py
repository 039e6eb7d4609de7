"""The architecture on App Platform, as the app spec has it."""

from collections.abc import Iterator

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import HANDING_ON_TERM, Component, ComponentKind, DatabasePlan, DeploymentPlan, ImagePlan, Role
from analyzer.render.drawings.columns import Node, draw
from analyzer.render.outcomes import ENGINES
from analyzer.render.page.parts import Architecture, Part
from analyzer.render.page.places import Places
from analyzer.render.statements import listing

_REFERENCE = lazy_pattern(r"\$\{([\w-]+)\.")
_TONES = {ComponentKind.JOB: "job", ComponentKind.STATIC_SITE: "plain"}


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
        override="app.domain",
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
    command = (component.command.value or image.command.value).removeprefix("exec ").removeprefix(HANDING_ON_TERM)
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
    override = None if component.role is Role.OTHER else f"components.{component.name}"
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
        title=f"{ENGINES[database.engine.value.value]} {database.version.value}",
        lines=(f"{database.name}{f' = {cluster}' if cluster else ''}", database.size.value),
        tone="data",
    )


def _database_part(database: DatabasePlan, places: Places) -> Part:
    cluster = database.cluster_name.value
    return Part(
        id=f"arch-db-{database.name}",
        kind="database",
        name=database.name,
        detail=f"{ENGINES[database.engine.value.value]} {database.version.value}, {database.size.value}"
        + (f", cluster {cluster}, made before the app" if cluster else ", made with the app"),
        because=database.engine.rule,
        places=places.of(database.engine.evidence),
        override=f"databases.{database.name}",
    )
