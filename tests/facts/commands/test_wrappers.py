"""The program behind the programs that run it."""

import pytest

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.commands.wrappers import Launch, LaunchKind, unwrap


def launch(text: str) -> Launch:
    command = split_commands(text)[0]
    return unwrap(command.words, command.raw)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gunicorn app.wsgi", "gunicorn app.wsgi"),
        ("exec gosu app gunicorn app.wsgi", "gunicorn app.wsgi"),
        ("nice -n 10 celery -A app worker", "celery -A app worker"),
        ("timeout -k 5 60 gunicorn app.wsgi", "gunicorn app.wsgi"),
        ("tini -- gunicorn app.wsgi", "gunicorn app.wsgi"),
        ("wait-for-it db:5432 -t 30 -- gunicorn app.wsgi", "gunicorn app.wsgi"),
        ("poetry run gunicorn app.wsgi", "gunicorn app.wsgi"),
        ("uv run --no-dev gunicorn app.wsgi", "gunicorn app.wsgi"),
        ("doppler run -- gunicorn app.wsgi", "gunicorn app.wsgi"),
        ("python -m gunicorn app.wsgi", "gunicorn app.wsgi"),
        ("python3.12 -u -m celery -A app worker", "celery -A app worker"),
        ("poetry install", "poetry install"),
    ],
)
def test_programs(text: str, words: str) -> None:
    found = launch(text)
    assert (found.kind, " ".join(found.words)) == (LaunchKind.PROGRAM, words)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("python manage.py migrate --noinput", LaunchKind.MANAGEMENT, "migrate --noinput"),
        ("./manage.py migrate", LaunchKind.MANAGEMENT, "migrate"),
        ("django-admin migrate", LaunchKind.MANAGEMENT, "migrate"),
        ("python -m django migrate", LaunchKind.MANAGEMENT, "migrate"),
        ("python -W ignore app/manage.py migrate", LaunchKind.MANAGEMENT, "migrate"),
        ("python -m coverage run manage.py test", LaunchKind.MANAGEMENT, "test"),
        ("python bot.py --once", LaunchKind.FILE, "bot.py --once"),
        ("bash -e bin/start.sh web", LaunchKind.SCRIPT, "bin/start.sh web"),
        ("sh -c 'migrate && serve'", LaunchKind.SHELL, "migrate && serve"),
        ("bash -lc 'serve'", LaunchKind.SHELL, "serve"),
        ("su -c 'gunicorn app.wsgi' app", LaunchKind.SHELL, "gunicorn app.wsgi"),
    ],
)
def test_kinds(text: str, kind: LaunchKind, words: str) -> None:
    found = launch(text)
    assert (found.kind, " ".join(found.words)) == (kind, words)


def test_the_shown_text_keeps_what_matters_to_the_process() -> None:
    assert (
        launch("exec newrelic-admin run-program gunicorn 'app.wsgi'").text
        == "newrelic-admin run-program gunicorn 'app.wsgi'"
    )
    assert launch("exec dumb-init gunicorn app.wsgi").text == "gunicorn app.wsgi"


def test_assignments_of_env() -> None:
    assert launch("env A=1 B=2 gunicorn app.wsgi").assignments == (("A", "1"), ("B", "2"))


@pytest.mark.parametrize("text", ["exec", "env A=1", "sh", "python", "python -m", "sh -c", "exec " * 40])
def test_a_wrapper_alone_is_no_error(text: str) -> None:
    assert launch(text).kind in LaunchKind
