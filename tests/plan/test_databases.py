"""Which databases an app has, of what kind and version."""

import pytest

from analyzer.model.overrides import DatabaseOverrides, Overrides
from analyzer.model.plan import DatabaseEngine
from tests.plan.conftest import MakePlan, codes, shape, values

PARTS = (
    "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': os.environ['DB_HOST'],"
    " 'NAME': os.environ['DB_NAME'], 'USER': os.environ['DB_USER'], 'PASSWORD': os.environ['DB_PASSWORD']%s}}\n"
)
SQLITE = "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'data/db.sqlite3'}}\n"


@pytest.mark.parametrize("engine", ["app.timed_sqlite_backend", "spatialite_with_more"])
def test_a_file_kept_by_another_backend(plan: MakePlan, engine: str) -> None:
    made = plan(settings=SQLITE.replace("django.db.backends.sqlite3", engine))
    assert "sqlite-is-lost" in codes(made)
    assert not {"database-not-offered", "database-address-fixed"} & set(codes(made))


def test_a_file_beside_a_server_has_no_address(plan: MakePlan) -> None:
    more = "DATABASES['jobs'] = {'ENGINE': 'app.timed_sqlite_backend', 'NAME': '/tmp/jobs.sqlite3'}\n"
    made = plan(settings=PARTS % "" + more)
    assert [d.engine.value for d in made.databases] == [DatabaseEngine.POSTGRESQL]
    assert "database-address-fixed" not in codes(made)


def test_postgresql(plan: MakePlan) -> None:
    (db,) = plan().databases
    assert (db.name, db.engine.value, db.version.value, db.production.value, db.cluster_name.value) == (
        "db",
        DatabaseEngine.POSTGRESQL,
        "17",
        True,
        "shop-db",
    )
    assert db.engine.evidence[0].path == "shop/settings.py"


def test_a_cluster_is_created_before_the_app(plan: MakePlan) -> None:
    (note,) = [n for n in plan().notes if n.code == "create-clusters"]
    assert note.remedy == (
        "doctl databases create shop-db --engine pg --version 17 --region nyc3 --size db-s-1vcpu-1gb --num-nodes 1"
    )


def test_a_development_database(plan: MakePlan) -> None:
    made = plan(overrides=Overrides(databases={"db": DatabaseOverrides(production=False)}))
    (db,) = made.databases
    assert (db.production.value, db.version.value, db.cluster_name.value) == (False, "16", None)
    assert "create-clusters" not in codes(made)


@pytest.mark.parametrize(("tag", "version"), [("15-alpine", "15"), ("9.6", "17"), ("latest", "17")])
def test_the_version_that_the_project_is_developed_with(plan: MakePlan, tag: str, version: str) -> None:
    made = plan({"docker-compose.yml": f"services:\n  db:\n    image: postgres:{tag}\n"})
    assert made.databases[0].version.value == version


def test_sqlite_that_a_variable_replaces(plan: MakePlan) -> None:
    made = plan(settings="DATABASES = {'default': dj_database_url.config(default='sqlite:///db.sqlite3')}\n")
    assert [d.engine.value for d in made.databases] == [DatabaseEngine.POSTGRESQL]
    assert "DATABASE_URL" in made.databases[0].engine.rule
    assert "sqlite-is-lost" not in codes(made)


def test_sqlite_that_a_variable_for_the_engine_replaces(plan: MakePlan) -> None:
    settings = PARTS.replace("'django.db.backends.postgresql'", "os.environ.get('SQL', 'django.db.backends.sqlite3')")
    made = plan(settings=settings % "")
    assert [d.engine.value for d in made.databases] == [DatabaseEngine.POSTGRESQL]
    assert values(made)["SQL"] == "django.db.backends.postgresql"


def test_sqlite_for_good(plan: MakePlan) -> None:
    made = plan(settings=SQLITE)
    assert made.databases == ()
    assert "sqlite-is-lost" in codes(made)
    assert [kind for kind, _, _ in shape(made)] == ["service"]
    command = made.components[0].command.value
    assert command is not None
    assert command.startswith("python manage.py migrate --noinput && exec gunicorn shop.wsgi")


def test_sqlite_below_tmp_needs_tables_too(plan: MakePlan) -> None:
    made = plan(settings=SQLITE.replace("data/db.sqlite3", "/tmp/db.sqlite3"))
    command = made.components[0].command.value
    assert command is not None
    assert command.startswith("python manage.py migrate --noinput && exec gunicorn shop.wsgi")


