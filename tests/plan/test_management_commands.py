"""compilemessages and collectstatic during the build."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import Decision, ManagementCommand
from analyzer.plan.management_commands import plan_collectstatic, plan_compilemessages

Facts = Callable[..., ProjectFacts]


def collect(facts: ProjectFacts, **image: object) -> tuple[Decision[ManagementCommand | None], set[str]]:
    overrides = Overrides(image=ImageOverrides(**image))  # type: ignore[arg-type]
    decision, notes = plan_collectstatic(facts, overrides, ".", "trixie")
    return decision, {note.code for note in notes}


def command(decision: Decision[ManagementCommand | None]) -> ManagementCommand:
    assert decision.value is not None
    return decision.value


def test_exactly_the_required_variables_have_a_throw_away_value(facts: Facts) -> None:
    decision, codes = collect(facts())
    found = command(decision)
    assert found.command == "python manage.py collectstatic --noinput"
    assert set(found.variables) == {"DJANGO_SETTINGS_MODULE", "SECRET_KEY"}
    assert found.variables["SECRET_KEY"]
    assert (found.evidence[0].path, codes) == ("shop/settings.py", set())


def test_the_settings_of_production_are_collected_and_not_those_of_manage_py(facts: Facts) -> None:
    files = {
        "conf/__init__.py": "",
        "shop/settings.py": "",
        "shop/wsgi.py": "",
        "conf/base.py": "import os\nINSTALLED_APPS = ['django.contrib.staticfiles']\nSTATIC_ROOT = 'static'\n",
        "conf/local.py": "from .base import *\nSECRET_KEY = 'x'\n",
        "conf/production.py": "from .base import *\nSECRET_KEY = os.environ['KEY']\nDEBUG = False\n",
        "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.local')\n",
    }
    found = command(collect(facts(files))[0])
    assert found.variables["DJANGO_SETTINGS_MODULE"] == "conf.production"
    assert "KEY" in found.variables


def test_variables_of_debug_settings_are_asked_for_with_debug_off(facts: Facts) -> None:
    settings = "DEBUG = os.environ.get('DEBUG', '1') == '1'\nif not DEBUG:\n    MAIL = os.environ['MAIL_HOST']\n"
    found = command(collect(facts(settings=settings))[0])
    assert found.variables["DEBUG"] != "1"
    assert "MAIL_HOST" in found.variables


def test_debug_that_nothing_turns_off_is_noted(facts: Facts) -> None:
    assert "debug-on" in collect(facts(settings="DEBUG = True\n"))[1]
    assert "debug-on" not in collect(facts(settings="DEBUG = False\n"))[1]


def test_static_files_of_a_store_are_not_collected_at_build(facts: Facts) -> None:
    settings = "STATICFILES_STORAGE = 'storages.backends.s3boto3.S3StaticStorage'\n"
    decision, _ = collect(facts({"requirements.txt": "django==4.1.13\ndjango-storages\n"}, settings))
    assert decision.value is None
    assert "pre-deploy job" in decision.rule


def test_a_project_without_the_app_or_without_a_folder(facts: Facts) -> None:
    without_app, codes = collect(facts(settings="INSTALLED_APPS = []\n"))
    assert (without_app.value, codes) == (None, set())
    without_root, codes = collect(facts(settings="STATIC_ROOT = None\n"))
    assert (without_root.value, codes) == (None, {"static-root-missing"})


def test_settings_outside_the_repository_are_not_run(facts: Facts) -> None:
    files = {"manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'elsewhere.settings')\n"}
    decision, codes = collect(facts({**files, "shop/settings.py": "x = 1\n", "shop/wsgi.py": "x = 1\n"}))
    assert decision.value is None
    assert codes == {"settings-not-known"}


def test_an_app_of_a_development_requirement_is_noted(facts: Facts) -> None:
    files = {"requirements-dev.txt": "-r requirements.txt\ndjango-debug-toolbar\n"}
    assert "app-not-installed" in collect(facts(files, "INSTALLED_APPS += ['debug_toolbar']\n"))[1]


def test_a_folder_beside_the_source_is_told(facts: Facts) -> None:
    assert command(collect(facts(settings="STATIC_ROOT = '/srv/static/'\n"))[0]).outside == ("/srv/static",)
    assert command(collect(facts())[0]).outside == ()


@pytest.mark.parametrize(
    ("settings", "folders"),
    [
        ("FILE_UPLOAD_PERMISSIONS = 0o640\n", ("/app/staticfiles",)),
        ("FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750\n", ("/app/staticfiles",)),
        ("FILE_UPLOAD_PERMISSIONS = 0o644\nFILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755\n", ()),
        ("FILE_UPLOAD_PERMISSIONS = None\n", ()),
    ],
)
def test_files_that_are_closed_to_other_users_are_opened(facts: Facts, settings: str, folders: tuple[str, ...]) -> None:
    decision = collect(facts(settings=settings))[0]
    assert command(decision).unreadable == folders
    assert ("not root" in decision.rule) == bool(folders)


def test_the_configuration_decides(facts: Facts) -> None:
    assert collect(facts(), collectstatic=False)[0].value is None
    found = command(collect(facts(), build_environment={"SECRET_KEY": "other", "X": "1"})[0])
    assert (found.variables["SECRET_KEY"], found.variables["X"]) == ("other", "1")


def test_translations_without_compiled_files_are_compiled(facts: Facts) -> None:
    sources = {"locale/de/LC_MESSAGES/django.po": 'msgid ""\n'}
    found = plan_compilemessages(facts(sources), Overrides(), "trixie")
    assert command(found).command == "python manage.py compilemessages"
    assert found.evidence[0].path == "locale/de/LC_MESSAGES/django.po"
    compiled = {**sources, "locale/de/LC_MESSAGES/django.mo": "x"}
    assert plan_compilemessages(facts(compiled), Overrides(), "trixie").value is None
    off = Overrides(image=ImageOverrides(compilemessages=False))
    assert plan_compilemessages(facts(sources), off, "trixie").value is None
