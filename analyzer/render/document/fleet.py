"""One repository of a fleet as plain data, and back: a line of the results file."""

import json
from collections.abc import Mapping
from typing import Any

from analyzer.model.finding import Effort, Severity
from analyzer.model.fleet import (
    BuildpackOutcome,
    BuildpackVerdict,
    FailedCheck,
    FleetEntry,
    RuleCount,
    ScanOutcome,
    VerificationOutcome,
    VerifiedEntry,
)
from analyzer.model.report import SCHEMA_VERSION, Tool
from analyzer.render.document.values import Object
from analyzer.render.json_text import to_json

CENTS = 100


def entry_line(entry: FleetEntry, tool: Tool) -> str:
    """The entry as one line of JSON, ASCII only, with a newline at its end."""
    return to_json(entry_document(entry, tool)) + "\n"


def entry_document(entry: FleetEntry, tool: Tool) -> Object:
    """Everything that is kept of a repository, ready for `json`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": tool.name, "version": tool.version},
        "repository": entry.repository,
        "key": entry.key,
        "outcome": entry.outcome.value,
        "reason": entry.reason,
        "django_version": entry.django_version,
        "python_version": entry.python_version,
        "buildpacks": [_verdict(one) for one in entry.buildpacks],
        "findings": [_count(one) for one in entry.findings],
        "questions": entry.questions,
        "score": entry.score,
        "components": list(entry.components),
        "databases": list(entry.databases),
        "monthly_cost": {"currency": entry.currency, "total": entry.cents / CENTS},
        "verification": None if entry.verification is None else _verified(entry.verification),
    }


def _verdict(one: BuildpackVerdict) -> Object:
    return {
        "id": one.buildpack,
        "title": one.title,
        "outcome": one.outcome.value,
        "failure": one.failure,
        "message": one.message,
    }


def _count(one: RuleCount) -> Object:
    return {
        "rule": one.rule,
        "title": one.title,
        "severity": one.severity.value,
        "effort": one.effort.value,
        "count": one.count,
        "path": one.path,
        "line": one.line,
    }


def _verified(one: VerifiedEntry) -> Object:
    return {
        "outcome": one.outcome.value,
        "reason": one.reason,
        "engine": one.engine,
        "failed": [{"id": check.id, "component": check.component, "cause": check.cause} for check in one.failed],
    }


def entry_from(text: bytes) -> FleetEntry:
    """The entry that a line holds. Raises KeyError, TypeError or ValueError for what is none."""
    found = json.loads(text)
    cost, verification = found["monthly_cost"], found["verification"]
    return FleetEntry(
        repository=str(found["repository"]),
        key=_optional(found["key"]),
        outcome=ScanOutcome(found["outcome"]),
        reason=str(found["reason"]),
        django_version=_optional(found["django_version"]),
        python_version=_optional(found["python_version"]),
        buildpacks=tuple(_read_verdict(one) for one in found["buildpacks"]),
        findings=tuple(_read_count(one) for one in found["findings"]),
        questions=int(found["questions"]),
        score=None if found["score"] is None else int(found["score"]),
        components=tuple(map(str, found["components"])),
        databases=tuple(map(str, found["databases"])),
        currency=str(cost["currency"]),
        cents=round(cost["total"] * CENTS),
        verification=None if verification is None else _read_verified(verification),
    )


def _read_verdict(found: Mapping[str, Any]) -> BuildpackVerdict:
    return BuildpackVerdict(
        buildpack=str(found["id"]),
        title=str(found["title"]),
        outcome=BuildpackOutcome(found["outcome"]),
        failure=_optional(found["failure"]),
        message=str(found["message"]),
    )


def _read_count(found: Mapping[str, Any]) -> RuleCount:
    return RuleCount(
        rule=str(found["rule"]),
        title=str(found["title"]),
        severity=Severity(found["severity"]),
        effort=Effort(found["effort"]),
        count=int(found["count"]),
        path=str(found["path"]),
        line=int(found["line"]),
    )


def _read_verified(found: Mapping[str, Any]) -> VerifiedEntry:
    return VerifiedEntry(
        outcome=VerificationOutcome(found["outcome"]),
        reason=str(found["reason"]),
        engine=str(found["engine"]),
        failed=tuple(
            FailedCheck(id=str(one["id"]), component=_optional(one["component"]), cause=str(one["cause"]))
            for one in found["failed"]
        ),
    )


def _optional(value: object) -> str | None:
    return None if value is None else str(value)
