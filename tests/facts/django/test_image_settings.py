"""What collectstatic meets in the image: the settings of production, DEBUG off."""

from analyzer.facts.collect import collect_facts
from analyzer.model.evidence import Fact, Unresolved
from analyzer.model.facts import DjangoFacts, ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '{}')\n"
BASE = "import os\nINSTALLED_APPS = ['django.contrib.staticfiles']\nSTATIC_ROOT = 'static'\n"


def django(repository: MakeRepository, **settings: str) -> DjangoFacts:
    """Of a project whose settings modules are `settings`, manage.py choosing `local` or the only one."""
    default = "local" if "local" in settings else next(iter(settings))
    files = {f"conf/{name}.py": text for name, text in settings.items()}
    whole = {"manage.py": MANAGE.format(f"conf.{default}"), "conf/__init__.py": "", "requirements.txt": "django\n"}
    facts = collect_facts(repository({**whole, **files}))
    assert isinstance(facts, ProjectFacts)
    return facts.django


def test_the_production_module_in_place_of_manage_py_s(repository: MakeRepository) -> None:
    found = django(
        repository,
        base=BASE,
        local="from .base import *\nSECRET_KEY = 'x'\nDEBUG = True\n",
        production="from .base import *\nSECRET_KEY = os.environ['KEY']\nDEBUG = False\nSTATIC_ROOT = 'collected'\n",
    )
    assert found.entry_variables == {"DJANGO_SETTINGS_MODULE": "conf.production"}
    settings = found.image_settings
    assert isinstance(settings.module, Fact)
    assert settings.module.value == "conf.production"
    assert [variable.name for variable in settings.required] == ["KEY"]
    assert isinstance(settings.static_root, Fact)
    assert settings.static_root.value == "collected"
    assert settings.debug_off == {}
    assert found.build_settings.required == ()


def test_a_variable_turns_debug_off(repository: MakeRepository) -> None:
    text = BASE + "SECRET_KEY = 'x'\nDEBUG = os.environ.get('DJANGO_DEBUG', 'yes') == 'yes'\n"
    settings = django(repository, settings=text).image_settings
    assert settings.debug_off.keys() == {"DJANGO_DEBUG"}
    assert isinstance(settings.debug, Fact)
    assert settings.debug.value is False


def test_a_variable_decides_where_debug_is_switched_on(repository: MakeRepository) -> None:
    text = BASE + "SECRET_KEY = 'x'\nUSE_DEBUG_BAR = os.environ.get('USE_DEBUG_BAR') == 'yes'\nDEBUG = False\n"
    text += "STAGE = os.environ.get('STAGE') or 'development'\nif 'production' not in STAGE:\n    DEBUG = True\n"
    settings = django(repository, settings=text).image_settings
    assert settings.debug_off == {"STAGE": "production"}
    assert isinstance(settings.debug, Fact)
    assert settings.debug.value is False


def test_a_variable_that_holds_plain_text(repository: MakeRepository) -> None:
    text = BASE + "SECRET_KEY = 'x'\nDEBUG = os.environ.get('DEBUG', '1')\n"
    assert django(repository, settings=text).image_settings.debug_off == {"DEBUG": ""}


def test_variables_that_are_only_read_with_debug_off(repository: MakeRepository) -> None:
    text = BASE + "DEBUG = os.environ.get('DEBUG', '1') == '1'\n"
    text += "SECRET_KEY = 'x' if DEBUG else os.environ['SECRET_KEY']\n"
    settings = django(repository, settings=text).image_settings
    assert [variable.name for variable in settings.required] == ["SECRET_KEY"]


def test_debug_that_nothing_turns_off(repository: MakeRepository) -> None:
    settings = django(repository, settings=BASE + "SECRET_KEY = 'x'\nDEBUG = True\n").image_settings
    assert settings.debug_off == {}
    assert isinstance(settings.debug, Fact)
    assert settings.debug.value is True


def test_settings_outside_the_tree(repository: MakeRepository) -> None:
    files = {"manage.py": MANAGE.format("elsewhere.settings"), "requirements.txt": "django\n"}
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    assert isinstance(facts.django.image_settings.debug, Unresolved)
    assert facts.django.image_settings.required == ()
