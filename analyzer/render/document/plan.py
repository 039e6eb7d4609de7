"""A deployment plan as JSON data: whole, with the reason of every decision, or in short for the report document."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from analyzer.model.evidence import Evidence
from analyzer.model.plan import Alternative, Component, DatabasePlan, Decision, DeploymentPlan, MonthlyCost, Variable
from analyzer.render.document.values import Object, evidence, to_text

CENTS = 100


def plan_document(plan: DeploymentPlan) -> Object:
    """Every field of the plan; a decision is {value, because, evidence, alternatives, override}."""
    return {**_encode_fields(plan, leave_out="cost"), "monthly_cost": cost_document(plan.cost)}


def plan_summary(plan: DeploymentPlan) -> Object:
    """The plan as the report document has it: values, and why each component is there."""
    image = plan.image
    return {
        "image": {
            "context": image.context.value,
            "base_image": image.base_image.value,
            "python_version": image.python_version.value,
            "package_manager": image.install.value.manager,
            "build_packages": [package.name for package in image.build_packages.value],
            "run_packages": [package.name for package in image.run_packages.value],
            "port": image.port.value,
            "command": image.command.value,
        },
        "components": [_component(component) for component in plan.components],
        "databases": [_database(database) for database in plan.databases],
        "environment": [_variable(variable) for variable in plan.variables],
        "monthly_cost": cost_document(plan.cost),
        "notes": [_encode(note) for note in plan.notes],
    }


def plan_digest(plan: DeploymentPlan) -> str:
    """The SHA-256 of the plan's document, hexadecimal: which plan a file comes from."""
    return hashlib.sha256(to_text(plan_document(plan)).encode()).hexdigest()


def cost_document(cost: MonthlyCost) -> Object:
    """Amounts in whole units of the currency."""
    return {
        "currency": cost.currency,
        "total": cost.cents / CENTS,
        "items": [
            {
                "name": item.name,
                "amount": item.cents / CENTS,
                "note": item.note,
                "source": item.source,
                "as_of": item.as_of,
            }
            for item in cost.items
        ],
    }


def _component(component: Component) -> Object:
    health_check = component.health_check
    return {
        "name": component.name,
        "kind": component.kind.value,
        "role": component.role.value,
        "command": component.command.value,
        "size": component.size.value,
        "instances": component.instances.value if component.instances is not None else None,
        "port": component.port.value if component.port is not None else None,
        "health_check": _encode(health_check.value) if health_check is not None else None,
        "because": component.because.rule,
    }


def _database(database: DatabasePlan) -> Object:
    return {
        "name": database.name,
        "engine": database.engine.value.value,
        "version": database.version.value,
        "production": database.production.value,
        "because": database.engine.rule,
    }


def _variable(variable: Variable) -> Object:
    return {
        "name": variable.name,
        "value": variable.value.value,
        "scope": variable.scope,
        "secret": variable.secret,
        "because": variable.value.rule,
    }


def _encode(value: Any) -> Any:
    """Data of the plan as JSON knows it."""
    match value:
        case Evidence():
            return evidence(value)
        case Alternative():
            return {"value": value.value, "reason": value.reason}
        case Decision():
            return {
                "value": _encode(value.value),
                "because": value.rule,
                "evidence": [evidence(one) for one in value.evidence],
                "alternatives": [_encode(one) for one in value.alternatives],
                "override": value.override,
            }
        case StrEnum():
            return value.value
        case tuple():
            return [_encode(one) for one in value]
        case Mapping():
            return {str(key): _encode(one) for key, one in sorted(value.items())}
        case _:
            return _encode_fields(value) if is_dataclass(value) else value


def _encode_fields(value: Any, leave_out: str = "") -> Object:
    return {one.name: _encode(getattr(value, one.name)) for one in fields(value) if one.name != leave_out}
