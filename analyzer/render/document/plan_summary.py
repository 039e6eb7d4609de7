"""A deployment plan in short, as the report has it: the values, and why there is each component.

The reason of every single decision is in the document of `doctor plan`.
"""

from dataclasses import asdict

from analyzer.model.plan import (
    Component,
    ComponentKind,
    DatabasePlan,
    Decision,
    DeploymentPlan,
    ImagePlan,
    ManagementCommand,
    PlanNote,
    Variable,
)
from analyzer.render.document.plan import cost_document
from analyzer.render.document.values import Object, evidence


def plan_summary(plan: DeploymentPlan) -> Object:
    """The values of a plan; a component without a command of its own runs that of the image."""
    return {
        "image": _image(plan.image),
        "components": [_component(component, plan.image) for component in plan.components],
        "databases": [_database(database) for database in plan.databases],
        "environment": [_variable(variable) for variable in plan.variables],
        "monthly_cost": cost_document(plan.cost),
        "notes": [_note(note) for note in plan.notes],
    }


def _image(image: ImagePlan) -> Object:
    assets = image.assets.value
    return {
        "context": image.context.value,
        "python_version": image.python_version.value,
        "debian": image.debian.value,
        "base_image": image.base_image.value,
        "package_manager": image.install.value.manager,
        "install": list(image.install.value.commands),
        "added_packages": [package.requirement for package in image.added_packages.value],
        "build_packages": [package.name for package in image.build_packages.value],
        "run_packages": [package.name for package in image.run_packages.value],
        "assets": None if assets is None else assets.build,
        "compilemessages": _command(image.compilemessages.value),
        "collectstatic": _command(image.collectstatic.value),
        "tailwind": _command(image.tailwind.value),
        "compilescss": _command(image.compilescss.value),
        "compress": _command(image.compress.value),
        "user_id": image.user_id.value,
        "port": image.port.value,
        "command": image.command.value,
    }


def _command(command: ManagementCommand | None) -> str | None:
    return None if command is None else command.command


def _component(component: Component, image: ImagePlan) -> Object:
    command = component.command.value
    if command is None and component.kind is not ComponentKind.STATIC_SITE:
        command = image.command.value
    check, schedule = component.health_check, component.schedule
    return {
        "name": component.name,
        "kind": component.kind.value,
        "role": component.role.value,
        "job_kind": component.job_kind,
        "command": command,
        "size": component.size.value,
        "instances": None if component.instances is None else component.instances.value,
        "port": None if component.port is None else component.port.value,
        "health_check": None if check is None else asdict(check.value),
        "schedule": None if schedule is None else asdict(schedule.value),
        "routes": [route.path for route in component.routes],
        **_reason(component.because),
    }


def _database(database: DatabasePlan) -> Object:
    return {
        "name": database.name,
        "engine": database.engine.value.value,
        "version": database.version.value,
        "production": database.production.value,
        "cluster_name": database.cluster_name.value,
        **_reason(database.engine),
    }


def _variable(variable: Variable) -> Object:
    return {
        "name": variable.name,
        "value": variable.value.value,
        "secret": variable.secret,
        "scope": variable.scope,
        **_reason(variable.value),
    }


def _note(note: PlanNote) -> Object:
    return {
        "code": note.code,
        "message": note.message,
        "remedy": note.remedy,
        "evidence": [evidence(one) for one in note.evidence],
    }


def _reason(decision: Decision[object]) -> Object:
    return {"because": decision.rule, "evidence": [evidence(one) for one in decision.evidence]}
