"""Units of systemd."""

from analyzer.facts.existing.systemd import systemd_units
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

UNIT = """\
[Unit]
Description=Shop
[Service]
WorkingDirectory=backend
Environment="A=one two" B=2
Environment=DJANGO_SETTINGS_MODULE=app.production
EnvironmentFile=-/etc/shop/shop.env
ExecStartPre=-/srv/venv/bin/python manage.py migrate
ExecStart=/srv/venv/bin/gunicorn app.wsgi \\
  --bind unix:/run/%%i.sock
ExecReload=/bin/kill -HUP $MAINPID
"""


def test_a_unit(repository: MakeRepository) -> None:
    repo = repository({"backend/manage.py": "", "deploy/shop@.service": UNIT, "deploy/shop.env": "C=3\n"})
    found = list(systemd_units(repo, "."))
    assert commands(found) == [
        ("shop", "/srv/venv/bin/python manage.py migrate", 8),
        ("shop", "/srv/venv/bin/gunicorn app.wsgi --bind unix:/run/%i.sock", 9),
    ]
    assert [(d.prepares, d.place.start) for d in found] == [(True, "backend"), (False, "backend")]
    assert environment(found[0].environment) == {
        "A": ("one two", 5),
        "B": ("2", 5),
        "DJANGO_SETTINGS_MODULE": ("app.production", 6),
        "C": ("3", 1),
    }


def test_names(repository: MakeRepository) -> None:
    unit = "[Service]\nExecStart=serve\n"
    names = ["a.service", "b.service.j2", "c.service.txt", "service", "d.socket"]
    found = systemd_units(repository({"manage.py": "", **dict.fromkeys(names, unit)}), ".")
    assert [d.name for d in found] == ["a", "b"]


def test_other_sections_and_unfinished_quotes(repository: MakeRepository) -> None:
    text = '[Unit]\nExecStart=no\n[Service]\nEnvironment="A=1 B=2\nExecStart=\n'
    assert list(systemd_units(repository({"manage.py": "", "a.service": text}), ".")) == []
    (found,) = systemd_units(repository({"manage.py": "", "a.service": text + "ExecStart=x\n"}), ".")
    assert environment(found.environment) == {'"A': ("1", 4), "B": ("2", 4)}
