"""Settings that are served as well are no other ones than production's: what they lack is another finding."""

from pathlib import Path

import pytest

from tests.rules.examples import PROJECT, findings_of, report_of

SETTINGS = 'SECRET_KEY = "x"\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "collected"\n'
LOCAL = 'from shop.settings import *\n\nINSTALLED_APPS += ["debug_toolbar"]\n'


@pytest.mark.parametrize(("served", "found"), [("shop.local", 0), ("shop.settings", 1)])
def test_found(served: str, found: int, tmp_path: Path) -> None:
    files = {
        "shop/local.py": LOCAL,
        "manage.py": (PROJECT / "manage.py").read_text().replace("shop.settings", "shop.local"),
        "shop/wsgi.py": (PROJECT / "shop/wsgi.py").read_text().replace("shop.settings", served),
        "requirements-dev.txt": "-r requirements.txt\ndjango-debug-toolbar==6.0.0\n",
        "shop/settings.py": SETTINGS,
    }
    assert len(findings_of(report_of(tmp_path, files), "development-settings-at-build")) == found
