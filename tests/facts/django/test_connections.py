"""Which variable gives which part of an address."""

from collections.abc import Mapping

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"


def connections(
    repository: MakeRepository, settings: str, more: Mapping[str, str] | None = None
) -> tuple[Connection, ...]:
    files = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": f"import os\n{settings}", **(more or {})}
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    return facts.connections


def texts(connection: Connection) -> dict[str, str]:
    return {key: part.text for key, part in connection.parts.items()}


def test_a_database_by_url(repository: MakeRepository) -> None:
    settings = "import dj_database_url\nDATABASES = {'default': dj_database_url.config(default='sqlite:///db')}\n"
    (found,) = connections(repository, settings)
    assert (found.role, found.name, found.setting) == (ConnectionRole.DATABASE, "default", "DATABASES")
    assert texts(found) == {"url": "${DATABASE_URL}"}
    assert found.evidence[0].line == 3


def test_a_database_in_parts(repository: MakeRepository) -> None:
    settings = (
        "DATABASES = {'default': {'ENGINE': os.environ.get('SQL_ENGINE', 'django.db.backends.sqlite3'),\n"
        "  'HOST': os.environ['DB_HOST'], 'PORT': os.environ.get('DB_PORT', '5432'), 'USER': 'shop',\n"
        "  'PASSWORD': 'hunter2', 'NAME': os.environ.get('DB_NAME')}}\n"
    )
    (found,) = connections(repository, settings)
    assert texts(found) == {
        "engine": "${SQL_ENGINE}",
        "host": "${DB_HOST}",
        "port": "${DB_PORT}",
        "user": "shop",
        "password": "***",
        "name": "${DB_NAME}",
    }
    assert found.parts["port"].default == "5432"


def test_an_engine_over_a_url(repository: MakeRepository) -> None:
    settings = (
        "import environ\nenv = environ.Env()\n"
        "DATABASES = {'default': {**env.db('DATABASE_URL'), 'ENGINE': 'django_prometheus.db.backends.postgresql'}}\n"
    )
    (found,) = connections(repository, settings)
    assert texts(found) == {"url": "${DATABASE_URL}", "engine": "django_prometheus.db.backends.postgresql"}


def test_a_file_of_sqlite_is_no_address(repository: MakeRepository) -> None:
    settings = (
        "from pathlib import Path\nDATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3',"
        " 'NAME': Path(__file__).parent / 'db.sqlite3'}}\n"
    )
    (found,) = connections(repository, settings)
    assert texts(found) == {"engine": "django.db.backends.sqlite3"}


def test_caches_and_the_number_of_the_database(repository: MakeRepository) -> None:
    settings = (
        "CACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache',"
        " 'LOCATION': os.environ.get('REDIS_URL', 'redis://localhost:6379/1'),"
        " 'OPTIONS': {'CONNECTION_POOL_KWARGS': {'ssl_cert_reqs': None}}},"
        " 'local': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache', 'LOCATION': 'x'}}\n"
    )
    (found,) = [c for c in connections(repository, settings) if c.role is ConnectionRole.CACHE]
    assert texts(found) == {"url": "${REDIS_URL}", "index": "1", "engine": "django_redis.cache.RedisCache"}
    assert found.tls_options


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ("[(os.environ['REDIS_HOST'], 6379)]", {"host": "${REDIS_HOST}", "port": "6379"}),
        ("[os.environ['REDIS_URL']]", {"url": "${REDIS_URL}"}),
        ("[{'address': os.environ['REDIS_URL']}]", {"url": "${REDIS_URL}"}),
    ],
)
def test_channel_layers(repository: MakeRepository, hosts: str, expected: dict[str, str]) -> None:
    settings = (
        "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer',"
        f" 'CONFIG': {{'hosts': {hosts}}}}}}}\n"
    )
    (found,) = [c for c in connections(repository, settings) if c.role is ConnectionRole.CHANNELS]
    assert texts(found) == expected


def test_queues(repository: MakeRepository) -> None:
    settings = (
        "RQ_QUEUES = {'default': {'HOST': 'localhost', 'PORT': 6379, 'DB': 2}, 'high': {'URL': os.environ['RQ_URL']}}\n"
    )
    found = [texts(c) for c in connections(repository, settings) if c.role is ConnectionRole.QUEUE]
    assert found == [{"host": "localhost", "port": "6379", "index": "2"}, {"url": "${RQ_URL}"}]


def test_celery(repository: MakeRepository) -> None:
    celery = (
        "from celery import Celery\napp = Celery('app')\n"
        "app.config_from_object('django.conf:settings', namespace='CELERY')\n"
    )
    settings = (
        "REDIS = os.environ['REDIS_URL']\nCELERY_BROKER_URL = f'{REDIS}/0'\nCELERY_RESULT_BACKEND = REDIS\n"
        "CELERY_BROKER_USE_SSL = {'ssl_cert_reqs': 'required'}\n"
    )
    found = {c.role: c for c in connections(repository, settings, {"app/celery.py": celery})}
    broker, results = found[ConnectionRole.BROKER], found[ConnectionRole.RESULTS]
    assert texts(broker) == {"url": "${REDIS_URL}/0", "index": "0"}
    assert texts(results) == {"url": "${REDIS_URL}"}
    assert (broker.tls_options, results.tls_options) == (True, False)
    assert broker.setting == "CELERY_BROKER_URL"


def test_object_storage(repository: MakeRepository) -> None:
    settings = (
        "STORAGES = {'default': {'BACKEND': 'storages.backends.s3.S3Storage',"
        " 'OPTIONS': {'bucket_name': os.environ['BUCKET'], 'secret_key': 'hunter2'}}}\n"
        "AWS_S3_ENDPOINT_URL = 'https://' + os.environ['S3_REGION'] + '.digitaloceanspaces.com'\n"
    )
    (found,) = connections(repository, settings)
    assert found.role is ConnectionRole.STORAGE
    assert texts(found) == {
        "bucket": "${BUCKET}",
        "secret_key": "***",
        "endpoint": "https://${S3_REGION}.digitaloceanspaces.com",
    }


def test_settings_without_services_have_none(repository: MakeRepository) -> None:
    assert connections(repository, "INSTALLED_APPS = []\n") == ()
