"""A variable keeps uploads elsewhere only by a setting that this version of Django reads."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of

MODEL = "from django.db import models\n\n\nclass Product(models.Model):\n    picture = models.ImageField()\n"


@pytest.mark.parametrize(("django", "named"), [("4.2.20", True), ("5.2.8", False)])
def test_the_older_setting(tmp_path: Path, django: str, named: bool) -> None:
    files = {
        "requirements.txt": f"django=={django}\ndjango-storages==1.14.6\ngunicorn==23.0.0\n",
        "shop/settings.py": (
            "import os\n\nfrom shop.defaults import *\n\nMEDIA_URL = 'media/'\nMEDIA_ROOT = BASE_DIR / 'media'\n"
            "if os.environ.get('UPLOAD_KIND') == 's3':\n"
            "    DEFAULT_FILE_STORAGE = 'storages.backends.s3boto3.S3Boto3Storage'\n"
        ),
        "shop/models.py": MODEL,
    }
    found = findings_of(report_of(tmp_path, files), "uploads-in-container")
    assert ["UPLOAD_KIND" in one.message for one in found] == [named]


@pytest.mark.parametrize(
    ("field", "found"), [("", 1), ("storage=default_storage", 1), ("storage=private_store", 0), ("upload_to='a'", 1)]
)
def test_a_field_with_a_storage_of_its_own(tmp_path: Path, field: str, found: int) -> None:
    files = {
        "shop/settings.py": 'from shop.defaults import *\n\nMEDIA_URL = "media/"\nMEDIA_ROOT = BASE_DIR / "media"\n',
        "shop/models.py": MODEL.replace("ImageField()", f"FileField({field})"),
    }
    assert len(findings_of(report_of(tmp_path, files), "uploads-in-container")) == found


@pytest.mark.parametrize(("more", "found"), [("", 1), ('STATICFILES_DIRS = [BASE_DIR / "media"]\n', 0)])
def test_static_files_below_the_folder_of_uploads(tmp_path: Path, more: str, found: int) -> None:
    files = {
        "shop/settings.py": f'from shop.defaults import *\n\nMEDIA_URL = "m/"\nMEDIA_ROOT = BASE_DIR / "media"\n{more}',
        "media/site.css": "a {}\n",
    }
    assert len(findings_of(report_of(tmp_path, files), "uploads-committed")) == found
