"""A crontab may be another machine's, a platform's own file is not."""

from pathlib import Path

import pytest

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Severity
from tests.rules.examples import findings_of, report_of

RENDER = (
    "services:\n  - type: cron\n    name: dump\n    runtime: python\n    schedule: '0 3 * * *'\n"
    "    startCommand: for x in a b; do ./dump.sh $x; done\n"
)


@pytest.mark.parametrize(
    ("path", "text", "severity", "certainty"),
    [
        ("backups/crontab", "0 3 * * * /opt/backup/dump.sh\n", Severity.ADVICE, Certainty.LIKELY),
        ("render.yaml", RENDER, Severity.RISK, Certainty.CERTAIN),
    ],
)
def test_whose_it_is(tmp_path: Path, path: str, text: str, severity: Severity, certainty: Certainty) -> None:
    (found,) = findings_of(report_of(tmp_path, {path: text}), "schedule-not-understood")
    assert (found.severity, found.certainty) == (severity, certainty)
