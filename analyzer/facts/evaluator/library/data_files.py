"""JSON, TOML and YAML files of the repository that settings read."""

import json
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import files
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import Value, unresolved, wrap
from analyzer.snapshot.bounded_toml import load_toml
from analyzer.snapshot.documents import YamlDocument, YamlNode, read_yaml

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


def parse(interp: "Interpreter", path: str, text: str) -> Value:
    """The content of a data file.

    Raises:
        Raised: ValueError, when the file cannot be parsed.
    """
    try:
        if path.endswith(".toml"):
            return wrap(load_toml(text))
        if path.endswith((".yaml", ".yml")):
            return _yaml(interp, path)
        return wrap(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise Raised("ValueError", f"{path}: {error}"[:200], at=interp.where) from None


def _yaml(interp: "Interpreter", path: str) -> Value:
    inside = files.repository_path(interp, path)
    document = read_yaml(interp.repo, inside) if inside is not None else None
    if not isinstance(document, YamlDocument) or document.root is None:
        return unresolved("a YAML file that cannot be read")
    return wrap(_scalars(document.root))


def _scalars(node: YamlNode) -> Any:
    if node.is_mapping:
        return {key: _scalars(value) for key, value, _ in node.items()}
    if node.is_sequence:
        return [_scalars(value) for value in node.elements()]
    text = node.text or ""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if text in ("", "~", "null"):
        return None
    return int(text) if text.lstrip("-").isdigit() and len(text) < 18 else text
