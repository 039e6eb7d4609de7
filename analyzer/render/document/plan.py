"""A deployment plan as JSON data, with the reason of every decision."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from analyzer.model.evidence import Evidence
from analyzer.model.plan import Decision, DeploymentPlan, MonthlyCost
from analyzer.render.document.values import Object, evidence, to_text

CENTS = 100


def plan_document(plan: DeploymentPlan) -> Object:
    """Every field of the plan; a decision is {value, because, evidence, alternatives, override}."""
    return {**_encode_fields(plan, leave_out="cost"), "monthly_cost": cost_document(plan.cost)}


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


def _encode(value: Any) -> Any:
    """Data of the plan as JSON knows it."""
    match value:
        case Evidence():
            return evidence(value)
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
