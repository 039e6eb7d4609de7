"""Settings that load a module of the project which the repository does not have."""

from pathlib import Path

from tests.rules.examples import findings_of, report_of

SETTINGS = """\
import importlib

configuration = importlib.import_module("shop.configuration")
REDIS = getattr(configuration, "REDIS", {})
SECRET_KEY = getattr(configuration, "SECRET_KEY")
INSTALLED_APPS = ["django.contrib.contenttypes", "django_rq"]
ROOT_URLCONF = "shop.urls"
DATABASES = getattr(configuration, "DATABASES", {})
RQ_QUEUES = {"default": REDIS}
RQ_QUEUES.update({"high": REDIS})
"""
REQUIREMENTS = "django==5.2.8\ndjango-rq==3.1.0\ngunicorn==23.0.0\npsycopg[binary]==3.2.13\n"


def test_the_module_is_named(tmp_path: Path) -> None:
    files = {"shop/settings.py": SETTINGS, "shop/defaults.py": None, "requirements.txt": REQUIREMENTS}
    found = findings_of(report_of(tmp_path, files), "database-not-reached")
    lines = {one.message.partition(": ")[0].rpartition(" ")[2]: one.evidence[0].line for one in found}
    assert lines == {"db": 8, "valkey": 4}
    assert all("Add shop.configuration to the repository" in one.remediation for one in found)


def test_a_module_that_is_there(tmp_path: Path) -> None:
    files: dict[str, str | None] = {
        "shop/settings.py": SETTINGS,
        "shop/defaults.py": None,
        "requirements.txt": REQUIREMENTS,
        "shop/configuration.py": "import somewhere\n\nDATABASES = somewhere.databases()\nREDIS = somewhere.redis()\n",
    }
    found = findings_of(report_of(tmp_path, files), "database-not-reached")
    assert not any("shop.configuration" in one.message for one in found)
