"""The schemas of the documents, closed: a reader is to find every key described."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from analyzer.render.schema import schema


def closed(node: Any, name: str = "") -> Any:
    """The schema with every object closed, so that a key which it does not describe is an error."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: closed(value, key) for key, value in node.items()}
    is_fact_definition = name == "fact" or name.endswith("_fact")
    described = "properties" in node and node.get("type") == "object" and not is_fact_definition
    refers_to_fact = str(node.get("$ref", "")).endswith("fact") and not is_fact_definition
    if described or refers_to_fact:
        result.setdefault("unevaluatedProperties", False)
    return result


def strict_validator(document: str) -> Draft202012Validator:
    """The validator of a document (report, detect, fleet) that lets no key pass which its schema does not describe."""
    return Draft202012Validator(closed(json.loads(schema(document))))
