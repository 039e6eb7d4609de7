"""Google App Engine."""

from analyzer.facts.existing.app_engine import app_engine_services
from analyzer.model.facts import ProcessType
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment


def test_entry_point_and_environment(repository: MakeRepository) -> None:
    text = "runtime: python312\nservice: shop\nentrypoint: gunicorn -b :$PORT app.wsgi\nenv_variables:\n  A: one\n"
    (found,) = app_engine_services(repository({"manage.py": "", "app.yaml": text}), ".")
    assert commands([found]) == [("shop", "gunicorn -b :$PORT app.wsgi", 3)]
    assert (found.hint, environment(found.environment)) == (ProcessType.WEB, {"A": ("one", 5)})


def test_without_an_entry_point(repository: MakeRepository) -> None:
    found = app_engine_services(repository({"manage.py": "", "app.flexible.yaml": "env: flex\nruntime: python\n"}), ".")
    assert commands(found) == [("web", "", 2)]


def test_other_files(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "app.yaml": "runtime: nodejs20\n",
        "app.yml": "services: []\n",
        "other.yaml": "runtime: python312\n",
    }
    assert list(app_engine_services(repository(files), ".")) == []
