"""App specs of App Platform."""

from analyzer.facts.existing.app_spec import app_specs
from analyzer.model.facts import ProcessType
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

SPEC = """\
name: shop
envs:
  - key: SHARED
    value: "1"
services:
  - name: web
    source_dir: /
    run_command: gunicorn app.wsgi
    envs:
      - {key: OWN, value: "${db.DATABASE_URL}"}
      - {key: HIDDEN, value: "EV[1:abc]", type: SECRET}
      - {key: BUILT, value: x, scope: BUILD_TIME}
  - name: site
    source_dir: frontend
    run_command: npm start
workers:
  - name: celery
    dockerfile_path: Dockerfile
    run_command: celery -A app worker
  - name: beat
    dockerfile_path: Dockerfile
jobs:
  - name: migrate
    kind: PRE_DEPLOY
    run_command: python manage.py migrate
  - name: later
    run_command: python manage.py warm
  - name: nightly
    kind: SCHEDULED
    run_command: python manage.py clean
"""


def test_components(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        ".do/app.yaml": SPEC,
        "Dockerfile": 'FROM a\nENV A=1\nENTRYPOINT ["entry"]\nCMD ["beat"]\n',
    }
    found = list(app_specs(repository(files), "."))
    assert commands(found) == [
        ("web", "gunicorn app.wsgi", 8),
        ("site", "npm start", 15),
        ("celery", "celery -A app worker", 19),
        ("beat", "entry beat", 4),
        ("migrate", "python manage.py migrate", 25),
        ("later", "python manage.py warm", 27),
        ("nightly", "python manage.py clean", 30),
    ]
    assert [(d.hint, d.firm) for d in found] == [
        (ProcessType.WEB, False),
        (ProcessType.OTHER, False),
        (None, False),
        (None, False),
        (ProcessType.RELEASE, True),
        (ProcessType.RELEASE, True),
        (ProcessType.OTHER, False),
    ]
    assert environment(found[0].environment) == {
        "SHARED": ("1", 3),
        "OWN": ("${db.DATABASE_URL}", 10),
        "HIDDEN": (None, 11),
    }
    assert found[3].variables == {"A": "1", "SHARED": "1"}


def test_components_elsewhere_are_not_the_web_process(repository: MakeRepository) -> None:
    text = (
        "spec:\n  services:\n  - {name: a, source_dir: backend, run_command: x}\n"
        "  - {name: b, source_dir: frontend, run_command: y}\n"
    )
    files = {"backend/manage.py": "", ".do/deploy.template.yaml": text, "frontend/package.json": "{}"}
    found = list(app_specs(repository(files), "backend"))
    assert [(d.name, d.hint, d.place.start) for d in found] == [
        ("a", ProcessType.WEB, "backend"),
        ("b", ProcessType.OTHER, "frontend"),
    ]


def test_other_yaml_is_left_out(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "app.yaml": "runtime: python312\nentrypoint: gunicorn app\n",
        "docker-compose.yml": "services:\n  web: {image: x}\n",
        ".do/broken.yaml": "services: [\n",
        ".do/odd.yaml": "services:\n  - text\nworkers: none\n",
    }
    assert commands(app_specs(repository(files), ".")) == [("", "", 2)]
