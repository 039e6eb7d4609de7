"""Storage classes of the repository and what they are made from."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"


def classes(repository: MakeRepository, storage: str, files: dict[str, str]) -> dict[str, str]:
    settings = f"DEFAULT_FILE_STORAGE = '{storage}'\n"
    base = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": settings}
    facts = collect_facts(repository({**base, **files}))
    assert isinstance(facts, ProjectFacts)
    return dict(facts.django.storage_classes)


@pytest.mark.parametrize(
    "text",
    [
        "from storages.backends.s3 import S3Storage\nclass Media(S3Storage): ...\n",
        "from storages.backends import s3\nclass Media(s3.S3Storage): ...\n",
        "import storages.backends.s3\nclass Media(storages.backends.s3.S3Storage): ...\n",
        "from storages.backends.s3 import S3Storage\nclass Own(S3Storage): ...\nclass Media(Mixin, Own): ...\n",
        "from .base import Media\n",
    ],
)
def test_a_class_of_the_repository(repository: MakeRepository, text: str) -> None:
    other = "from storages.backends.s3 import S3Storage\nclass Media(S3Storage): ...\n"
    found = classes(repository, "app.files.Media", {"app/files.py": text, "app/base.py": other})
    assert found == {"app.files.Media": "storages.backends.s3.S3Storage"}


def test_a_class_of_a_library(repository: MakeRepository) -> None:
    assert classes(repository, "storages.backends.s3.S3Storage", {}) == {}


@pytest.mark.parametrize("text", ["Media = make()\n", "class Media(Media): ...\n", "class Media: ...\n", "def f(:\n"])
def test_a_class_that_leads_nowhere(repository: MakeRepository, text: str) -> None:
    assert classes(repository, "app.files.Media", {"app/files.py": text}) == {}


def test_a_class_that_a_variable_switches_on(repository: MakeRepository) -> None:
    settings = (
        "import os\nSTORAGES = {'default': {'BACKEND': 'django.core.files.storage.FileSystemStorage'}}\n"
        "if os.environ.get('MEDIA_BUCKET'):\n    STORAGES['default'] = {'BACKEND': 'app.files.Media'}\n"
    )
    files = {
        "app/settings.py": settings,
        "app/files.py": "from storages.backends.s3 import S3Storage\nclass Media(S3Storage): ...\n",
    }
    assert classes(repository, "", files) == {"app.files.Media": "storages.backends.s3.S3Storage"}
