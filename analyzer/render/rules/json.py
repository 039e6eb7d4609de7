"""Rules as one JSON object for programs."""

from collections.abc import Iterable, Mapping

from analyzer.model.finding import Example, RuleInfo
from analyzer.model.report import SCHEMA_VERSION, Tool
from analyzer.render.document.values import Json, Object, to_text


def render(rules: Iterable[RuleInfo], tool: Tool) -> str:
    """The rules, by id."""
    return to_text(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": tool.name, "version": tool.version},
            "rules": [_rule(rule) for rule in rules],
        }
    )


def _rule(rule: RuleInfo) -> Object:
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity.value,
        "category": rule.category.value,
        "area": rule.area.value,
        "effort": rule.effort.value,
        "security": rule.security,
        "rationale": rule.rationale,
        "remediation": rule.remediation,
        "commands": list(rule.commands),
        "references": list(rule.references),
        "bad": [_example(one) for one in rule.bad],
        "good": [_example(one) for one in rule.good],
        "notes": list(rule.notes),
        "modes": list(rule.modes),
    }


def _example(example: Example) -> Json:
    files: Mapping[str, Json] = dict(example.files)
    return {"files": files, "path": example.path, "line": example.line}
