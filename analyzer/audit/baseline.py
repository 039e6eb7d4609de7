"""The baseline: findings that are known, so that only new ones count."""

import json
from collections.abc import Iterable
from pathlib import Path

from analyzer.model.errors import UsageError
from analyzer.model.finding import Finding

VERSION = 1
MAX_BYTES = 20_000_000


def baseline_text(findings: Iterable[Finding]) -> str:
    """The baseline file that makes these findings known: a line for each, so that a diff shows what came and went."""
    entries = sorted(
        ({"rule": one.rule, "path": one.evidence[0].path, "fingerprint": one.fingerprint} for one in findings),
        key=lambda entry: (entry["rule"], entry["path"], entry["fingerprint"]),
    )
    lines = ",\n".join(f"    {json.dumps(entry)}" for entry in entries)
    body = f"[\n{lines}\n  ]" if entries else "[]"
    return f'{{\n  "doctor_baseline": {VERSION},\n  "findings": {body}\n}}\n'


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline file. Raises UsageError for a file that is none."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read the baseline {path}: {error.strerror}") from None
    try:
        if len(content) > MAX_BYTES:
            raise ValueError
        document = json.loads(content)
        version = document["doctor_baseline"]
        known = frozenset(str(entry["fingerprint"]) for entry in document["findings"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise UsageError(f"{path} is no baseline; doctor scan --write-baseline {path} writes one") from None
    if version != VERSION:
        raise UsageError(f"{path} is a baseline of version {version!r}, and this doctor reads version {VERSION}")
    return known
