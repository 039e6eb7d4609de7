"""What managed Valkey does not do: other databases than 0, and no encryption."""

import pytest

from tests.plan.conftest import CELERY, MakePlan, codes

CACHE = "CACHES = {{'default': {{'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': {}}}}}\n"
BROKER = "CELERY_BROKER_URL = {}\n"
FILES = {"shop/celery.py": CELERY}


@pytest.mark.parametrize(
    ("settings", "code", "line"),
    [
        (CACHE.format("os.environ['REDIS_URL'] + '/1'"), "valkey-database-number", 13),
        (BROKER.format("f\"{os.environ['REDIS_URL']}/2\""), "valkey-database-number", 13),
        (BROKER.format("f\"redis://{os.environ['REDIS_HOST']}:6379/0\""), "valkey-needs-tls", 13),
        (BROKER.format("'redis://localhost:6379/0'"), "redis-address-fixed", 13),
        (BROKER.format("f\"{os.environ['REDIS_URL']}/0\""), "celery-certificates", 13),
    ],
)
def test_what_breaks_is_named_with_its_line(plan: MakePlan, settings: str, code: str, line: int) -> None:
    made = plan(FILES, settings=settings)
    (note,) = [n for n in made.notes if n.code == code]
    assert (note.evidence[0].path, note.evidence[0].line) == ("shop/settings.py", line)
    assert note.remedy


@pytest.mark.parametrize(
    "settings",
    [
        CACHE.format("os.environ['REDIS_URL'] + '/0'"),
        BROKER.format("os.environ['REDIS_URL']"),
        BROKER.format("os.environ['REDIS_URL'] + '/0'") + "CELERY_BROKER_USE_SSL = {'ssl_cert_reqs': 'required'}\n",
    ],
)
def test_what_works_is_not_named(plan: MakePlan, settings: str) -> None:
    named = {"valkey-database-number", "valkey-needs-tls", "redis-address-fixed", "celery-certificates"}
    assert named.isdisjoint(codes(plan(FILES, settings=settings)))


def test_databases_that_were_apart(plan: MakePlan) -> None:
    apart = CACHE.format("os.environ.get('CACHE_URL', 'redis://localhost/1')") + BROKER.format(
        "os.environ.get('BROKER_URL', 'redis://localhost/0')"
    )
    (note,) = [n for n in plan(FILES, settings=apart).notes if n.code == "valkey-databases-shared"]
    assert "CACHES (1)" in note.message
    assert "CELERY_BROKER_URL (0)" in note.message
    together = CACHE.format("os.environ['REDIS_URL']") + BROKER.format("os.environ['REDIS_URL']")
    assert "valkey-databases-shared" not in codes(plan(FILES, settings=together))


def test_channel_layers_by_host(plan: MakePlan) -> None:
    layers = (
        "CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer',"
        " 'CONFIG': {'hosts': [(os.environ['REDIS_HOST'], 6379)]}}}\n"
    )
    assert "valkey-needs-tls" in codes(plan(settings=layers))


def test_databases_whose_address_stands_in_the_code(plan: MakePlan) -> None:
    settings = "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': 'db', 'NAME': 'shop'}}\n"
    assert "database-address-fixed" in codes(plan(settings=settings))
    parts = (
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': os.environ['DB_HOST'],"
        " 'PORT': 5432, 'NAME': 'shop', 'USER': os.environ['DB_USER'], 'PASSWORD': os.environ['DB_PASSWORD']}}\n"
    )
    (note,) = [n for n in plan(settings=parts).notes if n.code == "database-parts-fixed"]
    assert "port 5432, name shop" in note.message
    assert {"database-address-fixed", "database-parts-fixed"}.isdisjoint(codes(plan()))


def test_a_server_that_cannot_be_told_is_not_one_in_the_code(plan: MakePlan) -> None:
    settings = (
        "import elsewhere\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'shop',"
        " 'HOST': elsewhere.host()}}\n"
    )
    assert "database-address-fixed" not in codes(plan(settings=settings))
