"""Limits that the worker's pool has: that of gevent has the hard one alone, others none."""

from pathlib import Path

import pytest

from analyzer.rules.services import with_processes
from tests.rules.examples import findings_of, report_of


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ("", ["CELERY_TASK_SOFT_TIME_LIMIT", "CELERY_TASK_TIME_LIMIT"]),
        (" --pool=gevent", ["CELERY_TASK_TIME_LIMIT"]),
        (" -P threads", []),
    ],
)
def test_commands(options: str, names: list[str], tmp_path: Path) -> None:
    report = report_of(tmp_path, with_processes(f"worker: celery -A shop worker{options}"))
    (found,) = findings_of(report, "task-time-limit-missing")
    assert [line.partition(" ")[0] for one in found.commands for line in one.splitlines()] == names
