"""Procfile, app.json and heroku.yml."""

from analyzer.facts.existing.heroku import app_json, heroku_yml, procfiles
from analyzer.model.facts import ProcessType
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment


def test_lines_of_a_procfile(repository: MakeRepository) -> None:
    text = (
        "# comment\nrelease: python manage.py migrate\nweb: gunicorn app.wsgi # x\n"
        " worker: celery -A app worker\nbeat : celery beat\nnonsense\n"
    )
    found = list(procfiles(repository({"manage.py": "", "Procfile": text}), "."))
    assert commands(found) == [
        ("release", "python manage.py migrate", 2),
        ("web", "gunicorn app.wsgi # x", 3),
        ("worker", "celery -A app worker", 4),
        ("beat", "celery beat", 5),
    ]
    assert [(d.hint, d.firm) for d in found[:3]] == [
        (ProcessType.RELEASE, True),
        (ProcessType.WEB, True),
        (None, False),
    ]
    assert [d.evidence.note for d in found] == [
        "",
        "",
        "",
        "white space before the colon: Heroku runs `: celery beat`",
    ]


def test_lines_that_heroku_reads_otherwise_than_others(repository: MakeRepository) -> None:
    text = "\ufeffweb:  one\nweb:two\nworker celery -A app worker\nbeat: \nclock:\ta\nclock: b\n"
    files = {"manage.py": "", "Procfile": text, "Procfile.dev": text.lstrip("\ufeff")}
    found = list(procfiles(repository(files), "."))
    assert commands(d for d in found if d.file == "Procfile") == [
        ("web", "one", 1),
        ("web", "two", 2),
        ("worker", "celery -A app worker", 3),
        ("clock", "b", 6),
    ]
    assert [d.evidence.note for d in found if d.file == "Procfile"] == [
        "not a process for Heroku: a byte order mark stands before it",
        "not a process for Heroku: no space behind the colon",
        "",
        "",
    ]
    assert [(d.name, d.command, d.evidence.note) for d in found if d.file == "Procfile.dev"] == [
        ("web", "one", ""),
        ("web", "two", ""),
        ("clock", "a", ""),
        ("clock", "b", ""),
    ]


def test_procfiles_by_name(repository: MakeRepository) -> None:
    names = ["Procfile", "Procfile.dev", "backend/Procfile", "Procfile.sh", "Procfile.md", "OtherProcfile"]
    found = procfiles(repository({"backend/manage.py": "", **dict.fromkeys(names, "web: x\n")}), "backend")
    assert [(d.file, d.production) for d in found] == [
        ("Procfile", True),
        ("Procfile.dev", False),
        ("backend/Procfile", True),
    ]


def test_utf_16(repository: MakeRepository) -> None:
    found = list(procfiles(repository({"manage.py": "", "Procfile": "web: gunicorn app\r\n".encode("utf-16")}), "."))
    assert commands(found) == [("web", "gunicorn app", 1)]
    assert found[0].evidence.note == "not a process for Heroku, which reads no UTF-16"


def test_app_json(repository: MakeRepository) -> None:
    text = """{
  "env": {
    "DJANGO_SETTINGS_MODULE": "app.production",
    "SECRET_KEY": {"generator": "secret"},
    "DEBUG": {"value": "False"}
  },
  "scripts": {
    "postdeploy": "python manage.py loaddata x",
    "dokku": {"predeploy": "python manage.py migrate"}
  }
}"""
    found = list(app_json(repository({"manage.py": "", "app.json": text}), "."))
    assert commands(found) == [
        ("postdeploy", "python manage.py loaddata x", 8),
        ("predeploy", "python manage.py migrate", 9),
        ("web", "", 3),
    ]
    assert environment(found[0].environment) == {
        "DJANGO_SETTINGS_MODULE": ("app.production", 3),
        "SECRET_KEY": (None, 4),
        "DEBUG": ("False", 5),
    }


def test_app_json_that_is_something_else(repository: MakeRepository) -> None:
    for text in ('{"expo": {"name": "x"}}', "[]", "{", '{"env": [], "scripts": {"postdeploy": 5}}'):
        assert list(app_json(repository({"manage.py": "", "app.json": text}), ".")) == []


def test_heroku_yml(repository: MakeRepository) -> None:
    text = """\
setup:
  config:
    A: one
build:
  docker:
    web: Dockerfile
release:
  command:
    - python manage.py migrate
  image: web
run:
  web: gunicorn app.wsgi
  worker:
    command:
      - celery -A app worker
"""
    found = list(heroku_yml(repository({"manage.py": "", "heroku.yml": text}), "."))
    assert commands(found) == [
        ("web", "gunicorn app.wsgi", 12),
        ("worker", "celery -A app worker", 15),
        ("release", "python manage.py migrate", 9),
    ]
    assert [(d.firm, environment(d.environment)) for d in found] == [
        (firm, {"A": ("one", 3)}) for firm in (True, False, True)
    ]
    assert list(heroku_yml(repository({"heroku.yml": "build: [\n"}), ".")) == []