def test_mysql(plan: MakePlan) -> None:
    made = plan(settings="DATABASES = {'default': dj_database_url.config(default='mysql://localhost/x')}\n")
    # only an address of MySQL as the default says which one it is
    assert made.databases[0].engine.value in (DatabaseEngine.MYSQL, DatabaseEngine.POSTGRESQL)
    settings = PARTS.replace("backends.postgresql", "backends.mysql") % ", 'PORT': os.environ['DB_PORT']"
    made = plan(settings=settings)
    (db,) = made.databases
    assert (db.engine.value, db.version.value, db.production.value) == (DatabaseEngine.MYSQL, "8", True)
    assert "price-not-known" in codes(made)
    assert values(made)["DB_HOST"] == "${db.HOSTNAME}"


def test_settings_that_look_for_another_scheme(plan: MakePlan) -> None:
    settings = (
        "DATABASES = {'default': dj_database_url.config()}\n"
        "if os.environ.get('DATABASE_URL', '').startswith('postgres://'):\n"
        "    INSTALLED_APPS += ['django.contrib.postgres']\n"
    )
    address = "postgres://${db.USERNAME}:${db.PASSWORD}@${db.HOSTNAME}:${db.PORT}/${db.DATABASE}"
    assert values(plan(settings=settings))["DATABASE_URL"] == address


def test_an_engine_that_is_not_offered(plan: MakePlan) -> None:
    made = plan(settings="DATABASES = {'default': {'ENGINE': 'django.db.backends.oracle', 'NAME': 'x'}}\n")
    assert made.databases == ()
    assert "database-not-offered" in codes(made)


def test_aliases_of_one_server_and_of_another(plan: MakePlan) -> None:
    settings = (
        "DATABASES['replica'] = dj_database_url.config('REPLICA_URL')\n"
        "DATABASES['stats'] = dj_database_url.config('STATS_URL')\n"
        "DATABASES['same'] = dj_database_url.config()\n"
    )
    made = plan(settings=settings)
    assert [(d.name, d.db_name) for d in made.databases] == [("db", None), ("db-stats", "stats")]
    assert len({d.cluster_name.value for d in made.databases}) == 1
    assert values(made)["REPLICA_URL"] == "${db.DATABASE_URL}"
    assert values(made)["STATS_URL"] == "${db-stats.DATABASE_URL}"
    assert [item.name for item in made.cost.items if item.cents > 500] == ["shop-db"]


@pytest.mark.parametrize(
    "settings",
    [
        "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache',"
        " 'LOCATION': os.environ['REDIS_URL']}}\n",
        "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer',"
        " 'CONFIG': {'hosts': [os.environ['REDIS_URL']]}}}\n",
        "RQ_QUEUES = {'default': {'URL': os.environ['REDIS_URL']}}\n",
    ],
)
def test_valkey(plan: MakePlan, settings: str) -> None:
    made = plan(settings=settings)
    assert [(d.name, d.engine.value) for d in made.databases][1:] == [("valkey", DatabaseEngine.VALKEY)]
    assert values(made)["REDIS_URL"] == "${valkey.DATABASE_URL}"


def test_a_cache_that_redis_only_replaces_needs_none(plan: MakePlan) -> None:
    settings = (
        "if os.environ.get('REDIS_URL'):\n    CACHES = {'default': {'BACKEND':"
        " 'django.core.cache.backends.redis.RedisCache', 'LOCATION': os.environ['REDIS_URL']}}\n"
    )
    assert [d.name for d in plan(settings=settings).databases] == ["db"]


def test_the_existing_spec_is_kept(plan: MakePlan) -> None:
    spec = (
        "name: live\nservices:\n- name: api\ndatabases:\n- {name: main, engine: PG, version: '15', production: true,"
        " cluster_name: live-pg, db_name: live}\n"
        "- {name: search, engine: OPENSEARCH, cluster_name: x, production: true}\n"
    )
    made = plan({".do/app.yaml": spec})
    (db,) = made.databases
    assert (db.name, db.version.value, db.cluster_name.value, db.db_name) == ("main", "15", "live-pg", "live")
    assert values(made)["DATABASE_URL"] == "${main.DATABASE_URL}"
    assert {"existing-database-left-out"} <= codes(made)
    assert "create-clusters" not in codes(made)


def test_settings_that_are_not_known(plan: MakePlan) -> None:
    made = plan({"shop/settings.py": "from .production import *\n"})
    assert [d.engine.value for d in made.databases] == [DatabaseEngine.POSTGRESQL]
    made = plan({"shop/settings.py": "from .production import *\n", "requirements.txt": "django\n"})
    assert made.databases == ()
    assert "database-not-known" in codes(made)


def test_an_address_without_a_driver_is_no_database_that_is_not_offered(plan: MakePlan) -> None:
    files = {"requirements.txt": "django==5.2.8\ndj-database-url==3.1.0\ngunicorn==23.0.0\n"}
    settings = "import dj_database_url\nDATABASES = {'default': dj_database_url.config()}\n"
    made = plan(files, settings)
    assert not made.databases
    assert "database-not-known" in codes(made)
    assert "database-not-offered" not in codes(made)
