"""The JSON Schemas of the documents that doctor prints, kept by hand beside this module."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

HOLDER = "report"
"""The document whose schema holds the definitions of all."""
_REFERENCE = "#/$defs/"


def schema(document: str) -> str:
    """The JSON Schema (draft 2020-12) of a document, "report" or "detect", as text that needs no other file."""
    own = _read(document)
    if document == HOLDER:
        return own
    whole: dict[str, Any] = json.loads(own)
    shared: dict[str, Any] = json.loads(_read(HOLDER))["$defs"]
    needed = set(_references(whole))
    while more := {name for known in needed for name in _references(shared[known])} - needed:
        needed |= more
    whole["$defs"] = {name: definition for name, definition in shared.items() if name in needed}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _read(document: str) -> str:
    return files(__name__).joinpath(f"{document}.schema.json").read_text(encoding="utf-8")


def _references(node: object) -> Iterator[str]:
    """The names of the definitions that a part of a schema refers to."""
    if isinstance(node, dict):
        if isinstance(target := node.get("$ref"), str):
            yield target.removeprefix(_REFERENCE)
        node = list(node.values())
    for part in node if isinstance(node, list) else ():
        yield from _references(part)
