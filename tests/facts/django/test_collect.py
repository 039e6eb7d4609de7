"""The Django facts, put together."""

import pytest

from analyzer.model.evidence import Certainty, Evidence, Fact
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import MANAGE, observe, reason, told

ENTRY = "from django.core.{0} import get_{0}_application\n" + MANAGE + "application = get_{0}_application()\n"


def test_single_settings(repository: MakeRepository) -> None:
    text = (
        "INSTALLED_APPS = ['a']\nMIDDLEWARE = ['m']\nROOT_URLCONF = 'app.urls'\nAUTH_USER_MODEL = 'a.User'\n"
        "DEBUG = 1\nALLOWED_HOSTS = ('h',)\nCSRF_TRUSTED_ORIGINS = ['https://h']\nEMAIL_BACKEND = 'e.B'\n"
        "SESSION_ENGINE = 's.E'\n"
    )
    django = observe(repository, text).django
    assert (told(django.installed_apps), told(django.middleware)) == (("a",), ("m",))
    assert (told(django.root_urlconf), told(django.auth_user_model)) == ("app.urls", "a.User")
    assert told(django.debug) is True
    assert (told(django.allowed_hosts), told(django.csrf_trusted_origins)) == (("h",), ("https://h",))
    assert (told(django.email_backend), told(django.session_engine)) == ("e.B", "s.E")


def test_djangos_defaults(repository: MakeRepository) -> None:
    django = observe(repository, "A = 1\n").django
    assert (told(django.installed_apps), told(django.middleware), told(django.allowed_hosts)) == ((), (), ())
    assert (told(django.root_urlconf), told(django.auth_user_model)) == (None, "auth.User")
    assert told(django.debug) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MIDDLEWARE = ['new']\nMIDDLEWARE_CLASSES = ['old']\n", ("new",)),
        ("MIDDLEWARE_CLASSES = ['old']\n", ("old",)),
    ],
)
def test_middleware_of_old_versions(repository: MakeRepository, text: str, expected: tuple[str, ...]) -> None:
    assert told(observe(repository, text).django.middleware) == expected


@pytest.mark.parametrize("kind", ["wsgi", "asgi"])
def test_the_application_that_is_served(repository: MakeRepository, kind: str) -> None:
    name = f"{kind.upper()}_APPLICATION"
    files = {f"app/{kind}.py": ENTRY.format(kind)}
    deduced = getattr(observe(repository, "DEBUG = True\n", files).django, f"{kind}_application")
    note = f"{name} is not set; this module starts Django"
    assert deduced == Fact(
        value=f"app.{kind}.application",
        evidence=(Evidence(path=f"app/{kind}.py", line=4, note=note),),
        certainty=Certainty.LIKELY,
    )
    written = getattr(observe(repository, f"{name} = 'other.app'\n", files).django, f"{kind}_application")
    assert written == Fact(value="other.app", evidence=(Evidence(path="app/settings.py", line=1),))


def test_no_application(repository: MakeRepository) -> None:
    django = observe(repository, "DEBUG = True\n").django
    assert told(django.wsgi_application) is told(django.asgi_application) is None
    assert django.wsgi_application.evidence[0].note == "WSGI_APPLICATION is not set, no such module"


def test_an_application_that_is_computed(repository: MakeRepository) -> None:
    django = observe(repository, "from lib import made\nWSGI_APPLICATION = made()\n").django
    assert reason(django.wsgi_application) == "result of lib.made()"


def test_every_setting_and_every_file(repository: MakeRepository) -> None:
    django = observe(repository, "from .base import *\nB = 2\n", {"app/base.py": "A = 1\nlower = 1\n"}).django
    assert list(django.settings) == ["A", "B"]
    assert django.settings_modules.files == ("app/__init__.py", "app/base.py", "app/settings.py")
