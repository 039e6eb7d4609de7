"""Facts made of single settings."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.facts.django.answers import boolean, mapping, optional_text, text, texts
from analyzer.model.evidence import Certainty, Evidence, Fact, Unresolved
from analyzer.model.facts import Plain, ProjectFacts, Setting, Unknown
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import MANAGE, observe, reason


def test_a_value_that_is_written_out(repository: MakeRepository) -> None:
    answer = observe(repository, "A = 1\nROOT_URLCONF = 'app.urls'\n").django.root_urlconf
    assert answer == Fact(value="app.urls", evidence=(Evidence(path="app/settings.py", line=2),))


def test_the_last_of_several_lines_comes_first(repository: MakeRepository) -> None:
    answer = observe(
        repository, "INSTALLED_APPS = ['a']\nDEBUG = True\nINSTALLED_APPS += ['b']\n"
    ).django.installed_apps
    assert isinstance(answer, Fact)
    assert (answer.value, [e.line for e in answer.evidence]) == (("a", "b"), [3, 1])


def test_a_setting_that_is_imported_by_name_stands_where_it_is_written(repository: MakeRepository) -> None:
    files = {"app/common.py": "import os\nROOT_URLCONF = 'app.urls'\n"}
    facts = observe(repository, "from app.common import ROOT_URLCONF\nINSTALLED_APPS = []\n", files)
    assert [(e.path, e.line) for e in facts.django.root_urlconf.evidence] == [
        ("app/common.py", 2),
        ("app/settings.py", 1),
    ]


def test_a_module_that_the_image_places_stands_where_the_repository_has_it(repository: MakeRepository) -> None:
    files = {
        "manage.py": MANAGE.replace("app.settings", "site_conf"),
        "conf/site.py.template": "ROOT_URLCONF = 'app.urls'\n",
        "Dockerfile": "FROM python\nWORKDIR /app\nCOPY . .\nCOPY conf/site.py.template site_conf.py\n",
    }
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    for answer in (facts.django.root_urlconf, facts.django.session_engine):
        assert isinstance(answer, Fact)
        assert answer.evidence[0].path == "conf/site.py.template"


def test_a_setting_that_is_absent_is_djangos_default(repository: MakeRepository) -> None:
    answer = observe(repository, "DEBUG = True\n").django.session_engine
    assert answer == Fact(
        value="django.contrib.sessions.backends.db",
        evidence=(Evidence(path="app/settings.py", line=1, note="SESSION_ENGINE is not set here: Django's default"),),
    )


def test_a_setting_that_may_be_set_in_another_part(repository: MakeRepository) -> None:
    facts = observe(repository, "from lib import *\nDEBUG = True\n")
    assert reason(facts.django.session_engine) == (
        "SESSION_ENGINE may be set in a part that is not in the tree: names of lib"
    )
    assert isinstance(facts.django.debug, Fact)


def test_a_default_that_a_variable_changes_is_certain_and_says_so(repository: MakeRepository) -> None:
    answer = observe(repository, "import os\nROOT_URLCONF = os.environ.get('A', 'app.urls')\n").django.root_urlconf
    note = "unless changed by A"
    assert answer == Fact(value="app.urls", evidence=(Evidence(path="app/settings.py", line=2, note=note),))


SETTINGS = "import os\nROOT_URLCONF = os.environ['URLS']\nALLOWED_HOSTS = [os.environ['HOST']]\n"


def test_values_of_an_example_file(repository: MakeRepository) -> None:
    answer = observe(repository, SETTINGS, {".env.example": "URLS=app.urls\nHOST=h\n"}).django.root_urlconf
    assert isinstance(answer, Fact)
    assert (answer.value, answer.certainty) == ("app.urls", Certainty.LIKELY)
    assert answer.evidence[0].note == "with the example values of the repository"


def test_what_each_deployment_decides_is_not_taken_from_an_example(repository: MakeRepository) -> None:
    answer = observe(repository, SETTINGS, {".env.example": "URLS=app.urls\nHOST=h\n"}).django.allowed_hosts
    assert isinstance(answer, Unresolved)


def test_a_value_with_the_service_variables_set(repository: MakeRepository) -> None:
    text = "import os\nfrom lib import made\nif os.environ.get('REDIS_URL'):\n    ROOT_URLCONF = 'app.urls'\nelse:\n"
    answer = observe(repository, f"{text}    ROOT_URLCONF = made()\n").django.root_urlconf
    assert isinstance(answer, Fact)
    assert (answer.value, answer.certainty) == ("app.urls", Certainty.LIKELY)
    assert answer.evidence[0].note == "with the service variables set and DEBUG false"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("os.environ['A']", "environment variable A"),
        ("3", "ROOT_URLCONF has an unexpected value: int instead of text"),
        ("['a']", "ROOT_URLCONF has an unexpected value: tuple instead of text"),
    ],
)
def test_why_a_value_is_not_told(repository: MakeRepository, value: str, told: str) -> None:
    answer = observe(repository, f"import os\nROOT_URLCONF = {value}\n").django.root_urlconf
    assert isinstance(answer, Unresolved)
    assert (answer.reason, answer.evidence[0].line) == (told, 2)


def test_one_element_that_is_not_known_leaves_the_list_open(repository: MakeRepository) -> None:
    answer = observe(repository, "import os\nINSTALLED_APPS = ['a', os.environ['A']]\n").django.installed_apps
    assert reason(answer) == "environment variable A"


def test_both_views_of_a_setting(repository: MakeRepository) -> None:
    text = "import os\nCACHE = 'redis' if os.environ.get('REDIS_URL') else 'memory'\nlower = 1\n"
    settings = observe(repository, text).django.settings
    assert settings["CACHE"] == Setting(
        name="CACHE",
        bare="memory",
        configured="redis",
        env=("REDIS_URL",),
        evidence=(Evidence(path="app/settings.py", line=2),),
    )
    assert "lower" not in settings


def test_settings_that_are_not_in_the_tree(repository: MakeRepository) -> None:
    facts = collect_facts(repository({"manage.py": MANAGE, "app/__init__.py": ""}))
    assert isinstance(facts, ProjectFacts)
    assert isinstance(facts.django.debug, Unresolved)
    assert isinstance(facts.django.installed_apps, Unresolved)
    assert facts.django.settings == {}


def test_conversions() -> None:
    assert (text("a"), optional_text(None), optional_text("a")) == ("a", None, "a")
    assert (boolean(()), boolean("no"), boolean(0)) == (False, True, False)
    assert texts(("a", "b")) == ("a", "b")
    assert mapping({"a": 1}) == {"a": 1}


@pytest.mark.parametrize(
    ("convert", "plain", "message"),
    [
        (text, None, "NoneType instead of text"),
        (optional_text, 1, "int instead of text"),
        (texts, "a", "str instead of a list"),
        (texts, ("a", 1), "int instead of text"),
        (mapping, (), "tuple instead of a dictionary"),
        (text, Unknown(reason="x"), "Unknown instead of text"),
    ],
)
def test_what_does_not_fit(convert: object, plain: Plain, message: str) -> None:
    assert callable(convert)
    with pytest.raises(ValueError, match=message):
        convert(plain)
