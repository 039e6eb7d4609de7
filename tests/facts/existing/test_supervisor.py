"""Supervisor and Circus."""

from analyzer.facts.existing.supervisor import managed_programs
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

CONFIGURATION = """\
[supervisord]
nodaemon=true
environment=SHARED="1"

[program:web]
command=gunicorn app.wsgi --bind 0.0.0.0:%(ENV_PORT)s ; the server
directory=/srv/backend
environment=A="one, two",B=%(ENV_HOME)s/x,
  C='3'

[program:worker]
command=celery -A app worker -n w%%h
autostart=false

[program:nothing]
directory=/
"""


def test_programs(repository: MakeRepository) -> None:
    repo = repository({"backend/manage.py": "", "deploy/supervisord.conf": CONFIGURATION})
    found = list(managed_programs(repo, "backend"))
    assert commands(found) == [
        ("web", "gunicorn app.wsgi --bind 0.0.0.0:$PORT", 6),
        ("worker", "celery -A app worker -n w%h", 12),
    ]
    assert [(d.source, d.production, d.place.start) for d in found] == [
        ("supervisor", True, "backend"),
        ("supervisor", False, "backend"),
    ]
    assert environment(found[0].environment) == {
        "SHARED": ("1", 3),
        "A": ("one, two", 8),
        "B": ("$HOME/x", 8),
        "C": ("3", 8),
    }


def test_circus(repository: MakeRepository) -> None:
    text = "[watcher:web]\ncmd = chaussette\nargs = --fd 1 app.wsgi\nworking_dir = src\n[env:web]\nA = 1\n"
    (found,) = managed_programs(repository({"manage.py": "", "src/x.py": "", "circus.ini": text}), ".")
    assert (found.source, found.command, found.place.start) == ("circus", "chaussette --fd 1 app.wsgi", "src")
    assert environment(found.environment) == {"A": ("1", 6)}


def test_other_configurations(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "nginx.conf": "server { listen 80; }\n",
        "setup.cfg": "[tool]\ncommand = x\n",
        "a.txt": CONFIGURATION,
    }
    assert list(managed_programs(repository(files), ".")) == []


def test_an_unfinished_quote(repository: MakeRepository) -> None:
    text = '[program:web]\ncommand=serve\nenvironment=A="1,B=2\n'
    (found,) = managed_programs(repository({"manage.py": "", "x.conf": text}), ".")
    assert environment(found.environment) == {"A": ('"1', 3), "B": ("2", 3)}
