"""Another database than 0, which the cluster's configuration may have."""

from pathlib import Path

import pytest

from analyzer.model.evidence import Certainty
from analyzer.rules.services import with_settings
from tests.rules.examples import findings_of, report_of

CACHE = (
    'CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache",\n'
    '    "LOCATION": os.environ["REDIS_URL"] + "/1"}}\n'
)


@pytest.mark.parametrize("clears", [True, False])
def test_what_empties_a_database(clears: bool, tmp_path: Path) -> None:
    code = f"def purge(cache):\n    cache.{'clear()' if clears else 'get(1)'}\n"
    (found,) = findings_of(
        report_of(tmp_path, {**with_settings(CACHE), "shop/purge.py": code}), "redis-database-number"
    )
    assert "unless its number_of_databases is raised" in found.message
    assert found.certainty is Certainty.LIKELY
    assert ("shop/purge.py:2 empties the whole database" in found.remediation) is clears
    assert found.remediation.startswith("Raise number_of_databases") is clears
