"""Configurations of Fly.io."""

from analyzer.facts.existing.fly import fly_apps
from analyzer.model.facts import ProcessType
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

CONFIGURATION = """\
app = "shop"

[env]
A = "1"

[deploy]
release_command = "python manage.py migrate"

[processes]
web = "gunicorn app.wsgi"
worker = "celery -A app worker"

[[services]]
internal_port = 8000
processes = ["web"]
"""


def test_processes(repository: MakeRepository) -> None:
    found = list(fly_apps(repository({"manage.py": "", "fly.toml": CONFIGURATION}), "."))
    assert commands(found) == [
        ("release", "python manage.py migrate", 7),
        ("web", "gunicorn app.wsgi", 10),
        ("worker", "celery -A app worker", 11),
    ]
    assert [(d.hint, d.firm) for d in found] == [(ProcessType.RELEASE, True), (ProcessType.WEB, False), (None, False)]
    assert environment(found[0].environment) == {"A": ("1", 4)}


def test_commands_run_in_the_image(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "fly.toml": CONFIGURATION,
        "Dockerfile": 'FROM a\nENV B=2\nENTRYPOINT ["entry"]\nCMD ["x"]\n',
    }
    found = list(fly_apps(repository(files), "."))
    assert [d.command for d in found] == [
        "entry python manage.py migrate",
        "entry gunicorn app.wsgi",
        "entry celery -A app worker",
    ]
    assert found[0].variables == {"A": "1", "B": "2"}


def test_without_processes_the_image_serves(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "fly.toml": '[build]\ndockerfile = "docker/Dockerfile.prod"\n'
        'build-target = "web"\n[http_service]\ninternal_port = 1\n',
        "docker/Dockerfile.prod": "FROM a AS web\nCMD gunicorn app\nFROM b\n",
    }
    found = list(fly_apps(repository(files), "."))
    assert commands(found) == [("app", "gunicorn app", 2)]
    assert (found[0].hint, found[0].evidence.path) == (ProcessType.WEB, "docker/Dockerfile.prod")


def test_an_image_from_elsewhere(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "fly.toml": '[build]\nimage = "x"\n[env]\nA = 1\n',
        "Dockerfile": "FROM a\nCMD gunicorn app\n",
    }
    assert commands(fly_apps(repository(files), ".")) == [("app", "", 3)]


def test_names_of_the_file(repository: MakeRepository) -> None:
    names = ["fly.toml", "fly.production.toml", "fly.staging.toml", "butterfly.toml", "fly.json"]
    found = fly_apps(repository({"manage.py": "", **dict.fromkeys(names, "app = 'x'\n")}), ".")
    assert [(d.file, d.production) for d in found] == [
        ("fly.production.toml", True),
        ("fly.staging.toml", False),
        ("fly.toml", False),
    ]


def test_broken_and_odd_files(repository: MakeRepository) -> None:
    for text in (
        "[env",
        "processes = 5\n[deploy]\nrelease_command = 7\n",
        "build = 1\nservices = 'x'\nhttp_service = []\n",
    ):
        found = list(fly_apps(repository({"manage.py": "", "fly.toml": text}), "."))
        assert [d.command for d in found if d.command] == []
