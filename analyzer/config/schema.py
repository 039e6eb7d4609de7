"""The JSON Schema of the configuration, from the classes that its reader fills."""

import json
from dataclasses import fields
from typing import Any, Literal, get_args, get_type_hints

from analyzer.config import OWN_FILE, SHARED_FILE, TABLE, AuditSettings, Config, VerifySettings
from analyzer.config.tables import NAMED, SINGLE, IgnoreEntry, is_mapping, kind_of
from analyzer.model.documentation import field_texts, summary
from analyzer.model.overrides import Overrides
from analyzer.snapshot.limits import Limits

_TEXT = {"type": "string", "minLength": 1}
_VALUES: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 1},
    str: _TEXT,
    tuple: {"type": "array", "items": _TEXT},
}


def config_schema() -> str:
    """The JSON Schema (draft 2020-12) of `doctor.toml`, and of `[tool.doctor]` in `pyproject.toml`, as text."""
    texts, tables = field_texts(Config), field_texts(Overrides)
    properties: dict[str, Any] = {
        "root_dir": {"description": texts["root_dir"], **_TEXT},
        "limits": _object(Limits),
        **{key: _object(cls) for key, cls in SINGLE.items()},
    }
    for key, cls in NAMED.items():
        properties[key] = {"description": tables[key], "type": "object", "additionalProperties": _object(cls)}
    properties["verify"] = _object(VerifySettings)
    properties["audit"] = _object(AuditSettings)
    entry = {**_object(IgnoreEntry), "required": ["rule", "reason"]}
    properties["ignore"] = {"description": texts["ignores"], "type": "array", "items": entry}
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of doctor",
        "description": f"{OWN_FILE} in the scanned folder, or {TABLE} in its {SHARED_FILE}.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _object(cls: type) -> dict[str, Any]:
    """The table whose keys are the fields of a dataclass."""
    texts, hints = field_texts(cls), get_type_hints(cls)
    return {
        "description": summary(cls),
        "type": "object",
        "additionalProperties": False,
        "properties": {one.name: {"description": texts[one.name], **_value(hints[one.name])} for one in fields(cls)},
    }


def _value(hint: Any) -> dict[str, Any]:
    """What the reader accepts for a field."""
    kind = kind_of(hint)
    origin = getattr(kind, "__origin__", kind)
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if is_mapping(origin):
        return {"type": "object", "additionalProperties": {"type": "string"}}
    return dict(_VALUES[origin])
