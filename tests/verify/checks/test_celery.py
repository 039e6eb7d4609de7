"""What of Celery a command starts."""

import pytest

from analyzer.verify.checks.celery import celery_command


@pytest.mark.parametrize(
    ("command", "app", "worker", "beat", "scheduler"),
    [
        ("exec celery -A shop worker --loglevel info", "shop", True, False, None),
        ("celery --app=shop.celery:app worker -B", "shop.celery:app", True, True, None),
        ("cd backend && celery -Ashop beat -S django", "shop", False, True, "django"),
        ("/opt/venv/bin/celery --app shop beat --scheduler=a.b:C", "shop", False, True, "a.b:C"),
    ],
)
def test_commands(command: str, app: str, worker: bool, beat: bool, scheduler: str | None) -> None:
    found = celery_command(command, {})
    assert found is not None
    assert (found.app, found.worker, found.beat, found.scheduler) == (app, worker, beat, scheduler)


def test_the_app_can_come_from_the_environment() -> None:
    found = celery_command("celery worker", {"CELERY_APP": "shop"})
    assert found is not None
    assert found.app == "shop"


@pytest.mark.parametrize(
    "command",
    ["gunicorn shop.wsgi", "celery -A shop flower", "celery worker", "python manage.py rqworker", "celery 'x"],
)
def test_other_commands(command: str) -> None:
    assert celery_command(command, {}) is None
