"""The engine that the installed driver speaks for."""

import pytest

from analyzer.facts.dependencies.collect import collect_dependencies
from analyzer.facts.django.drivers import engine_of_driver, first_engine_of_drivers, scheme_of_drivers
from tests.facts.conftest import MakeRepository


@pytest.mark.parametrize(
    ("names", "scheme"),
    [
        (["psycopg2-binary"], "postgres"),
        (["psycopg", "psycopg-binary", "psycopg-c"], "postgres"),
        (["mysqlclient", "django"], "mysql"),
        (["pymysql"], "mysql"),
        (["psycopg2", "mysqlclient"], None),
        (["django"], None),
        ([], None),
    ],
)
def test_the_scheme(names: list[str], scheme: str | None) -> None:
    assert scheme_of_drivers(names) == scheme


@pytest.mark.parametrize(
    ("requirements", "library", "engine"),
    [
        ("psycopg2\n", "", "django.db.backends.postgresql"),
        ("psycopg2\ndj-database-url==0.4.2\n", "dj-database-url", "django.db.backends.postgresql_psycopg2"),
        ("psycopg2\ndj-database-url==0.4.2\n", "django-environ", "django.db.backends.postgresql"),
        ("psycopg2\ndj-database-url==1.0\n", "dj-database-url", "django.db.backends.postgresql"),
        ("psycopg2\npymysql\n", "", None),
        ("django\n", "", None),
    ],
)
def test_the_engine(repository: MakeRepository, requirements: str, library: str, engine: str | None) -> None:
    dependencies = collect_dependencies(repository({"requirements.txt": requirements}), ".")
    assert engine_of_driver(dependencies, library) == engine


@pytest.mark.parametrize(
    ("requirements", "engine"),
    [
        ("mysqlclient\npsycopg2\n", "django.db.backends.postgresql"),
        ("pymysql\noracledb\n", "django.db.backends.mysql"),
        ("django\n", None),
    ],
)
def test_the_first_of_several(repository: MakeRepository, requirements: str, engine: str | None) -> None:
    dependencies = collect_dependencies(repository({"requirements.txt": requirements}), ".")
    assert first_engine_of_drivers(dependencies, "") == engine


def test_a_driver_for_development_does_not_count(repository: MakeRepository) -> None:
    pipfile = "[packages]\ndjango = '*'\npsycopg2 = '*'\n[dev-packages]\nmysqlclient = '*'\n"
    dependencies = collect_dependencies(repository({"Pipfile": pipfile}), ".")
    assert engine_of_driver(dependencies, "") == "django.db.backends.postgresql"
