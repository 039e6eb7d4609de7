"""Which settings module production uses, where several could be it."""

from collections.abc import Mapping

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.evidence import Fact
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = """import os
from django.core.management import execute_from_command_line
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{}")
execute_from_command_line([])
"""
ENTRY = """import os
from django.core import {0}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{1}")
application = {0}.get_{0}_application()
"""
BASE = "INSTALLED_APPS = []\nROOT_URLCONF = 'app.urls'\n"
STAR = "from .base import *\n"


def production(repository: MakeRepository, default: str, files: Mapping[str, str]) -> tuple[str | None, str]:
    """The chosen module and the note that says why."""
    facts = collect_facts(repository({"manage.py": MANAGE.format(default), "app/__init__.py": "", **files}))
    assert isinstance(facts, ProjectFacts)
    chosen = facts.django.settings_modules.production
    assert isinstance(chosen, Fact)
    return chosen.value, chosen.evidence[0].note


def test_an_asgi_module_beside_another_wsgi_module_is_another_project(repository: MakeRepository) -> None:
    files = {
        "app/settings.py": BASE,
        "app/wsgi.py": ENTRY.format("wsgi", "app.settings"),
        "jobs/__init__.py": "",
        "jobs/settings.py": "from app.settings import *\n",
        "jobs/wsgi.py": ENTRY.format("wsgi", "jobs.settings"),
        "jobs/asgi.py": ENTRY.format("asgi", "jobs.settings"),
    }
    assert production(repository, "app.settings", files)[0] == "app.settings"


def test_an_asgi_module_of_its_own_counts(repository: MakeRepository) -> None:
    files = {
        "app/settings.py": BASE,
        "app/wsgi.py": ENTRY.format("wsgi", "app.settings"),
        "served/__init__.py": "",
        "served/settings.py": "from app.settings import *\n",
        "served/asgi.py": ENTRY.format("asgi", "served.settings"),
    }
    assert production(repository, "app.settings", files) == ("served.settings", "asgi.py chooses it")


def test_a_package_named_for_production_below_an_empty_default(repository: MakeRepository) -> None:
    files = {
        "app/settings/__init__.py": "",
        "app/settings/base.py": BASE,
        "app/settings/production/__init__.py": "from app.settings.base import *\n",
        "app/wsgi.py": ENTRY.format("wsgi", "app.settings"),
    }
    assert production(repository, "app.settings", files) == ("app.settings.production", "its name says production")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from .production_settings import *\nDEBUG = False\n", "app.settings"),
        ("from app.production_settings import *\n", "app.settings"),
        ("import app.production_settings\n", "app.settings"),
        ("try:\n    from app import production_settings\nexcept ImportError:\n    pass\n", "app.settings"),
        ("from .common import *\n", "app.production_settings"),
        ("import os\nif os.environ.get('X'):\n    from .production_settings import *\n", "app.production_settings"),
        (
            "try:\n    import x\nexcept ImportError:\n    from .production_settings import *\n",
            "app.production_settings",
        ),
    ],
)
def test_a_module_that_the_default_always_imports_is_a_part_of_it(
    repository: MakeRepository, text: str, expected: str
) -> None:
    files = {
        "app/common.py": BASE,
        "app/settings.py": text + "INSTALLED_APPS = []\n",
        "app/production_settings.py": BASE,
        "app/wsgi.py": ENTRY.format("wsgi", "app.settings"),
    }
    assert production(repository, "app.settings", files)[0] == expected


def test_the_only_module_that_is_for_nothing_else(repository: MakeRepository) -> None:
    files = {
        "app/settings/__init__.py": "",
        "app/settings/base.py": BASE,
        "app/settings/local.py": STAR,
        "app/settings/static.py": STAR,
        "app/settings/cloudhost.py": STAR,
    }
    module, note = production(repository, "app.settings.local", files)
    assert module == "app.settings.cloudhost"
    assert note.startswith("the only module beside manage.py's default")


def test_two_modules_leave_it_open(repository: MakeRepository) -> None:
    files = {
        "app/settings/__init__.py": "",
        "app/settings/base.py": BASE,
        "app/settings/local.py": STAR,
        "app/settings/north.py": STAR,
        "app/settings/south.py": STAR,
    }
    assert production(repository, "app.settings.local", files) == ("app.settings.local", "manage.py chooses it")


@pytest.mark.parametrize(
    ("init", "expected"),
    [
        ("import os\nif os.environ.get('X'):\n    from .production import *\n", "app.settings"),
        ("from split_settings.tools import include\ninclude('production.py')\n", "app.settings"),
        ("# production sets DJANGO_SETTINGS_MODULE itself\nfrom .base import *\n", "app.settings.production"),
        ("", "app.settings.production"),
    ],
)
def test_a_module_that_the_settings_package_loads_itself_is_a_part_of_it(
    repository: MakeRepository, init: str, expected: str
) -> None:
    files = {
        "app/settings/__init__.py": init,
        "app/settings/base.py": BASE,
        "app/settings/production.py": STAR,
        "app/wsgi.py": ENTRY.format("wsgi", "app.settings"),
    }
    assert production(repository, "app.settings", files)[0] == expected


CONFIGURED = """import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "app.settings")
os.environ.setdefault("DJANGO_CONFIGURATION", "{}")
from configurations.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


@pytest.mark.parametrize(
    ("default", "classes", "expected"),
    [
        ("Local", ("Local", "Production"), "Production"),
        ("Dev", ("Common", "Dev", "Prod"), "Prod"),
        ("Local", ("Local", "Production", "Heroku"), "Local"),
        ("Local", ("Local", "Common"), "Local"),
        ("Site", ("Site", "Production"), "Site"),
    ],
)
def test_a_class_for_development_gives_way_to_that_of_production(
    repository: MakeRepository, default: str, classes: tuple[str, ...], expected: str
) -> None:
    body = "".join(f"class {name}(Configuration):\n    INSTALLED_APPS = []\n" for name in classes)
    files = {
        "manage.py": MANAGE.format("app.settings"),
        "app/__init__.py": "",
        "app/wsgi.py": CONFIGURED.format(default),
        "app/settings.py": f"from configurations import Configuration\n{body}",
    }
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    assert facts.django.entry_variables["DJANGO_CONFIGURATION"] == expected
