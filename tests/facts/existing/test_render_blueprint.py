"""Blueprints of Render."""

from analyzer.facts.existing.render_blueprint import render_blueprints
from analyzer.model.facts import ProcessType
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

BLUEPRINT = """\
envVarGroups:
  - name: common
    envVars:
      - {key: A, value: group}
services:
  - type: web
    name: shop
    runtime: python
    buildCommand: ./build.sh
    preDeployCommand: python manage.py migrate
    startCommand: gunicorn app.wsgi
    envVars:
      - fromGroup: common
      - {key: B, value: own}
      - {key: C, sync: false}
  - type: worker
    name: celery
    runtime: docker
    dockerCommand: celery -A app worker
  - type: web
    name: site
    rootDir: frontend
    startCommand: npm start
  - type: cron
    name: nightly
    startCommand: python manage.py clean
  - type: keyvalue
    name: redis
databases:
  - name: db
"""


def test_services(repository: MakeRepository) -> None:
    files = {
        "backend/manage.py": "",
        "render.yaml": BLUEPRINT,
        "Dockerfile": 'FROM a\nENTRYPOINT ["entry"]\n',
        "frontend/package.json": "{}",
    }
    found = list(render_blueprints(repository(files), "backend"))
    assert commands(found) == [
        ("shop", "gunicorn app.wsgi", 11),
        ("build", "./build.sh", 9),
        ("release", "python manage.py migrate", 10),
        ("celery", "entry celery -A app worker", 19),
        ("site", "npm start", 23),
        ("nightly", "python manage.py clean", 26),
    ]
    assert [(d.hint, d.firm, d.prepares) for d in found] == [
        (ProcessType.WEB, False, False),
        (None, False, True),
        (ProcessType.RELEASE, True, False),
        (None, False, False),
        (ProcessType.OTHER, False, False),
        (ProcessType.OTHER, False, False),
    ]
    assert environment(found[0].environment) == {"A": ("group", 4), "B": ("own", 14), "C": (None, 15)}


def test_a_service_without_a_command(repository: MakeRepository) -> None:
    text = "services:\n  - type: web\n    name: a\n  - type: static_site\n    name: b\n  - text\n"
    assert commands(render_blueprints(repository({"manage.py": "", "render.yaml": text}), ".")) == [("a", "", 2)]
    assert list(render_blueprints(repository({"render.yaml": "- a\n"}), ".")) == []
