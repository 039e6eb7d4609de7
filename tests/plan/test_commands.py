"""Declared commands as the image runs them."""

import pytest

from analyzer.plan.commands import management_command, parse_command, split_commands


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("celery -A shop worker", "celery -A shop worker"),
        ("exec poetry run celery -A shop worker", "celery -A shop worker"),
        ("uv run --no-sync ./manage.py rqworker", "python manage.py rqworker"),
        ("/srv/venv/bin/python3.11 /srv/app/manage.py run 'a b'", "python manage.py run 'a b'"),
        ("python -m celery -A shop worker", "celery -A shop worker"),
        ("newrelic-admin run-program celery -A x worker", "newrelic-admin run-program celery -A x worker"),
        ("C_FORCE_ROOT=1 celery -A x worker", "C_FORCE_ROOT=1 celery -A x worker"),
        (
            "celery -A x worker --pidfile=/run/w.pid --logfile /var/log/w --detach -D -l info",
            "celery -A x worker -l info",
        ),
        ("celery -A x worker -l $level -c ${COUNT:-3}", "celery -A x worker -c 3"),
        ("celery -A x worker -c $KNOWN", "celery -A x worker -c $KNOWN"),
        ("gunicorn 'a*b'", "gunicorn 'a*b'"),
    ],
)
def test_simple_commands(text: str, expected: str) -> None:
    command = parse_command(text, ("KNOWN",))
    assert command is not None
    assert command.text == expected


@pytest.mark.parametrize("text", ["a | b", "a && b", "run $(date)", "a 'b", "", "run $thing", "exec", "a > /dev/null"])
def test_what_only_a_shell_or_a_script_understands(text: str) -> None:
    assert parse_command(text, ()) is None


def test_options() -> None:
    command = parse_command("celery -A shop worker -Q a,b --concurrency=2 -B -Ofair", ())
    assert command is not None
    assert command.option("-A", "--app") == "shop"
    assert command.option("-Q", "--queues") == "a,b"
    assert command.option("-c", "--concurrency") == "2"
    assert command.option("-B", "--beat") == ""
    assert command.option("-O") == "fair"
    assert command.option("--pool") is None
    assert command.without({"-Q": 1, "--concurrency": 1}).text == "celery -A shop worker -B -Ofair"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a && b; c\nd", ["a", "b", "c", "d"]),
        ('python manage.py shell -c "x && y; z"', ['python manage.py shell -c "x && y; z"']),
        ("a 'b", ["a 'b"]),
        ("a || b", ["a || b"]),
        (" ", []),
    ],
)
def test_commands_one_behind_the_other(text: str, parts: list[str]) -> None:
    assert split_commands(text) == parts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("python manage.py migrate --noinput", "migrate"),
        ("django-admin migrate", "migrate"),
        ("python manage.py", None),
        ("gunicorn x", None),
    ],
)
def test_management_commands(text: str, name: str | None) -> None:
    command = parse_command(text, ())
    assert command is not None
    assert management_command(command) == name
