"""A worker that is planned anyway is no process that is left out."""

from pathlib import Path

import pytest

from analyzer.rules.services import with_celery
from tests.rules.examples import findings_of, report_of

LOOP = "#!/bin/sh\nfor queue in fast slow; do\n  {}\ndone\n"


@pytest.mark.parametrize(
    ("command", "number"), [("celery -A shop worker -Q $queue", 0), ("python manage.py work $queue", 1)]
)
def test_a_worker_of_celery_has_a_component(tmp_path: Path, command: str, number: int) -> None:
    files = with_celery(
        "",
        {
            "Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\nworker: scripts/work.sh\n",
            "scripts/work.sh": LOOP.format(command),
        },
    )
    assert len(findings_of(report_of(tmp_path, files), "process-not-understood")) == number
