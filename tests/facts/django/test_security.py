"""Where the key comes from, transport security, log files."""

import pytest

from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe, reason, told

RANDOM = "from django.core.management.utils import get_random_secret_key\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SECRET_KEY = 'django-insecure'\n", "hard-coded"),
        ("SECRET_KEY = ''\n", "empty"),
        ("import os\nSECRET_KEY = os.environ['KEY']\n", "environment KEY"),
        ("import os\nSECRET_KEY = os.environ.get('KEY')\n", "environment KEY"),
        ("import os\nSECRET_KEY = os.environ.get('KEY', 'x')\n", "environment KEY, otherwise hard-coded"),
        (f"{RANDOM}SECRET_KEY = get_random_secret_key()\n", "random at each start"),
        (
            f"import os\n{RANDOM}SECRET_KEY = os.environ.get('KEY', get_random_secret_key())\n",
            "environment KEY, otherwise random at each start",
        ),
        (
            "import os\nSECRET_KEY = 'x' if os.environ['MODE'] == 'x' else os.environ['KEY']\n",
            "environment KEY or hard-coded",
        ),
    ],
)
def test_the_key(repository: MakeRepository, text: str, expected: str) -> None:
    assert told(observe(repository, text).django.secret_key) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DEBUG = True\n", "SECRET_KEY is not set in the tree"),
        ("from lib import made\nSECRET_KEY = made()\n", "SECRET_KEY is computed at run time"),
    ],
)
def test_a_key_that_is_not_known(repository: MakeRepository, text: str, expected: str) -> None:
    assert reason(observe(repository, text).django.secret_key) == expected


def test_secure_settings_are_those_that_the_project_sets(repository: MakeRepository) -> None:
    text = (
        "import os\nSECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 60\nSESSION_COOKIE_SECURE = os.environ['S']\n"
        "SECURE_PROXY_SSL_HEADER = ('a', 'b')\nSESSION_COOKIE_NAME = 'x'\nsecure_x = 1\n"
    )
    secure = observe(repository, text).django.secure
    assert sorted(secure) == [
        "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE",
    ]  # fmt: skip
    assert told(secure["SECURE_SSL_REDIRECT"]) is True
    assert told(secure["SECURE_PROXY_SSL_HEADER"]) == ("a", "b")
    assert reason(secure["SESSION_COOKIE_SECURE"]) == "environment variable S"
    assert observe(repository, "DEBUG = True\n").django.secure == {}


@pytest.mark.parametrize(
    ("handlers", "files"),
    [
        ("{'a': {'filename': '/var/log/app.log'}, 'b': {'class': 'logging.StreamHandler'}}", ("/var/log/app.log",)),
        ("{'a': {'filename': BASE / 'b.log'}, 'c': {'filename': BASE / 'a.log'}}", ("a.log", "b.log")),
        ("{'a': {'filename': os.environ['LOG']}}", ("a file named at run time",)),
        ("{}", ()),
    ],
)
def test_log_files(repository: MakeRepository, handlers: str, files: tuple[str, ...]) -> None:
    text = "import os\nfrom pathlib import Path\nBASE = Path(__file__).resolve().parent.parent\n"
    assert told(observe(repository, f"{text}LOGGING = {{'handlers': {handlers}}}\n").django.logging_files) == files


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("made()", "LOGGING is computed at run time"),
        ("{'handlers': made()}", "the handlers of LOGGING are computed at run time"),
    ],
)
def test_logging_that_is_computed(repository: MakeRepository, value: str, expected: str) -> None:
    assert reason(observe(repository, f"from lib import made\nLOGGING = {value}\n").django.logging_files) == expected


def test_no_logging(repository: MakeRepository) -> None:
    assert told(observe(repository, "LOGGING = {}\n").django.logging_files) == ()
    assert told(observe(repository, "DEBUG = True\n").django.logging_files) == ()
