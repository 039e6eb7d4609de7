"""Values with which the settings load during a build."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts, RequiredVariable
from tests.facts.conftest import MakeRepository

MANAGE = """import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
"""
BASE = "import os\nINSTALLED_APPS = ['django.contrib.staticfiles']\nSECRET_KEY = 'x'\n"
POSTGRES = "postgres://throwaway:throwaway@localhost:5432/throwaway"


def required(repository: MakeRepository, settings: str, **more: str) -> tuple[RequiredVariable, ...]:
    """What collectstatic needs with these settings, among the files `more`."""
    files = {"manage.py": MANAGE, "site_settings.py": BASE + settings, "requirements.txt": "django\npsycopg\n"}
    facts = collect_facts(repository({**files, **more}))
    assert isinstance(facts, ProjectFacts)
    return facts.django.build_settings.required


@pytest.mark.parametrize(
    ("settings", "kind", "dummy"),
    [
        ("A = os.environ['A']", "text", "throwaway000"),
        ("A = int(os.environ['A'])", "text", "1"),
        ("import json\nA = json.loads(os.environ['A'])['x']", "text", None),
        ("import json\nA = json.loads(os.environ['A'])", "text", "1"),
        ("import environ\nA = environ.Env().bool('A')", "bool", "False"),
        ("import environ\nA = environ.Env().int('A')", "int", "1"),
        ("import environ\nA = environ.Env().list('A')", "list", "1"),
        ("import environ\nA = environ.Env().dict('A')", "dict", "a=1"),
        ("import environ\nA = environ.Env().json('A')", "json", "{}"),
        ("import environ\nA = ['x', *environ.Env().json('A')][1:] + environ.Env().json('A')", "json", "[]"),
        ("import environ\nDATABASES = {'default': environ.Env().db_url('A')}", "url", POSTGRES),
        ("import environ\nCACHES = {'default': environ.Env().cache_url('A')}", "url", "redis://localhost:6379/0"),
        ("import environ\nvars().update(environ.Env().email_url('A'))", "url", "smtp://localhost:25"),
        ("import environs\nA = environs.Env().uuid('A')", "text", "00000000-0000-0000-0000-000000000000"),
        ("from decouple import config\nA = config('A', cast=bool)", "bool", "False"),
        ("A = os.environ['A']\nif A not in ('production', 'local'): raise ValueError(A)", "text", "production"),
        ("A = os.environ['A']\nif A not in ('north', 'south'): raise ValueError(A)", "text", None),
    ],
)
def test_the_value_goes_with_what_the_reader_makes_of_it(
    repository: MakeRepository, settings: str, kind: str, dummy: str | None
) -> None:
    (variable,) = required(repository, settings + "\n")
    assert (variable.name, variable.kind, variable.dummy) == ("A", kind, dummy)


PYDANTIC = """from pydantic import SecretStr
from pydantic_settings import BaseSettings
class Environment(BaseSettings):
    hosts: list[str]
    labels: dict[str, str]
    token: SecretStr
environment = Environment()
ALLOWED_HOSTS = environment.hosts
TOKEN = environment.token.get_secret_value()
"""


def test_pydantic_reads_lists_and_dictionaries_as_json(repository: MakeRepository) -> None:
    found = {v.name: v.dummy for v in required(repository, PYDANTIC)}
    assert found == {"HOSTS": "[]", "LABELS": "{}", "TOKEN": "throwaway000"}


@pytest.mark.parametrize(
    ("name", "dummy"),
    [
        ("DATABASE_URL", POSTGRES),
        ("REDIS_URL", "redis://localhost:6379/0"),
        ("CELERY_BROKER_URL", "redis://localhost:6379/0"),
        ("CLOUDAMQP_URL", "amqp://localhost:5672//"),
        ("SENTRY_DSN", "https://throwaway@localhost/1"),
        ("SITE_URL", "http://localhost"),
        ("LOG_LEVEL", "INFO"),
        ("TIME_ZONE", "UTC"),
        ("DB_PORT", "8000"),
        ("FIELD_ENCRYPTION_KEY", "A" * 43 + "="),
    ],
)
def test_the_value_goes_with_the_name_where_the_reader_takes_any_text(
    repository: MakeRepository, name: str, dummy: str
) -> None:
    (variable,) = required(repository, f"VALUE = os.environ['{name}']\n")
    assert (variable.name, variable.dummy) == (name, dummy)


@pytest.mark.parametrize(
    ("requirement", "url", "engine"),
    [
        ("psycopg2-binary", POSTGRES, "postgresql"),
        ("mysqlclient", "mysql://throwaway:throwaway@localhost:3306/throwaway", "mysql"),
        ("", "sqlite:////tmp/throwaway.sqlite3", "sqlite3"),
    ],
)
def test_the_database_is_one_that_the_installed_driver_speaks_for(
    repository: MakeRepository, requirement: str, url: str, engine: str
) -> None:
    text = (
        "import dj_database_url\nDATABASES = {'default': dj_database_url.parse(os.environ['MAIN']),"
        " 'other': {'ENGINE': 'django.db.backends.' + os.environ['DB_ENGINE']}}\n"
    )
    found = required(repository, text, **{"requirements.txt": f"django\n{requirement}\n"})
    assert {v.name: v.dummy for v in found} == {"MAIN": url, "DB_ENGINE": engine}


def test_a_variable_that_only_another_ones_value_asks_for_is_required_too(repository: MakeRepository) -> None:
    text = "STAGE = os.environ['STAGE']\nif STAGE == 'production':\n    KEY = os.environ['KEY']\n"
    assert [v.name for v in required(repository, text)] == ["STAGE", "KEY"]


def test_a_variable_that_only_a_refused_value_asks_for_is_not_required(repository: MakeRepository) -> None:
    text = (
        "STAGE = os.environ['STAGE']\nif STAGE != 'production':\n    KEY = os.environ['KEY']\n"
        "if STAGE not in ('production', 'local'):\n    raise ValueError(STAGE)\n"
    )
    (variable,) = required(repository, text)
    assert (variable.name, variable.dummy) == ("STAGE", "production")


def test_a_variable_with_a_default_is_not_required_where_a_better_value_of_another_will_do(
    repository: MakeRepository,
) -> None:
    text = (
        "DEBUG = os.environ.get('DEBUG', '0') == '1'\nSTAGE = os.environ['STAGE']\n"
        "if not DEBUG:\n    if STAGE not in ('prod', 'local'): raise ValueError('no such stage')\n"
    )
    (variable,) = required(repository, text)
    assert (variable.name, variable.dummy) == ("STAGE", "prod")


def test_the_line_is_the_one_that_reads_the_variable(repository: MakeRepository) -> None:
    (variable,) = required(repository, "# first\nVALUE = os.environ['VALUE']\n")
    assert (variable.evidence.path, variable.evidence.line) == ("site_settings.py", 5)
