"""What collectstatic meets during a build."""

import pytest

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
    """Of a project whose files are `more` beside its settings and its manage.py."""
    files = {"manage.py": MANAGE.format(module="site_settings"), "site_settings.py": settings, "shop/__init__.py": ""}
    facts = collect_facts(repository({"requirements.txt": "django\n", **files, **more}))
    assert isinstance(facts, ProjectFacts)
    return facts.django.build_settings


def test_a_secret_without_default_stops_the_command_at_its_line(repository: MakeRepository) -> None:
    text = "import os\n" + BASE + "SECRET_KEY = os.environ['SECRET_KEY']\nSTATIC_ROOT = 'collected'\n"
    found = build_settings(repository, text)
    (required,) = found.required
    assert required.name == "SECRET_KEY"
    assert required.how == "KeyError: 'SECRET_KEY'"
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


def test_the_line_of_an_absent_app_is_no_logger_and_no_middleware(repository: MakeRepository) -> None:
    text = BASE + (
        "SECRET_KEY = 'x'\nMIDDLEWARE = ['debug_toolbar.middleware.DebugToolbarMiddleware']\n"
        "LOGGING = {'loggers': {'debug_toolbar': {}}}\nINSTALLED_APPS += ['debug_toolbar']\n"
    )
    development = {"requirements-dev.txt": "-r requirements.txt\ndjango-debug-toolbar\n"}
    (absent,) = build_settings(repository, text, **development).absent_apps
    assert (absent.note, absent.line) == ("debug_toolbar", 6)


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


SERVED = """import os, sys
if len(sys.argv) > 0 and sys.argv[1] != 'collectstatic':
    DATABASE = os.environ['DATABASE_URL']
"""


def test_what_the_settings_leave_out_for_collectstatic_is_not_required(repository: MakeRepository) -> None:
    assert build_settings(repository, SERVED + BASE + "SECRET_KEY = 'x'\n").required == ()


def test_what_the_settings_ask_for_in_collectstatic_alone_is_required(repository: MakeRepository) -> None:
    text = SERVED.replace("!=", "==") + BASE + "SECRET_KEY = 'x'\n"
    assert [v.name for v in build_settings(repository, text).required] == ["DATABASE_URL"]


def test_a_module_that_manage_py_chooses_for_collectstatic_is_the_one_that_is_loaded(
    repository: MakeRepository,
) -> None:
    manage = MANAGE.format(module="site_settings").replace(
        "os.environ.setdefault",
        "import sys\nif 'collectstatic' in sys.argv:\n    os.environ['DJANGO_SETTINGS_MODULE'] = 'assets'\n"
        "os.environ.setdefault",
    )
    more = {"manage.py": manage, "assets.py": BASE + "SECRET_KEY = 'x'\nSTATIC_ROOT = 'assets'\n"}
    found = build_settings(repository, "import os\n" + BASE + "SECRET_KEY = os.environ['SECRET_KEY']\n", **more)
    assert isinstance(found.module, Fact)
    assert found.module.value == "assets"
    assert isinstance(found.static_root, Fact)
    assert found.static_root.value == "assets"
    assert found.required == ()


ADMIN = "'django.contrib.admin', 'django.contrib.auth', 'django.contrib.contenttypes', "


@pytest.mark.parametrize(
    ("django", "apps", "refused"),
    [
        ("==3.1.14", "", True),
        ("<3.2", "", True),
        (">=3.0", "", False),
        ("==3.2.25", "", False),
        ("==3.2.25", ADMIN, True),
        ("==3.2.*", ADMIN, True),
        (">=3.2,<4", ADMIN, True),
        ("==4.0", ADMIN, False),
        ("", ADMIN, False),
    ],
)
def test_an_empty_secret_key_stops_the_versions_of_django_that_look_at_it(
    repository: MakeRepository, django: str, apps: str, refused: bool
) -> None:
    text = "import os\n" + BASE.replace("[", "[" + apps, 1) + "SECRET_KEY = os.environ.get('SECRET_KEY', '')\n"
    found = build_settings(repository, text, **{"requirements.txt": f"django{django}\n"})
    assert [v.how for v in found.required] == (
        ["django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty."] if refused else []
    )


def test_settings_that_raise_for_want_of_a_file_refuse_to_load(repository: MakeRepository) -> None:
    text = (
        "import os\nfrom django.core.exceptions import ImproperlyConfigured\n"
        "if not os.path.exists(os.path.join(os.path.dirname(__file__), 'local.ini')):\n"
        "    raise ImproperlyConfigured('no local.ini')\n" + BASE + "SECRET_KEY = 'x'\n"
    )
    refusal = build_settings(repository, text).refusal
    assert refusal is not None
    assert (refusal.path, refusal.line) == ("site_settings.py", 4)
    assert refusal.note == "django.core.exceptions.ImproperlyConfigured: no local.ini"


def test_settings_that_raise_for_want_of_a_variable_do_not_refuse_to_load(repository: MakeRepository) -> None:
    text = "import os\nif not os.environ.get('KEY'):\n    raise ValueError('set KEY')\n" + BASE + "SECRET_KEY = 'x'\n"
    found = build_settings(repository, text)
    assert found.refusal is None
    assert [(v.name, v.how, v.direct) for v in found.required] == [("KEY", "ValueError: set KEY", True)]


def test_a_variable_that_something_else_fails_for_want_of_is_not_refused_itself(repository: MakeRepository) -> None:
    text = "import os\n" + BASE + "SECRET_KEY = 'x'\nALLOWED_HOSTS = os.environ.get('HOSTS').split(',')\n"
    (variable,) = build_settings(repository, text).required
    assert (variable.name, variable.direct) == ("HOSTS", False)
    assert variable.how == "AttributeError: 'NoneType' object has no attribute 'split'"
