"""The types of known programs."""

import pytest

from analyzer.facts.commands.programs import identify, is_helper
from analyzer.facts.commands.shell import split_commands
from analyzer.facts.commands.wrappers import Launch, LaunchKind, unwrap
from analyzer.model.facts import ProcessType


def launch(text: str) -> Launch:
    command = split_commands(text)[0]
    return unwrap(command.words, command.raw)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("gunicorn app.wsgi", ProcessType.WEB),
        ("/venv/bin/uwsgi --ini uwsgi.ini", ProcessType.WEB),
        ("celery -A app worker -B", ProcessType.WORKER),
        ("celery --app=app beat", ProcessType.BEAT),
        ("celery -A worker flower", ProcessType.OTHER),
        ("celery worker -A app", ProcessType.WORKER),
        ("python manage.py celery worker", ProcessType.WORKER),
        ("python manage.py rqworker high", ProcessType.WORKER),
        ("python manage.py qcluster", ProcessType.WORKER),
        ("python manage.py migrate", ProcessType.RELEASE),
        ("rq worker default", ProcessType.WORKER),
        ("python manage.py shell", None),
        ("celery -A app inspect ping", None),
    ],
)
def test_types(text: str, type_: ProcessType | None) -> None:
    program = identify(launch(text))
    assert program is not None
    assert program.type is type_


@pytest.mark.parametrize("text", ["node server.js", "python manage.py import_things", "python bot.py", "./start.sh"])
def test_other_programs_are_not_known(text: str) -> None:
    assert identify(launch(text)) is None


def test_an_empty_command_is_not_known() -> None:
    assert identify(Launch(kind=LaunchKind.PROGRAM, words=(), text="")) is None


@pytest.mark.parametrize(
    ("text", "development"),
    [
        ("python manage.py runserver", True),
        ("uvicorn app.asgi:application --reload", True),
        ("gunicorn --reload app.wsgi", True),
        ("gunicorn app.wsgi", False),
    ],
)
def test_development_servers(text: str, development: bool) -> None:
    program = identify(launch(text))
    assert program is not None
    assert program.development is development


@pytest.mark.parametrize(
    ("text", "runs_on"), [("gunicorn a", True), ("python manage.py migrate", False), ("python manage.py check", False)]
)
def test_runs_on(text: str, runs_on: bool) -> None:
    program = identify(launch(text))
    assert program is not None
    assert program.runs_on is runs_on


@pytest.mark.parametrize(
    ("text", "helper"), [("sleep 3", True), ("/usr/bin/supervisord -n", True), ("node app.js", False)]
)
def test_helpers(text: str, helper: bool) -> None:
    assert is_helper(launch(text)) is helper
