"""What is started in the place of runserver."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of

RUNSERVER = "python manage.py runserver 0.0.0.0:8000"


@pytest.mark.parametrize(
    ("path", "text", "commands"),
    [
        ("Procfile", f"web: {RUNSERVER}\n", ("web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT",)),
        ("Dockerfile", f"FROM python:3.13\nRUN pip install django\nCOPY . .\nCMD {RUNSERVER}\n", ()),
    ],
)
def test_the_line_is_one_of_that_file(tmp_path: Path, path: str, text: str, commands: tuple[str, ...]) -> None:
    (found,) = findings_of(report_of(tmp_path, {"Procfile": None, path: text}), "runserver-in-production")
    assert found.commands == commands


def test_a_line_without_its_name_is_no_process_that_is_left_out(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"Procfile": "gunicorn shop.wsgi:application\n"})
    assert findings_of(report, "process-left-out") == ()
