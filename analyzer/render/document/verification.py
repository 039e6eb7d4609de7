"""A verification as plain data, and back."""

from collections.abc import Mapping
from typing import Any

from analyzer.model.evidence import Evidence
from analyzer.model.verification import (
    Address,
    Check,
    ComponentUsage,
    Finding,
    ImageResult,
    Layer,
    Outcome,
    Verification,
)
from analyzer.render.document.values import Object, evidence

DIGITS = 2
"""Of a second."""


def verification_document(verification: Verification) -> Object:
    """Everything that a run found out, ready for `json`."""
    return {
        "spec": verification.spec,
        "engine": verification.engine,
        "passed": verification.passed,
        "seconds": round(verification.seconds, DIGITS),
        "checks": [_check(check) for check in verification.checks],
        "images": [_image(image) for image in verification.images],
        "memory": [_usage(usage) for usage in verification.usage],
        "addresses": {address.component: address.url for address in verification.addresses},
    }


def _check(check: Check) -> Object:
    finding = check.finding
    return {
        "id": check.id,
        "title": check.title,
        "component": check.component,
        "outcome": finding.outcome.value,
        "seconds": round(check.seconds, DIGITS),
        "detail": finding.detail,
        "cause": finding.cause,
        "fix": finding.fix,
        "command": finding.command,
        "log": list(finding.log),
        "evidence": [evidence(item) for item in finding.evidence],
    }


def _image(image: ImageResult) -> Object:
    return {
        "components": list(image.components),
        "dockerfile": image.dockerfile,
        "seconds": round(image.seconds, DIGITS),
        "bytes": image.bytes,
        "layers": [{"instruction": layer.instruction, "bytes": layer.bytes} for layer in image.layers],
    }


def _usage(usage: ComponentUsage) -> Object:
    return {
        "component": usage.component,
        "peak_bytes": usage.peak,
        "limit_bytes": usage.limit,
        "size": usage.size,
        "advised_size": usage.advised,
    }


def verification_from(document: Mapping[str, Any]) -> Verification:
    """The verification that a document of `doctor verify --json-out` holds.

    Raises KeyError, TypeError or ValueError for what is none.
    """
    found = document["verification"]
    return Verification(
        spec=str(found["spec"]),
        engine=str(found["engine"]),
        seconds=float(found["seconds"]),
        checks=tuple(_read_check(one) for one in found["checks"]),
        images=tuple(_read_image(one) for one in found["images"]),
        usage=tuple(_read_usage(one) for one in found["memory"]),
        addresses=tuple(Address(component=name, url=url) for name, url in found.get("addresses", {}).items()),
    )


def _read_check(found: Mapping[str, Any]) -> Check:
    return Check(
        id=str(found["id"]),
        title=str(found["title"]),
        component=found["component"],
        seconds=float(found["seconds"]),
        finding=Finding(
            outcome=Outcome(found["outcome"]),
            detail=str(found["detail"]),
            cause=str(found["cause"]),
            fix=str(found["fix"]),
            command=str(found["command"]),
            log=tuple(map(str, found["log"])),
            evidence=tuple(Evidence(path=str(one["path"]), line=int(one["line"])) for one in found["evidence"]),
        ),
    )


def _read_image(found: Mapping[str, Any]) -> ImageResult:
    return ImageResult(
        components=tuple(map(str, found["components"])),
        dockerfile=str(found["dockerfile"]),
        seconds=float(found["seconds"]),
        bytes=int(found["bytes"]),
        layers=tuple(Layer(instruction=str(one["instruction"]), bytes=int(one["bytes"])) for one in found["layers"]),
    )


def _read_usage(found: Mapping[str, Any]) -> ComponentUsage:
    return ComponentUsage(
        component=str(found["component"]),
        peak=int(found["peak_bytes"]),
        limit=found["limit_bytes"],
        size=found["size"],
        advised=found["advised_size"],
    )
