"""An app that production does not install stops the build; what the image installs by a group does not."""

from pathlib import Path

from analyzer.model.finding import Passed, Severity
from tests.rules.examples import findings_of, outcome_of, report_of

SETTINGS = 'from shop.defaults import *\n\nINSTALLED_APPS = [*INSTALLED_APPS, "easy_thumbnails"]\n'
PYPROJECT = """\
[project]
name = "shop"
version = "1"
dependencies = ["dj-database-url", "django==5.2.8", "gunicorn", "psycopg[binary]", "redis", "whitenoise"]

[dependency-groups]
dev = ["easy-thumbnails", "pytest"]

[tool.uv]
"""


def test_a_group_of_development(tmp_path: Path) -> None:
    files = {"requirements.txt": None, "pyproject.toml": PYPROJECT, "uv.lock": "", "shop/settings.py": SETTINGS}
    report = report_of(tmp_path, files)
    (found,) = findings_of(report, "app-not-installed")
    assert found.severity is Severity.ADVICE
    assert "only dev brings" in found.message
    assert isinstance(outcome_of(report, "development-packages-installed"), Passed)


def test_a_file_of_development(tmp_path: Path) -> None:
    files = {"requirements-dev.txt": "easy-thumbnails\n", "shop/settings.py": SETTINGS}
    (found,) = findings_of(report_of(tmp_path, files), "app-not-installed")
    assert found.severity is Severity.BLOCKER
