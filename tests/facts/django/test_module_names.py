"""Names of settings modules."""

import pytest

from analyzer.facts.django.module_names import (
    dotted_name,
    import_roots,
    is_development,
    is_for_build,
    is_production,
    is_shared,
    settings_candidates,
)
from tests.facts.conftest import MakeRepository


@pytest.mark.parametrize(
    ("module", "production", "development", "shared", "build"),
    [
        ("a.settings.production", True, False, False, False),
        ("a.settings.prod", True, False, False, False),
        ("a.production_settings", True, False, False, False),
        ("a.settings.heroku", True, False, False, False),
        ("production.settings", False, False, False, False),
        ("a.settings.product", False, False, False, False),
        ("a.settings.local", False, True, False, False),
        ("a.settings.test_production", True, True, False, False),
        ("a.settings.staging", False, True, False, False),
        ("a.settings.localised", False, False, False, False),
        ("a.settings.base", False, False, True, False),
        ("a.settings.base_x", False, False, False, False),
        ("a.settings.collectstatic", False, False, False, True),
        ("a.settings", False, False, False, False),
    ],
)
def test_what_the_last_part_says(module: str, production: bool, development: bool, shared: bool, build: bool) -> None:
    said = is_production(module), is_development(module), is_shared(module), is_for_build(module)
    assert said == (production, development, shared, build)


@pytest.mark.parametrize(
    ("django_dir", "files", "roots"),
    [
        (".", ["a.py"], (".",)),
        (".", ["src/a.py"], (".", "src")),
        ("backend", ["backend/a.py"], ("backend", ".")),
        ("a/b", ["a/b/c.py", "a/src/d.py", "a/b/src/e.py"], ("a/b", "a", ".", "a/b/src", "a/src")),
        ("src", ["src/a.py"], ("src", ".")),
    ],
)
def test_where_imports_resolve(
    repository: MakeRepository, django_dir: str, files: list[str], roots: tuple[str, ...]
) -> None:
    assert import_roots(repository(dict.fromkeys(files, "")), django_dir) == roots


@pytest.mark.parametrize(
    ("path", "roots", "name"),
    [
        ("a/b.py", (".",), "a.b"),
        ("a/__init__.py", (".",), "a"),
        ("backend/a/b.py", ("backend", "."), "a.b"),
        ("other/b.py", ("backend", "."), "other.b"),
        ("other/b.py", ("backend",), "other.b"),
        ("backends/b.py", ("backend", "."), "backends.b"),
    ],
)
def test_dotted_names(path: str, roots: tuple[str, ...], name: str) -> None:
    assert dotted_name(path, roots) == name


APPS = "INSTALLED_APPS = []\n"


@pytest.mark.parametrize(
    ("path", "text", "is_candidate"),
    [
        ("app/settings.py", APPS, True),
        ("app/settings_prod.py", APPS, True),
        ("app/settings/prod.py", "from .base import *\n", True),
        ("app/settings/prod.py", "\n\nfrom app.settings.base import *\n", True),
        ("app/settings/prod.py", "from split_settings.tools import include\n", True),
        ("app/settings/__init__.py", APPS, False),
        ("app/settings/prod/__init__.py", "from app.settings.base import *\n", True),
        ("app/settings/prod/__init__.py", "", False),
        ("app/views/prod/__init__.py", APPS, False),
        ("app/settings/prod.py", "X = INSTALLED_APPS\n", False),
        ("app/settings/prod.py", "DEBUG = True\n", False),
        ("app/views.py", APPS, False),
        ("app/settings.txt", APPS, False),
        ("conf/environments/prod.py", APPS, True),
    ],
)
def test_files_that_look_like_settings(repository: MakeRepository, path: str, text: str, is_candidate: bool) -> None:
    repo = repository({path: text, "other.py": ""})
    expected = (path.removesuffix(".py").removesuffix("/__init__").replace("/", "."),) if is_candidate else ()
    assert settings_candidates(repo, (".",), ()) == expected


def test_chosen_modules_and_what_lies_beside_them(repository: MakeRepository) -> None:
    files = {
        "app/configuration/live.py": "DEBUG = False\n",
        "app/configuration/other.py": APPS,
        "app/configuration/urls.py": APPS,
        "app/elsewhere/third.py": APPS,
    }
    chosen = ("app.configuration.live", "app.absent")
    found = settings_candidates(repository(files), (".",), chosen)
    assert found == ("app.configuration.live", "app.configuration.other")


def test_a_file_of_blank_lines_is_read_in_one_pass(repository: MakeRepository) -> None:
    repo = repository({"app/settings.py": "\n" * 500_000 + "from x import y\n"})
    assert settings_candidates(repo, (".",), ()) == ()
