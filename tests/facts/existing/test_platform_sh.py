"""Platform.sh and Upsun."""

from analyzer.facts.existing.platform_sh import platform_sh_applications
from analyzer.model.facts import ProcessType
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

APPLICATION = """\
name: shop
variables:
  env:
    DJANGO_SETTINGS_MODULE: app.production
web:
  commands:
    start: gunicorn app.wsgi
workers:
  queue:
    commands:
      start: celery -A app worker
hooks:
  build: |
    pip install -r requirements.txt
    python manage.py collectstatic
  deploy: python manage.py migrate
"""


def test_an_application(repository: MakeRepository) -> None:
    found = list(platform_sh_applications(repository({"manage.py": "", ".platform.app.yaml": APPLICATION}), "."))
    assert commands(found) == [
        ("web", "gunicorn app.wsgi", 7),
        ("queue", "celery -A app worker", 11),
        ("build", "pip install -r requirements.txt\npython manage.py collectstatic", 14),
        ("deploy", "python manage.py migrate", 16),
    ]
    assert [(d.hint, d.prepares) for d in found] == [
        (ProcessType.WEB, False),
        (None, False),
        (None, True),
        (None, True),
    ]
    assert environment(found[0].environment) == {"DJANGO_SETTINGS_MODULE": ("app.production", 4)}


def test_several_applications(repository: MakeRepository) -> None:
    text = (
        "applications:\n  api:\n    source: {root: backend}\n    web: {commands: {start: gunicorn a}}\n"
        "  site:\n    source: {root: frontend}\n    web: {commands: {start: node b}}\n"
    )
    files = {"backend/manage.py": "", ".upsun/config.yaml": text, "frontend/x.js": "", "config.yaml": text}
    found = list(platform_sh_applications(repository(files), "backend"))
    assert [(d.command, d.hint, d.place.start) for d in found] == [
        ("gunicorn a", ProcessType.WEB, "backend"),
        ("node b", ProcessType.OTHER, "frontend"),
    ]


def test_odd_files(repository: MakeRepository) -> None:
    for text in ("web: 1\nworkers: []\nhooks: x\n", "applications: []\n", "[", ""):
        assert list(platform_sh_applications(repository({"manage.py": "", ".platform.app.yaml": text}), ".")) == []
