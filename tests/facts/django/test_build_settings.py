"""What a management command meets during a build."""

from analyzer.facts.collect import collect_facts
from analyzer.model.evidence import Fact, Unresolved
from analyzer.model.facts import BuildSettings, ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = """import os
from django.core.management import execute_from_command_line
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{module}")
execute_from_command_line([])
"""
BASE = "INSTALLED_APPS = ['django.contrib.staticfiles', 'shop']\nSTATIC_URL = '/static/'\n"


def build_settings(repository: MakeRepository, settings: str, **more: str) -> BuildSettings:
    files = {"manage.py": MANAGE.format(module="site_settings"), "site_settings.py": settings, "shop/__init__.py": ""}
    facts = collect_facts(repository({"requirements.txt": "django\n", **files, **more}))
    assert isinstance(facts, ProjectFacts)
    return facts.django.build_settings


def test_a_secret_without_default_stops_the_command_at_its_line(repository: MakeRepository) -> None:
    text = "import os\n" + BASE + "SECRET_KEY = os.environ['SECRET_KEY']\nSTATIC_ROOT = 'collected'\n"
    found = build_settings(repository, text)
    (required,) = found.required
    assert required.name == "SECRET_KEY"
    assert required.how == "KeyError: SECRET_KEY is not set"
    assert (required.evidence.path, required.evidence.line) == ("site_settings.py", 4)
    assert isinstance(found.static_root, Fact)
    assert found.static_root.value == "collected"
    assert isinstance(found.staticfiles, Fact)
    assert found.staticfiles.value is True


def test_settings_with_defaults_stop_nothing(repository: MakeRepository) -> None:
    found = build_settings(repository, "import os\n" + BASE + "SECRET_KEY = os.environ.get('SECRET_KEY', 'x')\n")
    assert found.required == ()
    assert isinstance(found.static_root, Fact)
    assert found.static_root.value is None


def test_an_app_of_the_development_requirements_is_absent(repository: MakeRepository) -> None:
    text = BASE + "SECRET_KEY = 'x'\nINSTALLED_APPS += [\n    'debug_toolbar',\n]\n"
    development = {"requirements-dev.txt": "-r requirements.txt\ndjango-debug-toolbar\n"}
    (absent,) = build_settings(repository, text, **development).absent_apps
    assert (absent.note, absent.path, absent.line) == ("debug_toolbar", "site_settings.py", 5)


def test_an_app_of_the_production_requirements_is_there(repository: MakeRepository) -> None:
    text = BASE + "SECRET_KEY = 'x'\nINSTALLED_APPS += ['debug_toolbar']\n"
    both = {"requirements.txt": "django\ndjango-debug-toolbar\n", "requirements-dev.txt": "pytest\n"}
    assert build_settings(repository, text, **both).absent_apps == ()


def test_a_settings_module_that_is_not_in_the_tree_tells_nothing(repository: MakeRepository) -> None:
    files = {"manage.py": MANAGE.format(module="elsewhere.settings"), "requirements.txt": "django\n"}
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    found = facts.django.build_settings
    assert isinstance(found.staticfiles, Unresolved)
    assert "elsewhere.settings" in found.staticfiles.reason
