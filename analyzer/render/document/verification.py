"""A verification as plain data."""

from analyzer.model.verification import Check, ComponentUsage, ImageResult, Verification
from analyzer.render.document.values import Object, place

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
        "evidence": [place(item) for item in finding.evidence],
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
