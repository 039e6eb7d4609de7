"""The variable that makes the settings those of production."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"
FILE = "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'}}\n"
SERVER = (
    "    DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': os.getenv('DB_HOST', 'db'),"
    " 'NAME': os.getenv('DB_NAME', 'app')}}\n"
)
OPEN = "ALLOWED_HOSTS = ['*']\n"


def project(repository: MakeRepository, settings: str, requirements: str = "django\npsycopg\n") -> ProjectFacts:
    files = {
        "manage.py": MANAGE,
        "app/__init__.py": "",
        "app/settings.py": f"import os\n{settings}",
        "requirements.txt": requirements,
    }
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    return facts.as_deployed


def switch(facts: ProjectFacts) -> tuple[str, str, str] | None:
    found = facts.django.production_switch
    return None if found is None else (found.setting, found.variable, found.text)


@pytest.mark.parametrize(
    ("condition", "variable", "text"),
    [
        ("if os.getenv('DB') == 'postgres':\n", "DB", "postgres"),
        ("if os.environ.get('DB_KIND', 'sqlite') in ('mysql', 'pgsql'):\n", "DB_KIND", "pgsql"),
        ("if os.getenv('STAGE', 'dev').lower() == 'production':\n", "STAGE", "production"),
        ("if os.getenv('WITH_SERVER') == 'true':\n", "WITH_SERVER", "true"),
        ("if bool(os.getenv('USE_POSTGRES')):\n", "USE_POSTGRES", "True"),
        ("if 'DYNO' in os.environ:\n", "DYNO", "web.1"),
        ("match os.getenv('KIND'):\n  case 'postgresql':\n", "KIND", "postgresql"),
    ],
)
def test_a_word_that_chooses_the_server(repository: MakeRepository, condition: str, variable: str, text: str) -> None:
    facts = project(repository, OPEN + FILE + condition + SERVER)
    assert switch(facts) == ("DATABASES", variable, text)
    assert facts.django.entry_variables[variable] == text
    assert facts.django.databases.value["default"].engine == "django.db.backends.postgresql"  # type: ignore[union-attr]
    found = facts.django.production_switch
    assert found is not None
    assert (found.evidence[0].path, found.evidence[0].line) == ("app/settings.py", 4)


def test_a_backend_that_a_variable_holds(repository: MakeRepository) -> None:
    settings = (
        "if engine := os.getenv('SQL_ENGINE'):\n"
        "    DATABASES = {'default': {'ENGINE': engine, 'HOST': os.getenv('SQL_HOST')}}\n"
    )
    facts = project(repository, f"{OPEN}{FILE}{settings}")
    assert switch(facts) == ("DATABASES", "SQL_ENGINE", "django.db.backends.postgresql")


@pytest.mark.parametrize(
    "settings",
    [
        FILE + "if os.getenv('TESTING') == 'true':\n" + SERVER,  # a mark of tests
        FILE + "if os.getenv('DB') == 'postgres':\n" + SERVER.replace("os.getenv('DB_HOST', 'db')", "'db'"),
        FILE + "if os.getenv('DB_HOST'):\n" + SERVER,  # the address itself chooses
        FILE,
        SERVER.strip() + "\nif os.getenv('DB') == 'sqlite':\n    " + FILE,
    ],
)
def test_no_word_is_needed(repository: MakeRepository, settings: str) -> None:
    assert switch(project(repository, OPEN + settings)) is None


def test_without_a_driver_no_server_is_chosen(repository: MakeRepository) -> None:
    settings = OPEN + FILE + "if os.getenv('DB') == 'postgres':\n" + SERVER
    assert switch(project(repository, settings, "django\n")) is None
    assert switch(project(repository, settings, "django\nmysqlclient\n")) is None


def test_a_mark_of_production_without_which_the_hosts_are_fixed(repository: MakeRepository) -> None:
    fixed = "ALLOWED_HOSTS = ['localhost']\n"
    marked = f"{fixed}if 'RENDER' in os.environ:\n    ALLOWED_HOSTS = ['*']\n"
    assert switch(project(repository, marked)) == ("ALLOWED_HOSTS", "RENDER", "true")
    assert switch(project(repository, marked.replace("['*']", "['shop.example.com']"))) is None
    assert switch(project(repository, f"{marked}ALLOWED_HOSTS += os.getenv('HOSTS', '').split(',')\n")) is None
    assert switch(project(repository, fixed)) is None


def test_the_facts_of_the_repository_are_those_without_the_switch(repository: MakeRepository) -> None:
    settings = OPEN + FILE + "if os.getenv('DB') == 'postgres':\n" + SERVER
    files = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": f"import os\n{settings}"}
    facts = collect_facts(repository({**files, "requirements.txt": "django\npsycopg\n"}))
    assert isinstance(facts, ProjectFacts)
    assert facts.django.production_switch is None
    engines = [one.django.databases.value["default"].engine for one in (facts, facts.as_deployed)]  # type: ignore[union-attr]
    assert engines == ["django.db.backends.sqlite3", "django.db.backends.postgresql"]
