"""Classes that a later release of their package no longer has."""

from pathlib import Path

import pytest

from analyzer.model.finding import Severity
from tests.rules.examples import findings_of, report_of

SETTINGS = "from shop.defaults import *\n\n"
OLD = "whitenoise.django.GzipManifestStaticFilesStorage"


def requirements(whitenoise: str, django: str = "==3.1.7", more: str = "") -> str:
    others = "dj-database-url==1.3.0\ngunicorn==23.0.0\npsycopg2-binary==2.9.9\n"
    return f"{others}django{django}\nwhitenoise{whitenoise}\n{more}"


@pytest.mark.parametrize(
    ("whitenoise", "gone"),
    [
        ("==5.2.0", True),
        ("", True),
        (">=3", True),
        ("==4.0", True),
        ("==3.3.1", False),
        ("<4", False),
        ("~=3.3", False),
    ],
)
def test_the_release_decides(tmp_path: Path, whitenoise: str, gone: bool) -> None:
    settings = f"{SETTINGS}STATICFILES_STORAGE = '{OLD}'\ndel STORAGES\n"
    files = {"shop/settings.py": settings, "requirements.txt": requirements(whitenoise)}
    found = findings_of(report_of(tmp_path, files), "removed-class-named")
    assert bool(found) is gone
    assert all("collectstatic ends with ImportError" in one.message for one in found)
    assert all(("production installs 5.2.0" in one.message) is (whitenoise == "==5.2.0") for one in found)


def test_the_line_in_storages(tmp_path: Path) -> None:
    storages = f"    'default': STORAGES['default'],\n    'staticfiles': {{'BACKEND': '{OLD}'}},\n"
    settings = f"{SETTINGS}STORAGES = {{\n{storages}}}\n"
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "removed-class-named")
    assert (found.evidence[0].path, found.evidence[0].line) == ("shop/settings.py", 5)
    assert found.commands == ('"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"',)


@pytest.mark.parametrize(("django", "gone"), [("==2.0.13", True), ("==1.11.29", False)])
def test_middleware(tmp_path: Path, django: str, gone: bool) -> None:
    settings = (
        f"{SETTINGS}MIDDLEWARE = [\n    *MIDDLEWARE,\n"
        "    'django.contrib.auth.middleware.SessionAuthenticationMiddleware',\n]\n"
    )
    files = {"shop/settings.py": settings, "requirements.txt": requirements("==4.1.2", django)}
    found = findings_of(report_of(tmp_path, files), "removed-class-named")
    assert [(one.evidence[0].line, one.remediation) for one in found] == (
        [(5, "Take it out of MIDDLEWARE.")] if gone else []
    )
    assert all("before it listens" in one.message for one in found)


def test_a_store_of_uploads_is_no_blocker(tmp_path: Path) -> None:
    settings = f"{SETTINGS}DEFAULT_FILE_STORAGE = 'storages.backends.s3boto.S3BotoStorage'\ndel STORAGES\n"
    more = "django-storages==1.9\nboto3==1.34.0\n"
    files = {"shop/settings.py": settings, "requirements.txt": requirements("==5.2.0", more=more)}
    (found,) = findings_of(report_of(tmp_path, files), "removed-class-named")
    assert found.severity is Severity.RISK
    assert found.commands == ('DEFAULT_FILE_STORAGE = "storages.backends.s3boto3.S3Boto3Storage"',)


WSGI = (
    "import os\n\nfrom django.core.wsgi import get_wsgi_application\nfrom whitenoise.django import DjangoWhiteNoise\n\n"
    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
    "application = DjangoWhiteNoise(get_wsgi_application())\n"
)


@pytest.mark.parametrize(("path", "gone"), [("shop/wsgi.py", True), ("shop/old_wsgi.py", False)])
def test_only_the_served_module_is_imported(tmp_path: Path, path: str, gone: bool) -> None:
    found = findings_of(report_of(tmp_path, {path: WSGI}), "removed-class-named")
    assert [(one.evidence[0].path, one.evidence[0].line) for one in found] == ([(path, 4)] if gone else [])
