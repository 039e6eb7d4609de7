"""The service: the web process behind the app's domain."""

from dataclasses import replace

from analyzer.model.evidence import Fact
from analyzer.model.existing import ExistingComponent
from analyzer.model.facts import ProcessType
from analyzer.model.overrides import ComponentOverrides
from analyzer.model.plan import ComponentKind, Decision, ImagePlan, Role, Route
from analyzer.plan.components import App, Planned, Wanted, build
from analyzer.plan.decisions import decide
from analyzer.plan.engines import file_engine
from analyzer.plan.health import plan_health_check
from analyzer.plan.sources import file_called
from analyzer.plan.writable import database_in_temporary_folder

NAME = "web"
MIGRATE = "python manage.py migrate --noinput"


def plan_web(app: App, image: ImagePlan, routes: tuple[Route, ...]) -> Planned:
    """The one service, which the image's own command serves."""
    existing = existing_service(app)
    process = next((p for p in app.facts.processes if p.type is ProcessType.WEB), None)
    evidence = (process.evidence,) if process is not None else image.command.evidence[:1]
    file = None if process is None else file_called(process.source)
    because = "Django answers HTTP" if file is None else f"{file} declares the web process"
    command = _command(app, image)
    wanted = Wanted(
        name=existing.name if existing is not None else NAME,
        otherwise=NAME,
        kind=ComponentKind.SERVICE,
        role=Role.WEB,
        because=because,
        evidence=evidence,
        command=command,
        existing=existing,
        size="the smallest size has room for two processes of a small project",
    )
    planned = build(app, wanted)
    if not planned.components:
        return planned
    web = planned.components[0]
    configured = app.overrides.components.get(web.name, ComponentOverrides())
    health, notes = plan_health_check(app.facts, web.name, existing, configured.health_check_path, app.overrides)
    component = replace(web, port=image.port, health_check=health, routes=routes)
    return Planned(components=(component,), notes=(*planned.notes, *notes))


def _command(app: App, image: ImagePlan) -> Decision[str | None]:
    """None for the image's own command; with SQLite the tables have to be made where the file is, at each start."""
    databases = app.facts.django.databases
    default = databases.value.get("default") if isinstance(databases, Fact) else None
    engine = None if default is None else default.configured_engine or default.engine
    writes = image.writable.value or database_in_temporary_folder(app.facts, image.context.value)
    if app.databases or not file_engine(engine) or not writes:
        return decide(None, "the image's own command serves", *image.command.evidence)
    rule = "a database file of the container is empty after each start, so this process makes its tables itself"
    return decide(f"{MIGRATE} && exec {image.command.value}", rule, *databases.evidence[:1])


def existing_service(app: App) -> ExistingComponent | None:
    """The existing spec's service that is the Django project: the one that the web process is, else the first."""
    services = app.existing("services")
    names = {p.name for p in app.facts.processes if p.type is ProcessType.WEB and p.source == "app spec"}
    return next((one for one in services if one.name in names), services[0] if services else None)
