"""Processes of one container are more than a matter to know of where they hand each other files."""

from pathlib import Path

import pytest

from analyzer.model.finding import Finding, Severity
from tests.rules.examples import findings_of, report_of

SUPERVISOR = {
    "Dockerfile": 'FROM python:3.13-slim\nCOPY . /app\nWORKDIR /app\nCMD ["supervisord", "-c", "supervisord.conf"]\n',
    "supervisord.conf": (
        "[supervisord]\nnodaemon=true\n[program:web]\ncommand=gunicorn shop.wsgi --bind 0.0.0.0:8000 --workers 2\n"
        "[program:worker]\ncommand=celery -A shop worker\n"
    ),
}
SENDS = """\
import tempfile

from shop.tasks import convert


def upload(request):
    path = tempfile.mkdtemp() + "/a.pdf"
    order = {"file": path}
    convert.delay(order)
"""


@pytest.mark.parametrize(
    ("path", "text", "severity"),
    [
        ("shop/views.py", SENDS, Severity.RISK),
        ("shop/views.py", SENDS.replace("convert.delay(order)", "convert.delay(request.user.pk)"), Severity.ADVICE),
        ("shop/barcodes.py", SENDS, Severity.ADVICE),
    ],
)
def test_severity(path: str, text: str, severity: Severity, tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, {**SUPERVISOR, path: text}), "several-processes-in-one-container")
    assert found.severity is severity
    assert (f"{path}:9 sends a task the path of a file" in found.message) is (severity is Severity.RISK)


INI = (
    "[uwsgi]\nmodule = shop.wsgi\nhook-pre-app = exec:./manage.py migrate\nattach-daemon = ./manage.py sendalerts\n"
    "attach-daemon = ./manage.py sendreports --loop\nif-env = SMTPD_PORT\n"
    "attach-daemon = ./manage.py smtpd --port %(_)\nendif =\n"
)
ONE = "[uwsgi]\nmodule = shop.wsgi\nattach-daemon = python manage.py sendalerts\n"


def twice(tmp_path: Path, web: str, ini: str) -> tuple[Finding, ...]:
    files = {"Procfile": f"web: {web}\n", "deploy/uwsgi.ini": ini}
    return findings_of(report_of(tmp_path, files), "several-processes-in-one-container")


def test_what_the_servers_own_file_starts_runs_twice(tmp_path: Path) -> None:
    (found,) = twice(tmp_path, "uwsgi --ini deploy/uwsgi.ini", INI)
    assert found.severity is Severity.RISK
    assert "starts sendalerts and sendreports in its container" in found.message
    assert "they run twice" in found.message
    assert "manage.py migrate at each start" in found.message
    assert "Of smtpd there is no component" in found.message
    assert [one.line for one in found.evidence] == [4, 5, 3, 7]
    assert found.remediation.startswith("Take lines 3, 4 and 5 out of deploy/uwsgi.ini")
    assert found.commands == ("sed -i '3d; 4d; 5d' deploy/uwsgi.ini",)


def test_one_program_is_enough(tmp_path: Path) -> None:
    (found,) = twice(tmp_path, "uwsgi deploy/uwsgi.ini", ONE)
    assert "makes a component of it: it runs twice" in found.message
    assert found.remediation.startswith("Take line 3 out of deploy/uwsgi.ini")
    assert "migrate" not in found.message


@pytest.mark.parametrize("web", ["gunicorn shop.wsgi --bind 0.0.0.0:$PORT", "uwsgi --module shop.wsgi --http :$PORT"])
def test_a_file_that_the_server_does_not_read(web: str, tmp_path: Path) -> None:
    assert all("twice" not in one.message for one in twice(tmp_path, web, INI))
