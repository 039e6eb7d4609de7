"""Celery has a variable of its own for the broker; other queues have none."""

from pathlib import Path

from analyzer.model.finding import Severity
from analyzer.rules.services import with_celery, with_settings
from tests.rules.examples import findings_of, report_of


def test_the_broker_of_celery(tmp_path: Path) -> None:
    files = with_celery('CELERY_BROKER_URL = "redis://localhost:6379/0"\n')
    (found,) = findings_of(report_of(tmp_path, files), "redis-address-fixed")
    assert found.severity is Severity.RISK
    assert "the variable CELERY_BROKER_URL of the app spec" in found.message
    assert found.commands == ("doctor emit",)


def test_another_queue(tmp_path: Path) -> None:
    files = {**with_settings('RQ_QUEUES = {"default": {"URL": "redis://localhost:6379/0"}}\n')}
    (found,) = findings_of(report_of(tmp_path, files), "redis-address-fixed")
    assert found.severity is Severity.BLOCKER


def test_a_cache(tmp_path: Path) -> None:
    cache = (
        'CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://a"}}\n'
    )
    (found,) = findings_of(report_of(tmp_path, with_settings(cache)), "redis-address-fixed")
    assert found.severity is Severity.RISK
    assert "CELERY_BROKER_URL" not in found.message
