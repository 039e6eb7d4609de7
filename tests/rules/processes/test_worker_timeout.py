"""gunicorn's timeout ends the requests of one kind of worker alone."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of


@pytest.mark.parametrize(
    ("options", "file", "found"),
    [
        ("--timeout 300", "", 1),
        ("--timeout 300 --threads 1", "", 1),
        ("--timeout 300 --threads 2", "", 0),
        ("--timeout 300 --worker-class gevent", "", 0),
        ("--config server.py", "timeout = 300\n", 1),
        ("--config server.py", "timeout = 300\nthreads = 3\n", 0),
        ("--config server.py", "timeout = 300\nworker_class = 'uvicorn.workers.UvicornWorker'\n", 0),
    ],
)
def test_found(options: str, file: str, found: int, tmp_path: Path) -> None:
    procfile = f"web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile - {options}\n"
    report = report_of(tmp_path, {"Procfile": procfile, "server.py": file})
    assert len(findings_of(report, "worker-timeout-beyond-edge")) == found


def test_what_stands_before_the_server_is_taken_out_of_its_line(tmp_path: Path) -> None:
    server = "gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 3 --threads 2"
    report = report_of(tmp_path, {"Procfile": f"web: python manage.py migrate && {server}\n"})
    (found,) = findings_of(report, "migrations-at-start")
    assert found.commands == (f"web: {server}",)
