"""Groups of development that production needs."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
UV = """\
[project]
name = "shop"
version = "1"
dependencies = ["django==5.2.8"]

[dependency-groups]
dev = ["pytest", "factory-boy"]
extra = ["django-environ", "django-debug-toolbar"]

[project.optional-dependencies]
images = ["easy-thumbnails"]

[tool.uv]
"""
APPS = "INSTALLED_APPS = ['django.contrib.admin', 'easy_thumbnails']\n"


def facts(repository: MakeRepository, files: dict[str, str], settings: str) -> ProjectFacts:
    given = {"manage.py": MANAGE, "shop/__init__.py": "", "shop/settings.py": settings, "pyproject.toml": UV, **files}
    found = collect_facts(repository(given))
    assert isinstance(found, ProjectFacts)
    return found


@pytest.mark.parametrize(
    ("settings", "needed"),
    [
        (APPS, {"images": ("easy_thumbnails", 1)}),
        ("import environ\nINSTALLED_APPS = []\n", {"extra": ("environ", 1)}),
        (f"import environ\n{APPS}", {"images": ("easy_thumbnails", 2), "extra": ("environ", 1)}),
        ("MIDDLEWARE = [\n    'debug_toolbar.middleware.Toolbar',\n]\n", {"extra": ("debug_toolbar", 2)}),
        ("try:\n    import environ\nexcept ImportError:\n    environ = None\n", {}),
        ("import os, json\nINSTALLED_APPS = ['shop', 'elsewhere']\n", {}),
    ],
)
def test_what_the_settings_load(repository: MakeRepository, settings: str, needed: dict[str, tuple[str, int]]) -> None:
    install = facts(repository, {"uv.lock": ""}, settings).dependencies.install
    assert {group: (place.note, place.line) for group, place in install.needed.items()} == needed
    assert set(needed) == {*install.extras, *install.groups}


TESTS = {"shop/tests/__init__.py": "", "shop/tests/users.py": "import json\n\nimport pytest\n"}


@pytest.mark.parametrize(
    ("path", "code", "needed"),
    [
        ("shop/models.py", "from .tests.users import user\n", {"dev": ("pytest", 3)}),
        ("shop/sales/__init__.py", "from ..tests.users import user\n", {"dev": ("pytest", 3)}),
        ("shop/sales/views.py", "from shop.tests.users import user\n", {"dev": ("pytest", 3)}),
        ("shop/models.py", "def f():\n    from .tests.users import user\n", {}),
        ("shop/management/commands/fill.py", "from shop.tests.users import user\n", {}),
        ("shop/tests/test_users.py", "from .users import user\n", {}),
        ("shop/models.py", "from elsewhere.tests import user\n", {}),
    ],
)
def test_tests_that_production_imports(
    repository: MakeRepository, path: str, code: str, needed: dict[str, tuple[str, int]]
) -> None:
    install = facts(repository, {"uv.lock": "", path: code, **TESTS}, "INSTALLED_APPS = []\n").dependencies.install
    assert {group: (place.note, place.line) for group, place in install.needed.items()} == needed


def test_requirements_files_of_development_are_left_out(repository: MakeRepository) -> None:
    files = {"requirements.txt": "django\n", "requirements-dev.txt": "easy-thumbnails\n", "pyproject.toml": ""}
    assert facts(repository, files, APPS).dependencies.install.needed == {}
