"""What findings about storage and served files say of the project's own."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of

SERVE = "from django.urls import path, re_path\nfrom django.views.static import serve\n\n"


@pytest.mark.parametrize(
    ("pattern", "uploads"),
    [
        ("re_path('^media/(?P<path>.*)$', serve, {'document_root': settings.MEDIA_ROOT})", True),
        ("re_path('^docs/(?P<path>.*)$', serve, {'document_root': 'docs/site'})", False),
    ],
)
def test_what_django_serves(tmp_path: Path, pattern: str, uploads: bool) -> None:
    text = f"from django.conf import settings\n{SERVE}urlpatterns = [{pattern}]\n"
    (found,) = findings_of(report_of(tmp_path, {"shop/urls.py": text}), "media-served-by-django")
    assert ("uploaded page" in found.message) is uploads
    assert ("Spaces" in found.remediation) is uploads


def test_storages_has_the_backends_of_the_project(tmp_path: Path) -> None:
    settings = (
        "from shop.defaults import *\n\nSTATICFILES_STORAGE = 'whitenoise.storage.CompressedStaticFilesStorage'\n"
        "del STORAGES\n"
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "storage-setting-ignored")
    assert found.commands == (
        "STORAGES = {",
        '    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},',
        '    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},',
        "}",
    )


S3 = (
    "import os\n\nfrom shop.defaults import *\n\nMEDIA_URL = 'media/'\nMEDIA_ROOT = BASE_DIR / 'media'\n"
    "if os.environ.get('CLOUD'):\n    STORAGES = {'default': {'BACKEND': 'storages.backends.s3.S3Storage'},\n"
    "        'staticfiles': STORAGES['staticfiles']}\n"
)
OWN = (
    "import os\n\nfrom shop.defaults import *\n\nMEDIA_URL = 'media/'\nMEDIA_ROOT = BASE_DIR / 'media'\n"
    "FILES_BUCKET = os.environ.get('FILES_BUCKET', '')\n"
    "STORAGES = {'default': {'BACKEND': 'shop.store.Named'}, 'staticfiles': STORAGES['staticfiles']}\n"
)
STORE = (
    "from django.conf import settings\nfrom django.core.files.storage import FileSystemStorage as Base\n"
    "from storages.backends.s3 import S3Storage\n\nif settings.FILES_BUCKET:\n    Base = S3Storage\n\n\n"
    "class Named(Base):\n    pass\n"
)


@pytest.mark.parametrize(
    ("settings", "unless"), [(S3, "unless CLOUD says otherwise"), (OWN, "unless FILES_BUCKET says otherwise")]
)
def test_what_chooses_a_store_is_named(tmp_path: Path, settings: str, unless: str) -> None:
    files: dict[str, str | None] = {
        "shop/settings.py": settings,
        "shop/store.py": STORE,
        "shop/models.py": (
            "import os\n\nfrom django.db import models\n\n\nclass Product(models.Model):\n"
            "    picture = models.ImageField()\n    use = os.environ.get('USE_S3')\n"
            "    bucket = os.environ.get('FILES_BUCKET')\n"
        ),
        "requirements.txt": "django==5.2.8\ndjango-storages[s3]==1.14.6\ngunicorn==23.0.0\nwhitenoise==6.11.0\n",
    }
    found = findings_of(report_of(tmp_path, files), "uploads-in-container")
    assert [unless in one.message.replace("USE_S3 or ", "").replace(" or USE_S3", "") for one in found] == [True]


@pytest.mark.parametrize(("folder", "other"), [("media", "uploads"), ("shop", "media")])
def test_uploads_get_another_folder(tmp_path: Path, folder: str, other: str) -> None:
    settings = (
        f'from shop.defaults import *\n\nSTATICFILES_DIRS = [BASE_DIR / "{folder}"]\nMEDIA_URL = "media/"\n'
        f'MEDIA_ROOT = BASE_DIR / "{folder}"\n'
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "media-among-static-files")
    assert found.commands == (f'MEDIA_ROOT = BASE_DIR / "{other}"',)


def test_a_variable_that_another_platform_sets_is_never_there(tmp_path: Path) -> None:
    files: dict[str, str | None] = {
        "shop/settings.py": S3.replace("CLOUD", "DYNO"),
        "shop/models.py": "from django.db import models\n\n\nclass A(models.Model):\n    file = models.FileField()\n",
        "requirements.txt": "django==5.2.8\ndjango-storages[s3]==1.14.6\ngunicorn==23.0.0\nwhitenoise==6.11.0\n",
    }
    (found,) = findings_of(report_of(tmp_path, files), "uploads-in-container")
    assert "says otherwise" not in found.message


def test_a_storage_that_the_code_makes_itself_is_named(tmp_path: Path) -> None:
    files = {
        "shop/settings.py": 'from shop.defaults import *\n\nMEDIA_URL = "media/"\nMEDIA_ROOT = BASE_DIR / "media"\n',
        "shop/views.py": "from django.core.files.storage import FileSystemStorage\n\n\ndef store(request):\n"
        '    FileSystemStorage().save("a", request.FILES["a"])\n',
    }
    (found,) = findings_of(report_of(tmp_path, files), "uploads-in-container")
    assert "default_storage in place of FileSystemStorage() (shop/views.py:5)" in found.remediation


@pytest.mark.parametrize("below", [True, False])
def test_folders_below_that_of_uploads_are_named(tmp_path: Path, below: bool) -> None:
    folder = 'MEDIA_ROOT / "originals"' if below else 'BASE_DIR / "mediated" / "originals"'
    files = {
        "shop/settings.py": 'from shop.defaults import *\n\nMEDIA_URL = "media/"\nMEDIA_ROOT = BASE_DIR / "media"\n'
        f"ORIGINALS_DIR = {folder}\n",
        "shop/models.py": "from django.db import models\n\n\nclass A(models.Model):\n    file = models.FileField()\n",
    }
    (found,) = findings_of(report_of(tmp_path, files), "uploads-in-container")
    assert ("paths from ORIGINALS_DIR, below MEDIA_ROOT" in found.remediation) is below


MEDIA = "from shop.defaults import *\n\nMEDIA_URL = 'media/'\nMEDIA_ROOT = 'media/'\nSTATICFILES_DIRS = [{}]\n"


@pytest.mark.parametrize(
    ("folders", "committed", "among"),
    [("'media'", False, True), ("('theme', 'media/theme')", False, False), ("'assets'", True, False)],
)
def test_what_collectstatic_copies_are_no_uploads(tmp_path: Path, folders: str, committed: bool, among: bool) -> None:
    files = {"shop/settings.py": MEDIA.format(folders), "media/theme/logo.png": "x", "assets/site.css": "x"}
    report = report_of(tmp_path, files)
    assert bool(findings_of(report, "uploads-committed")) is committed
    assert bool(findings_of(report, "media-among-static-files")) is among


@pytest.mark.parametrize("switched", [True, False])
def test_a_variable_that_leads_to_storages_is_named(tmp_path: Path, switched: bool) -> None:
    block = (
        "import os\nif os.environ.get('USE_S3') == 'yes':\n"
        "    STORAGES = {'staticfiles': {'BACKEND': 'storages.backends.s3.S3Storage'}}\n"
    )
    settings = "from shop.defaults import *\n\nSTATICFILES_STORAGE = 'shop.store.Own'\ndel STORAGES\n"
    report = report_of(tmp_path, {"shop/settings.py": settings + (block if switched else "")})
    (found,) = findings_of(report, "storage-setting-ignored")
    assert ("unless USE_S3 leads to STORAGES" in found.message) is switched
