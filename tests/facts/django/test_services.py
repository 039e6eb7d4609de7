"""Databases, caches and channel layers."""

import pytest

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.facts import CacheFact, DatabaseFact
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe, reason, told

POSTGRES = "django.db.backends.postgresql"
OLD_POSTGRES = "django.db.backends.postgresql_psycopg2"
DUMMY = "django.db.backends.dummy"
URLS = "import os, dj_database_url\n"


def databases(
    repository: MakeRepository, settings: str, requirements: str = "django\n"
) -> tuple[dict[str, str | None], Certainty, str] | str:
    """Engines, certainty and note of the databases; or why they cannot be told."""
    answer = observe(repository, settings, {"requirements.txt": requirements}).django.databases
    if not isinstance(answer, Fact):
        return answer.reason
    return {alias: d.engine for alias, d in answer.value.items()}, answer.certainty, answer.evidence[0].note


def test_engines_that_are_written_out(repository: MakeRepository) -> None:
    text = f"DATABASES = {{'default': {{'ENGINE': '{POSTGRES}'}}, 'other': {{'ENGINE': 'x.y'}}}}\n"
    assert databases(repository, text) == ({"default": POSTGRES, "other": "x.y"}, Certainty.CERTAIN, "")


def test_the_variables_and_the_engine_with_them(repository: MakeRepository) -> None:
    text = f"{URLS}DATABASES = {{'default': dj_database_url.config(default='sqlite:///db')}}\n"
    found = told(observe(repository, text).django.databases)
    sqlite = "django.db.backends.sqlite3"
    assert found == {"default": DatabaseFact(engine=sqlite, env=("DATABASE_URL",), configured_engine=sqlite)}


@pytest.mark.parametrize("requirements", ["psycopg2\n", "mysqlclient\npsycopg2\n"])
def test_a_url_takes_the_place_of_a_file(repository: MakeRepository, requirements: str) -> None:
    text = f"{URLS}DATABASES = {{'default': dj_database_url.config(default='sqlite:///db')}}\n"
    found = told(observe(repository, text, {"requirements.txt": requirements}).django.databases)
    sqlite = "django.db.backends.sqlite3"
    assert found == {"default": DatabaseFact(engine=sqlite, env=("DATABASE_URL",), configured_engine=POSTGRES)}


@pytest.mark.parametrize(
    ("requirements", "engine"),
    [
        ("psycopg2\n", POSTGRES),
        ("psycopg[binary]\ndj-database-url==2.0\n", POSTGRES),
        ("psycopg2\ndj-database-url==0.5.0\n", OLD_POSTGRES),
        ("mysqlclient\n", "django.db.backends.mysql"),
    ],
)
def test_a_url_that_must_be_given_and_the_installed_driver(
    repository: MakeRepository, requirements: str, engine: str
) -> None:
    text = f"{URLS}DATABASES = {{'default': dj_database_url.parse(os.environ['DATABASE_URL'])}}\n"
    found = databases(repository, text, requirements)
    note = "engine of 'default' by the installed driver: the URL in DATABASE_URL decides"
    assert found == ({"default": engine}, Certainty.LIKELY, note)


def test_a_url_and_no_driver(repository: MakeRepository) -> None:
    text = f"{URLS}DATABASES = {{'default': dj_database_url.parse(os.environ['DATABASE_URL'])}}\n"
    assert databases(repository, text) == "engine of 'default': the URL in DATABASE_URL decides"


EMPTY = "it is empty until a variable is set, which to Django is its dummy backend"


@pytest.mark.parametrize(
    ("requirements", "engine", "source"),
    [
        ("psycopg2\n", POSTGRES, "by the installed driver"),
        ("psycopg2\ndj-database-url==0.5.0\n", OLD_POSTGRES, "by the installed driver"),
        ("django\n", DUMMY, "with the service variables set"),
    ],
)
def test_an_alias_that_is_empty_until_the_url_is_set(
    repository: MakeRepository, requirements: str, engine: str, source: str
) -> None:
    text = f"{URLS}DATABASES = {{'default': dj_database_url.config(default=os.getenv('DATABASE_URL'))}}\n"
    found = databases(repository, text, requirements)
    assert found == ({"default": engine}, Certainty.LIKELY, f"engine of 'default' {source}: {EMPTY}")


