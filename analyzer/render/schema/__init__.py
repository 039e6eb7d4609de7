"""The JSON Schemas of the documents that doctor prints: kept by hand beside this module, but for the plan's parts.

A plan's document has the fields of the model's classes, so its definitions are made of those.
"""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from analyzer.render.schema.plan_definitions import plan_definitions

_HOLDERS = ("report", "plan")
"""Documents whose schemas hold definitions, which all may refer to."""
_REFERENCE = "#/$defs/"


def schema(document: str) -> str:
    """The JSON Schema (draft 2020-12) of a document, as text that needs no other file.

    Args:
        document: "report", "detect", "plan" or "fleet".
    """
    whole = _read(document)
    shared: dict[str, Any] = {}
    for holder in _HOLDERS:
        shared |= _read(holder)["$defs"]
    shared |= plan_definitions()
    whole.pop("$defs", None)
    needed = set(_references(whole))
    while more := {name for known in needed for name in _references(shared[known])} - needed:
        needed |= more
    whole["$defs"] = {name: definition for name, definition in shared.items() if name in needed}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _read(document: str) -> dict[str, Any]:
    text = files(__name__).joinpath(f"{document}.schema.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def _references(node: object) -> Iterator[str]:
    """The names of the definitions that a part of a schema refers to."""
    if isinstance(node, dict):
        if isinstance(target := node.get("$ref"), str):
            yield target.removeprefix(_REFERENCE)
        node = list(node.values())
    for part in node if isinstance(node, list) else ():
        yield from _references(part)
