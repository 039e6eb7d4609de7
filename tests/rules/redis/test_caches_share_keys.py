"""Caches whose addresses stand in the code share nothing of Valkey until these are changed."""

from pathlib import Path

import pytest

from analyzer.model.finding import Severity
from analyzer.rules.services import with_settings
from tests.rules.examples import findings_of, report_of

BACKEND = "django.core.cache.backends.redis.RedisCache"


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        ('"redis://localhost:6379"', '"redis://localhost:6379/2"', Severity.ADVICE),
        ('os.environ["REDIS_URL"]', '"redis://localhost:6379/2"', Severity.ADVICE),
        ('os.environ["REDIS_URL"]', 'os.environ["PAGES_REDIS_URL"]', Severity.RISK),
    ],
)
def test_addresses_in_the_code(tmp_path: Path, first: str, second: str, severity: Severity) -> None:
    text = (
        f'CACHES = {{\n    "default": {{"BACKEND": "{BACKEND}", "LOCATION": {first}}},\n'
        f'    "pages": {{"BACKEND": "{BACKEND}", "LOCATION": {second}}},\n}}\n'
    )
    (found,) = findings_of(report_of(tmp_path, with_settings(text)), "caches-share-keys")
    assert found.severity is severity
    assert ("once variables give their addresses" in found.message) is (severity is Severity.ADVICE)