def test_no_alias_until_a_variable_is_set(repository: MakeRepository) -> None:
    entry = f"DATABASES['default'] = {{'ENGINE': '{POSTGRES}'}}"
    text = f"import os\nDATABASES = {{}}\nif os.getenv('POSTGRES_HOST'):\n    {entry}\n"
    note = f"engine of 'default' with the service variables set: {EMPTY}"
    assert databases(repository, text) == ({"default": POSTGRES}, Certainty.LIKELY, note)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{}", {}),
        ("{'default': {}}", {"default": DUMMY}),
        (f"{{'default': {{}}, 'other': {{'ENGINE': '{POSTGRES}'}}}}", {"default": DUMMY, "other": POSTGRES}),
    ],
)
def test_what_stays_empty_is_djangos_dummy(
    repository: MakeRepository, value: str, expected: dict[str, str | None]
) -> None:
    assert databases(repository, f"DATABASES = {value}\n", "psycopg2\n") == (expected, Certainty.CERTAIN, "")


@pytest.mark.parametrize(
    ("settings", "told_reason"),
    [
        ("DEBUG = True\n", "DATABASES is not set"),
        ("from other import made\nDATABASES = made()\n", "DATABASES: result of other.made()"),
        ("DATABASES = {'default': {'NAME': 'x'}}\n", "engine of 'default': no ENGINE is given"),
        ("DATABASES = {'default': {'ENGINE': ''}}\n", "engine of 'default': ENGINE is empty"),
        (
            "from absent import *\nDEBUG = True\n",
            "DATABASES may be set in a part that is not in the tree: names of absent",
        ),
    ],
)
def test_what_cannot_be_told(repository: MakeRepository, settings: str, told_reason: str) -> None:
    assert databases(repository, settings) == told_reason


def test_branches_with_the_same_aliases(repository: MakeRepository) -> None:
    branch = "DATABASES = {{'default': {{'ENGINE': '{}'}}}}\n"
    same = f"import os\nif os.environ['A'] == 'b':\n    {branch.format(POSTGRES)}else:\n    {branch.format(POSTGRES)}"
    assert databases(repository, same) == ({"default": POSTGRES}, Certainty.CERTAIN, "")
    other = same.replace(POSTGRES, "x.y", 1)
    assert isinstance(databases(repository, other), str)
    assert databases(repository, other, "psycopg2\n") == (
        {"default": POSTGRES},
        Certainty.LIKELY,
        "engine of 'default' by the installed driver: depends on os.environ['A'] == 'b'",
    )


def test_caches(repository: MakeRepository) -> None:
    text = "import os\nCACHES = {'default': {'BACKEND': 'a.B', 'LOCATION': os.environ.get('REDIS_URL')}}\n"
    answer = observe(repository, text).django.caches
    assert isinstance(answer, Fact)
    assert answer.value == {"default": CacheFact(backend="a.B", env=("REDIS_URL",), configured_backend="a.B")}
    assert (answer.certainty, answer.evidence[0].line) == (Certainty.CERTAIN, 2)


def test_the_cache_of_django(repository: MakeRepository) -> None:
    found = told(observe(repository, "DEBUG = True\n").django.caches)
    assert {alias: cache.backend for alias, cache in found.items()} == {
        "default": "django.core.cache.backends.locmem.LocMemCache"
    }


@pytest.mark.parametrize(
    ("value", "told_reason"),
    [
        ("{'default': {'LOCATION': 'x'}}", "backend of 'default': no BACKEND is given"),
        ("{'default': {}}", "backend of 'default': no BACKEND is given"),
        ("made()", "CACHES: result of other.made()"),
    ],
)
def test_caches_that_cannot_be_told(repository: MakeRepository, value: str, told_reason: str) -> None:
    assert reason(observe(repository, f"from other import made\nCACHES = {value}\n").django.caches) == told_reason


def test_channel_layers(repository: MakeRepository) -> None:
    text = "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer'}}\n"
    assert told(observe(repository, text).django.channel_layers) == {"default": "channels_redis.core.RedisChannelLayer"}
    assert told(observe(repository, "DEBUG = True\n").django.channel_layers) == {}
    unknown = observe(repository, "from other import made\nCHANNEL_LAYERS = made()\n").django.channel_layers
    assert reason(unknown) == "CHANNEL_LAYERS: result of other.made()"
