"""The configuration files of gunicorn and uWSGI."""

import pytest

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ServerSetting
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe

SETTINGS = "INSTALLED_APPS = []\n"
FILE = "import os\nworkers = 2\nbind = f'0.0.0.0:{os.environ[\"PORT\"]}'\n"


def setting(path: str, name: str, value: str | int | None, line: int) -> ServerSetting:
    """A setting at its line."""
    return ServerSetting(name=name, value=value, evidence=Evidence(path=path, line=line))


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("gunicorn app.wsgi", "gunicorn.conf.py"),
        ("gunicorn -c deploy/gunicorn.py app.wsgi", "deploy/gunicorn.py"),
        ("gunicorn --config=deploy/gunicorn.py app.wsgi", "deploy/gunicorn.py"),
    ],
)
def test_gunicorn(repository: MakeRepository, command: str, path: str) -> None:
    facts = observe(repository, SETTINGS, {"Procfile": f"web: {command}\n", path: FILE})
    assert facts.server_settings == (setting(path, "workers", 2, 2), setting(path, "bind", None, 3))


def test_uwsgi(repository: MakeRepository) -> None:
    ini = "[uwsgi]\n; chdir = /code\nuid = www-data\nhttp-socket=:8000\n"
    facts = observe(repository, SETTINGS, {"Procfile": "web: uwsgi --ini uwsgi.ini\n", "uwsgi.ini": ini})
    assert facts.server_settings == (
        setting("uwsgi.ini", "uid", "www-data", 3),
        setting("uwsgi.ini", "http-socket", ":8000", 4),
    )


def test_uwsgi_leaves_out_what_a_variable_switches_on(repository: MakeRepository) -> None:
    ini = (
        "[uwsgi]\nif-env = V6\nhttp-socket = [::]:8000\nendif =\n"
        "if-not-env = V6\nhttp-socket = :8000\nendif =\nchdir = /code\n"
    )
    facts = observe(repository, SETTINGS, {"Procfile": "web: uwsgi --ini uwsgi.ini\n", "uwsgi.ini": ini})
    assert facts.server_settings == (
        setting("uwsgi.ini", "http-socket", ":8000", 6),
        setting("uwsgi.ini", "chdir", "/code", 8),
    )


def test_a_file_that_no_web_process_reads(repository: MakeRepository) -> None:
    assert observe(repository, SETTINGS, {"gunicorn.conf.py": FILE}).server_settings == ()


def test_calls_that_configure_loggers(repository: MakeRepository) -> None:
    text = "import logging.config\n\nprint('hello')\nlogging.config.dictConfig({'version': 1})\n"
    facts = observe(repository, SETTINGS, {"Procfile": "web: gunicorn app.wsgi\n", "gunicorn.conf.py": text})
    assert facts.server_settings == (setting("gunicorn.conf.py", "dictConfig", None, 4),)
