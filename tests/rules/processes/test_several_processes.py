"""Processes of one container are more than a matter to know of where they hand each other files."""

from pathlib import Path

import pytest

from analyzer.model.finding import Severity
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
