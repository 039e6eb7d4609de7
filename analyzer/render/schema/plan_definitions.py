"""The JSON Schemas of the plan's parts, from the classes of the model that its document is made of."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, Literal, get_args, get_origin, get_type_hints

from analyzer.model.documentation import field_texts, summary
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import Alternative, Decision, DeploymentPlan, MonthlyCost

_WORDS = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")
_BY_HAND: Mapping[Any, str] = {Evidence: "evidence", MonthlyCost: "monthly_cost"}
"""Classes whose definition is kept by hand, as their document has keys of its own."""
_RENAMED = {"cost": "monthly_cost"}
_PLAIN = {str: "string", int: "integer", bool: "boolean"}
_NULL = {"type": "null"}
_OF_JSON = {"None": "null", "True": "true", "False": "false"}
_OF_PYTHON = lazy_pattern(r"\b(?:None|True|False)\b")


def plan_definitions() -> dict[str, Any]:
    """A definition for every class that is part of a plan, by name ("plan_component")."""
    found: dict[str, Any] = {}
    for cls in (Alternative, DeploymentPlan):
        _define(cls, found)
    return dict(sorted(found.items()))


def _define(cls: type, found: dict[str, Any]) -> str:
    """The name of a class's definition, which is in `found` from then on."""
    name = f"plan_{_WORDS.sub('_', cls.__name__).lower().removesuffix('_plan').removeprefix('plan_')}"
    if name not in found:
        found[name] = {}  # a class may hold others of its kind
        hints, texts = get_type_hints(cls), field_texts(cls)
        properties = {}
        for one in fields(cls):
            value = _schema(hints[one.name], found)
            name_of_key = _RENAMED.get(one.name, one.name)
            properties[name_of_key] = {"description": _words(texts[one.name]), **value} if one.name in texts else value
        found[name] = {
            "description": _words(summary(cls)),
            "type": "object",
            "required": list(properties),
            "properties": properties,
        }
    return name


def _schema(hint: Any, found: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field's value as the document has it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Decision:
        return {"$ref": "#/$defs/decision", "properties": {"value": _schema(arguments[0], found)}}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0], found)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], found)}
    if type(None) in arguments:
        other = _schema(reduce(or_, (part for part in arguments if part is not type(None))), found)
        return {"type": [other["type"], "null"]} if len(other) == 1 and "type" in other else {"anyOf": [other, _NULL]}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    if hint in _BY_HAND:
        return {"$ref": f"#/$defs/{_BY_HAND[hint]}"}
    return {"$ref": f"#/$defs/{_define(hint, found)}"}


def _words(text: str) -> str:
    """The text with JSON's names of its constants."""
    return _OF_PYTHON.sub(lambda found: _OF_JSON[found[0]], text)
