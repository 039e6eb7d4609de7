"""Static and uploaded files."""

import pytest

from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe, reason, told

DEFAULT = "django.contrib.staticfiles.storage.StaticFilesStorage"
DISK = "django.core.files.storage.FileSystemStorage"
WHITENOISE = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("'/static/'", "/static/"),
        ("'static/'", "/static/"),
        ("'https://cdn/static/'", "https://cdn/static/"),
        ("'//cdn/'", "//cdn/"),
        ("''", "/"),
        ("None", None),
    ],
)
def test_the_url_as_django_makes_it(repository: MakeRepository, value: str, expected: str | None) -> None:
    facts = observe(repository, f"STATIC_URL = {value}\nMEDIA_URL = {value}\n").django
    assert (told(facts.static.url), told(facts.media.url)) == (expected, expected)


def test_folders(repository: MakeRepository) -> None:
    text = (
        "import os\nfrom pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n"
        "STATIC_ROOT = BASE_DIR / 'static'\nMEDIA_ROOT = os.path.join(BASE_DIR, 'media')\n"
    )
    facts = observe(repository, text).django
    assert (told(facts.static.root), told(facts.media.root)) == ("static", "media")


def test_nothing_is_set(repository: MakeRepository) -> None:
    facts = observe(repository, "DEBUG = True\n").django
    assert (told(facts.static.url), told(facts.static.root)) == (None, None)
    assert (told(facts.media.url), told(facts.media.root)) == ("/", "")
    assert (told(facts.static.storage), told(facts.media.storage)) == (DEFAULT, DISK)
    assert told(facts.static.whitenoise) is False


@pytest.mark.parametrize(
    ("settings", "static", "media"),
    [
        (f"STATICFILES_STORAGE = '{WHITENOISE}'\nDEFAULT_FILE_STORAGE = 'a.B'\n", WHITENOISE, "a.B"),
        (f"STORAGES = {{'staticfiles': {{'BACKEND': '{WHITENOISE}'}}}}\n", WHITENOISE, DISK),
        ("STORAGES = {'default': {'BACKEND': 'a.B'}}\n", DEFAULT, "a.B"),
        ("STORAGES = {}\n", DEFAULT, DISK),
        ("STATICFILES_STORAGE = 'old.S'\nSTORAGES = {'staticfiles': {'BACKEND': 'new.S'}}\n", "new.S", DISK),
        ("import os\nSTORAGES = {'default': {'BACKEND': 'a.B', 'OPTIONS': os.environ['K']}}\n", DEFAULT, "a.B"),
    ],
)
def test_storages(repository: MakeRepository, settings: str, static: str, media: str) -> None:
    facts = observe(repository, settings).django
    assert (told(facts.static.storage), told(facts.media.storage)) == (static, media)


def test_storages_that_are_computed(repository: MakeRepository) -> None:
    facts = observe(repository, "import os\nSTORAGES = {'default': {'BACKEND': os.environ['B']}}\n").django
    assert reason(facts.media.storage) == "STORAGES is computed at run time"
    assert told(facts.static.storage) == DEFAULT
    other = observe(repository, "from lib import *\n").django
    assert reason(other.media.storage) == (
        "DEFAULT_FILE_STORAGE may be set in a part that is not in the tree: names of lib"
    )


@pytest.mark.parametrize(
    ("middleware", "expected"),
    [("['whitenoise.middleware.WhiteNoiseMiddleware']", True), ("['a.White', 'noise.B']", False), ("[]", False)],
)
def test_whitenoise(repository: MakeRepository, middleware: str, expected: bool) -> None:
    assert told(observe(repository, f"MIDDLEWARE = {middleware}\n").django.static.whitenoise) is expected


def test_whitenoise_where_the_middleware_is_not_known(repository: MakeRepository) -> None:
    facts = observe(repository, "from lib import made\nMIDDLEWARE = made()\n").django
    assert reason(facts.static.whitenoise) == "result of lib.made()"


def test_an_entry_of_storages_without_a_backend(repository: MakeRepository) -> None:
    facts = observe(repository, "STORAGES = {'default': {}, 'staticfiles': {'BACKEND': 'a.B'}}\n").django
    assert reason(facts.media.storage) == "STORAGES has no BACKEND for default"
    assert told(facts.static.storage) == "a.B"
