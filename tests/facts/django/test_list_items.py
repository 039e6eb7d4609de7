"""The lines of the items of INSTALLED_APPS and MIDDLEWARE."""

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.prod')\n"
BASE = """\
INSTALLED_APPS = [
    # "debug_toolbar" is for laptops
    "django.contrib.auth",
    "debug_toolbar",
]
LOGGERS = {"debug_toolbar": "x"}
"""
PROD = "from app.base import *\nINSTALLED_APPS += ['shop']\nMIDDLEWARE = []\n"


def test_each_item_has_its_line(repository: MakeRepository) -> None:
    files = {"manage.py": MANAGE, "app/__init__.py": "", "app/base.py": BASE, "app/prod.py": PROD}
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    setting = facts.django.settings["INSTALLED_APPS"]
    lines = {item: (place.path, place.line) for item, place in setting.places.items()}
    assert lines == {
        "django.contrib.auth": ("app/base.py", 3),
        "debug_toolbar": ("app/base.py", 4),
        "shop": ("app/prod.py", 2),
    }
    assert [place.line for place in setting.place("absent")] == [place.line for place in reversed(setting.evidence)]


def test_a_line_that_takes_an_item_out_is_not_its_line(repository: MakeRepository) -> None:
    prod = "from app.base import *\nINSTALLED_APPS.remove('debug_toolbar')\nINSTALLED_APPS.append('debug_toolbar')\n"
    base = "INSTALLED_APPS = APPS = ['debug_' + 'toolbar']\n"
    files = {"manage.py": MANAGE, "app/__init__.py": "", "app/base.py": base, "app/prod.py": prod}
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    place = facts.django.settings["INSTALLED_APPS"].place("debug_toolbar")[0]
    assert (place.path, place.line) == ("app/prod.py", 3)


def test_the_branch_that_is_taken_has_the_line(repository: MakeRepository) -> None:
    settings = (
        "import os\nif os.environ.get('STATIC_BUILD'):\n    MIDDLEWARE = ['shop.Session']\nelse:\n"
        "    MIDDLEWARE = [\n        'shop.Session',\n    ]\n"
    )
    facts = collect_facts(repository({"manage.py": MANAGE, "app/__init__.py": "", "app/prod.py": settings}))
    assert isinstance(facts, ProjectFacts)
    assert facts.django.settings["MIDDLEWARE"].place("shop.Session")[0].line == 6
