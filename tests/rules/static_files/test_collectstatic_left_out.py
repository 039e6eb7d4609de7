"""A build that stops before it comes to static files does not pass over them."""

from pathlib import Path

import pytest

from analyzer.model.finding import Failed
from tests.rules.examples import findings_of, outcome_of, report_of

MANAGE = (
    'import os\nimport sys\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n\n'
    "from django.core.management import execute_from_command_line\n\nexecute_from_command_line(sys.argv)\n"
)
SETTINGS = 'SECRET_KEY = "x"\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_URL = "static/"\n'
ROOT = 'STATIC_ROOT = "collected"\n'


@pytest.mark.parametrize(
    ("settings", "requirements", "fails"),
    [
        (SETTINGS + ROOT, "django==5.2.8\ngunicorn==23.0.0\n", True),
        (SETTINGS + ROOT, None, False),
        (SETTINGS, "django==5.2.8\ngunicorn==23.0.0\n", False),
    ],
)
def test_the_build_gets_there(tmp_path: Path, settings: str, requirements: str | None, fails: bool) -> None:
    files = {
        "manage.py": None,
        "site/manage.py": MANAGE,
        "site/shop/__init__.py": "",
        "site/shop/settings.py": settings,
        "requirements.txt": requirements,
        "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\ndependencies = ["django"]\n',
    }
    assert isinstance(outcome_of(report_of(tmp_path, files), "collectstatic-left-out"), Failed) is fails


def test_a_module_that_the_settings_lack_is_named(tmp_path: Path) -> None:
    settings = f"import importlib\n\n{SETTINGS}{ROOT}MORE = importlib.import_module('shop.configuration').MORE\n"
    files = {
        "manage.py": None,
        "site/manage.py": MANAGE,
        "site/shop/__init__.py": "",
        "site/shop/settings.py": settings,
        "requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n",
    }
    (found,) = findings_of(report_of(tmp_path, files), "collectstatic-left-out")
    assert "add shop.configuration to the repository" in found.remediation
