"""What keeps a cache in Valkey, as the project's Django and its caches are."""

from pathlib import Path

import pytest

from analyzer.rules.services import with_celery
from tests.rules.examples import PROJECT, findings_of, report_of

FILES = "django.core.cache.backends.filebased.FileBasedCache"
MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = (
    "import os\n\nfrom shop.defaults import *\n\nif os.environ.get('NONE'):\n"
    "    CACHES = {'default': {'BACKEND': 'django.core.cache.backends.dummy.DummyCache'}}\nelse:\n"
    "    CACHES = {\n        'default': {'BACKEND': 'django.core.cache.backends.dummy.DummyCache'},\n"
    f"        'forms': {{\n            'BACKEND': '{FILES}', 'LOCATION': '/tmp/x',\n        }},\n    }}\n"
)


def test_the_cache_itself_and_its_line(tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": CACHES}), "cache-in-files")
    assert found.evidence[0].line == 11
    assert found.commands[-1].startswith('CACHES["forms"] = {"BACKEND": "django.core.cache.backends.redis.')
    assert "doctor emit adds it" in found.remediation


@pytest.mark.parametrize(
    ("django", "backend"),
    [("3.2.25", "django_redis.cache.RedisCache"), ("5.2.8", "django.core.cache.backends.redis.RedisCache")],
)
def test_an_old_django_has_no_backend_for_redis(tmp_path: Path, django: str, backend: str) -> None:
    files: dict[str, str | None] = {
        "shop/settings.py": f"from shop.defaults import *\n\nCACHES = {{'default': {{'BACKEND': '{MEMORY}'}}}}\n",
        "requirements.txt": f"dj-database-url==1.0.0\ndjango=={django}\ngunicorn==23.0.0\nwhitenoise==5.3.0\n",
    }
    (found,) = findings_of(report_of(tmp_path, files), "local-memory-cache")
    assert backend in found.commands[-1]
    assert any("redis" in command and "requirements.txt" in command for command in found.commands[:-1])


def test_a_package_that_counts_is_told_at_the_cache(tmp_path: Path) -> None:
    files: dict[str, str | None] = {
        "shop/settings.py": f"from shop.defaults import *\n\nCACHES = {{'default': {{'BACKEND': '{MEMORY}'}}}}\n",
        "requirements.txt": "django==5.2.8\ndjango-ratelimit==4.1.0\ngunicorn==23.0.0\nwhitenoise==6.11.0\n",
    }
    (found,) = findings_of(report_of(tmp_path, files), "rate-limit-per-process")
    assert [(one.path, one.line) for one in found.evidence] == [("shop/settings.py", 3), ("requirements.txt", 2)]


def test_a_variable_of_another_cache_changes_nothing(tmp_path: Path) -> None:
    settings = (
        "import os\n\nimport django_cache_url\nfrom shop.defaults import *\n\nCACHES = {\n"
        "    'default': django_cache_url.parse(os.environ.get('CACHE_URL', 'locmem://')),\n"
        f"    'names': {{'BACKEND': '{MEMORY}'}},\n}}\n"
    )
    found = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "local-memory-cache")
    assert [(one.evidence[0].line, "CACHE_URL" in one.message) for one in found] == [(7, True), (8, False)]


@pytest.mark.parametrize(("given", "number"), [("REDIS_URL", 0), ("SHOP_REDIS_URL_OF_OLD", 1)])
def test_a_cache_whose_address_another_variable_gives(tmp_path: Path, given: str, number: int) -> None:
    """Valkey's variable becomes that of the cache, which is in memory without both."""
    settings = (
        "import os\n\nimport django_cache_url\n\nfrom shop.defaults import *\n\n"
        f'if os.environ.get("{given}"):\n    os.environ.setdefault("CACHE_URL", os.environ["{given}"])\n'
        'CACHES = {"default": django_cache_url.config()}\nCELERY_BROKER_URL = os.environ["REDIS_URL"]\n'
    )
    files = with_celery("", {"shop/settings.py": settings})
    assert len(findings_of(report_of(tmp_path, files), "local-memory-cache")) == number


def test_an_address_that_the_app_spec_lacks_comes_with_the_next_emission(tmp_path: Path) -> None:
    settings = (
        f"import os\n\nfrom shop.defaults import *\n\nCACHES = {{'default': {{'BACKEND': '{MEMORY}'}}}}\n"
        'CELERY_BROKER_URL = os.environ["SHOP_BROKER_URL"]\n'
    )
    defaults = (PROJECT / "shop/defaults.py").read_text().replace("REDIS_URL", "SHOP_REDIS_URL")
    (found,) = findings_of(
        report_of(tmp_path, with_celery("", {"shop/settings.py": settings, "shop/defaults.py": defaults})),
        "local-memory-cache",
    )
    assert "doctor emit adds it" in found.remediation
