"""The build context, and where its files are in the image."""

from collections.abc import Callable

import pytest

from analyzer.model.evidence import Fact
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.plan.image_places import (
    absolute,
    common_folder,
    in_image,
    plan_context,
    plan_env_file,
    plan_placed,
    plan_working_dir,
    relative,
)

Facts = Callable[..., ProjectFacts]


def test_the_context_is_the_folder_that_holds_everything(facts: Facts) -> None:
    context, notes = plan_context(facts(), Overrides(), ())
    assert (context.value, notes) == (".", ())
    assert context.evidence[0].path == "manage.py"


def test_a_project_in_a_folder_of_its_own(facts: Facts) -> None:
    found = facts(IN_FOLDER)
    context, _ = plan_context(found, Overrides(), ())
    assert context.value == "backend"
    assert plan_working_dir(found, context.value).value == "/app"


def test_requirements_beside_the_project_widen_it(facts: Facts) -> None:
    files = {**IN_FOLDER, "backend/requirements.txt": "", "requirements.txt": "django==5.2.19\n"}
    found = facts(files)
    context, _ = plan_context(found, Overrides(), ())
    assert context.value == "."
    assert context.evidence[1].path == "requirements.txt"
    assert plan_working_dir(found, context.value).value == "/app/backend"


def test_a_file_of_the_web_process_widens_it(facts: Facts) -> None:
    context, _ = plan_context(facts(IN_FOLDER), Overrides(), ("deploy/gunicorn.py",))
    assert context.value == "."


PLACED = {
    "settings/__init__.py": "",
    "settings/common.py": "SECRET_KEY = 'x'\nINSTALLED_APPS = []\n",
    "docker/config.py": "from .common import *\n",
    "Dockerfile": "FROM python:3.13\nWORKDIR /shop\nCOPY . .\nRUN cp docker/config.py settings/config.py\n"
    "ENV DJANGO_SETTINGS_MODULE=settings.config\n",
}


def test_settings_that_the_image_build_copies(facts: Facts) -> None:
    found = facts(PLACED)
    modules = found.django.settings_modules.production
    assert isinstance(modules, Fact)
    assert modules.value == "settings.config"
    placed = plan_placed(found, ".")
    assert [(one.origin, one.place) for one in placed.value] == [("docker/config.py", "settings/config.py")]
    assert [(one.path, one.line) for one in placed.evidence] == [("Dockerfile", 4)]


def test_nothing_is_copied_that_is_there_or_outside(facts: Facts) -> None:
    assert plan_placed(facts({**PLACED, "settings/config.py": "from .common import *\n"}), ".").value == ()
    assert plan_placed(facts(PLACED), "settings").value == ()


CLASSES = """\
import os
from pathlib import Path
from configurations import Configuration, values
class Prod(Configuration):
    BASE = Path(__file__).resolve().parent.parent
    DOTENV = os.path.join(BASE, "%s")
    INSTALLED_APPS = []
"""


@pytest.mark.parametrize(
    ("name", "place"),
    [("etc/.env", "/app/etc/.env"), ("etc/.env.example", None), ("etc/new.conf", "/app/etc/new.conf")],
)
def test_a_file_of_variables_that_settings_open(facts: Facts, name: str, place: str | None) -> None:
    files = {
        "shop/settings.py": CLASSES % name,
        "requirements.txt": "django==5.2.19\ndjango-configurations\n",
        "etc/.env.example": "A=1\n",
        "etc/.env": "A=1\n",
    }
    made = plan_env_file(facts(files), ".")
    assert (made.value if made is not None else None) == place
    assert plan_env_file(facts({**files, "requirements.txt": "django==5.2.19\n"}), ".") is None


def test_a_configured_context_that_is_too_small_is_noted(facts: Facts) -> None:
    overrides = Overrides(image=ImageOverrides(context="shop"))
    context, notes = plan_context(facts(), overrides, ())
    assert context.value == "shop"
    assert [note.code for note in notes] == ["context-too-small"]


@pytest.mark.parametrize(
    ("setting", "context", "expected"),
    [
        ("static", ".", "/app/static"),
        ("backend/static", "backend", "/app/static"),
        ("static", "backend", "/static"),
        ("<repo parent>/static", ".", "/static"),
        ("../public/static", ".", "/public/static"),
        ("src/../media", ".", "/app/media"),
        ("/var/www", ".", "/var/www"),
    ],
)
def test_paths_of_settings_in_the_image(setting: str, context: str, expected: str) -> None:
    assert absolute(setting, context) == expected


def test_paths_of_the_repository() -> None:
    assert (relative("a/b", "a"), relative("a", "a"), relative("a/b", ".")) == ("b", ".", "a/b")
    assert (in_image("a", "a"), in_image("a/b", ".")) == ("/app", "/app/a/b")
    assert (common_folder("a/b", "a/c"), common_folder("a", "b"), common_folder("a", "a")) == ("a", ".", "a")


IN_FOLDER = {
    "manage.py": "print(1)\n",
    "shop/__init__.py": "",
    "shop/settings.py": "",
    "shop/wsgi.py": "",
    "shop/urls.py": "",
    "requirements.txt": "",
    "backend/manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'web.settings')\n",
    "backend/web/__init__.py": "",
    "backend/web/settings.py": "INSTALLED_APPS = []\nSECRET_KEY = 'x'\n",
    "backend/requirements.txt": "django==5.2.19\n",
}
