"""Configuration files of uWSGI."""

import pytest

from analyzer.facts.existing.uwsgi import configuration_file, uwsgi_commands, uwsgi_configurations, uwsgi_environment
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands

INI = """\
[uwsgi]
module = app.wsgi
env = DJANGO_SETTINGS_MODULE=app.settings.production
attach-daemon = ./manage.py sendmail
attach-daemon2 = cmd=celery -A app worker,pidfile=/tmp/pid
smart-attach-daemon = /tmp/beat.pid celery -A app beat
cron2 = minute=5 ./manage.py clean
hook-pre-app = exec:./manage.py migrate
hook-asap = print:hello
if-env = SMTP_PORT
attach-daemon = ./manage.py smtp --port %(_) --host $(SMTP_HOST)
endif =
[other]
attach-daemon = no
"""


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("uwsgi", "--ini", "conf/uwsgi.ini"), "conf/uwsgi.ini"),
        (("uwsgi", "--ini=uwsgi.ini:prod"), "uwsgi.ini"),
        (("uwsgi", "uwsgi.ini"), "uwsgi.ini"),
        (("uwsgi", "--http", ":8000"), None),
        (("uwsgi", "--ini"), None),
    ],
)
def test_configuration_file(words: tuple[str, ...], file: str | None) -> None:
    assert configuration_file(words) == file


def test_commands_that_uwsgi_starts(repository: MakeRepository) -> None:
    repo = repository({"uwsgi.ini": INI})
    assert [(found.command, found.line) for found in uwsgi_commands(repo, "uwsgi.ini")] == [
        ("./manage.py sendmail", 4),
        ("celery -A app worker", 5),
        ("celery -A app beat", 6),
        ("./manage.py clean", 7),
        ("./manage.py migrate", 8),
        ("./manage.py smtp --port $SMTP_PORT --host $SMTP_HOST", 11),
    ]


def test_environment(repository: MakeRepository) -> None:
    found = list(uwsgi_environment(repository({"uwsgi.ini": INI}), "uwsgi.ini"))
    assert [(name, value, at.line) for name, value, at in found] == [
        ("DJANGO_SETTINGS_MODULE", "app.settings.production", 3)
    ]


def test_a_configuration_is_a_server(repository: MakeRepository) -> None:
    repo = repository({"manage.py": "", "deploy/uwsgi.ini": "; top\n" + INI, "setup.ini": "[tool]\na = 1\n"})
    found = list(uwsgi_configurations(repo, "."))
    assert commands(found) == [("", "uwsgi --ini deploy/uwsgi.ini", 3)]
