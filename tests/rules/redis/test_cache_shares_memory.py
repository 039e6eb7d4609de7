"""A cache shares the queue's memory unless a variable says otherwise, which is named."""

from pathlib import Path

from analyzer.rules.services import with_celery
from tests.rules.examples import findings_of, report_of

CACHE = 'CACHES = {{"default": {{"BACKEND": {backend}, "LOCATION": {location}}}}}\n'
BACKEND = '"django.core.cache.backends.redis.RedisCache"'


def message_of(folder: Path, backend: str, location: str) -> str:
    """What is said of a cache."""
    files = with_celery(CACHE.format(backend=backend, location=location))
    (found,) = findings_of(report_of(folder, files), "cache-shares-memory-with-queue")
    return found.message


def test_the_address_of_the_queue(tmp_path: Path) -> None:
    assert "share the memory of one Valkey: " in message_of(tmp_path, BACKEND, 'os.environ["REDIS_URL"]')


def test_variables_of_the_cache_alone(tmp_path: Path) -> None:
    backend = f'os.environ.get("CACHE_BACKEND", {BACKEND})'
    location = 'os.environ.get("CACHE_REDIS_URL", os.environ["REDIS_URL"])'
    message = message_of(tmp_path, backend, location)
    assert "share the memory of one Valkey unless CACHE_BACKEND or CACHE_REDIS_URL says otherwise: " in message


def test_an_address_in_the_code_does_not_lead_to_valkey(tmp_path: Path) -> None:
    files = with_celery(CACHE.format(backend=BACKEND, location='"redis://cache:6379"'))
    report = report_of(tmp_path, files)
    assert findings_of(report, "redis-address-fixed")
    assert not findings_of(report, "cache-shares-memory-with-queue")
