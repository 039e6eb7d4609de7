"""Folders that nobody writes to where a variable keeps uploads elsewhere."""

from pathlib import Path

from analyzer.model.evidence import Certainty
from tests.rules.examples import findings_of, report_of

ROOT = 'from shop.defaults import *\n\nMEDIA_ROOT = "/data/media"\nMEDIA_URL = "media/"\n'
STORE = (
    "import os\n\n"
    + ROOT
    + "if os.environ.get('USE_S3') == 'yes':\n"
    + "    STORAGES['default'] = {'BACKEND': 'storages.backends.s3.S3Storage'}\n"
)
STORAGES = "STORAGES = {'default': {'BACKEND': 'django.core.files.storage.FileSystemStorage'}}\n"


def test_the_variable_is_named(tmp_path: Path) -> None:
    settings = STORE.replace("MEDIA_URL", f"{STORAGES}MEDIA_URL")
    requirements = (
        "django==5.2.8\ngunicorn==23.0.0\ndj-database-url==3.0.1\nwhitenoise==6.11.0\ndjango-storages==1.14.6\n"
    )
    files: dict[str, str | None] = {"shop/settings.py": settings, "requirements.txt": requirements}
    (found,) = findings_of(report_of(tmp_path, files), "folder-outside-source")
    assert found.message.endswith("It stays unused where USE_S3 keeps uploads elsewhere.")
    assert found.certainty is Certainty.LIKELY


def test_no_variable_is_named_where_there_is_no_store(tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": ROOT}), "folder-outside-source")
    assert "It stays unused" not in found.message
    assert found.certainty is Certainty.CERTAIN
