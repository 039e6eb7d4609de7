"""The project's own line of a Procfile as it is after the change."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of

END = "--bind 0.0.0.0:$PORT"


@pytest.mark.parametrize(
    ("rule", "command", "line"),
    [
        (
            "port-not-from-environment",
            "newrelic-admin run-program gunicorn shop.wsgi --log-file -",
            f"web: newrelic-admin run-program gunicorn shop.wsgi --log-file - {END}",
        ),
        ("port-not-from-environment", "gunicorn shop.wsgi -b 0.0.0.0:8000 -w 2", f"web: gunicorn shop.wsgi {END} -w 2"),
        ("port-not-from-environment", "gunicorn --bind=:8000 shop.wsgi", f"web: gunicorn {END} shop.wsgi"),
        ("buildpack-variables", "gunicorn shop.wsgi -w 2", f"web: gunicorn shop.wsgi -w 2 {END} --access-logfile -"),
    ],
)
def test_the_command_stays(tmp_path: Path, rule: str, command: str, line: str) -> None:
    (found,) = findings_of(report_of(tmp_path, {"Procfile": f"web: {command}\n"}), rule)
    assert found.commands == (line,)
