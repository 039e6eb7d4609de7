"""Which requirements count as open."""

from pathlib import Path

import pytest

from analyzer.model.finding import Severity
from tests.rules.examples import findings_of, report_of


@pytest.mark.parametrize(
    ("requirements", "named", "severity"),
    [
        ("gunicorn\nredis>=5\ndjango==5.2.8\n", ["gunicorn", "redis"], Severity.ADVICE),
        ("gunicorn==23.0.0\nredis!=5.0\ndjango>=5.2\n", ["django", "redis"], Severity.RISK),
        ("django==5.2.8\ngunicorn==23.0.0\n-r more.txt\n", [], None),
    ],
)
def test_requirements(tmp_path: Path, requirements: str, named: list[str], severity: Severity | None) -> None:
    files = {"requirements.txt": requirements, "more.txt": "redis<7\n", "requirements-dev.txt": "pytest\n"}
    found = findings_of(report_of(tmp_path, files), "requirements-without-versions")
    assert [one.message.partition(" limit for ")[2].partition(":")[0] for one in found] == (
        [", ".join(named)] if named else []
    )
    assert [one.severity for one in found] == ([severity] if severity is not None else [])
