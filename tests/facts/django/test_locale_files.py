"""Translations and GeoDjango."""

import pytest

from analyzer.facts.django.locale_files import needs_compilemessages
from analyzer.model.evidence import Evidence, Fact
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe, reason, told

PO = "locale/de/LC_MESSAGES/django.po"
MO = "locale/de/LC_MESSAGES/django.mo"


@pytest.mark.parametrize(
    ("files", "needed", "evidence"),
    [
        ({PO: ""}, True, Evidence(path=PO, note="no compiled .mo beside it")),
        ({PO: "", MO: ""}, False, Evidence(path=PO, note="its .mo is committed")),
        (
            {PO: "", MO: "", "app/locale/fr/LC_MESSAGES/django.po": ""},
            True,
            Evidence(path="app/locale/fr/LC_MESSAGES/django.po", note="no compiled .mo beside it"),
        ),
        ({"docs/de.po": ""}, False, Evidence(path="manage.py", note="the repository has no .po files")),
        ({"a.py": ""}, False, Evidence(path="manage.py", note="the repository has no .po files")),
    ],
)
def test_compilemessages(repository: MakeRepository, files: dict[str, str], needed: bool, evidence: Evidence) -> None:
    assert needs_compilemessages(repository(files), "manage.py") == Fact(value=needed, evidence=(evidence,))


def test_some_of_many_files_are_named(repository: MakeRepository) -> None:
    files = {f"locale/{language}/LC_MESSAGES/django.po": "" for language in ("de", "es", "fr", "it")}
    assert len(needs_compilemessages(repository(files), "manage.py").evidence) == 3


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("INSTALLED_APPS = ['django.contrib.gis']\n", True),
        ("INSTALLED_APPS = ['django.contrib.gis.apps.Config']\n", True),
        ("INSTALLED_APPS = []\nDATABASES = {'default': {'ENGINE': 'django.contrib.gis.db.backends.postgis'}}\n", True),
        ("INSTALLED_APPS = []\nDATABASES = {'default': {'ENGINE': 'timescale.db.backends.postgis'}}\n", True),
        ("INSTALLED_APPS = []\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql'}}\n", False),
        ("INSTALLED_APPS = ['gis']\n", False),
    ],
)
def test_geodjango(repository: MakeRepository, settings: str, expected: bool) -> None:
    assert told(observe(repository, settings).django.geodjango) is expected


def test_geodjango_stands_at_its_app(repository: MakeRepository) -> None:
    text = "INSTALLED_APPS = [\n    'django.contrib.auth',\n    'django.contrib.gis',\n]\n"
    assert observe(repository, text).django.geodjango.evidence[0].line == 3


def test_geodjango_where_the_apps_are_not_known(repository: MakeRepository) -> None:
    text = "from lib import made\nINSTALLED_APPS = made()\nDATABASES = {'default': {'ENGINE': '%s'}}\n"
    assert reason(observe(repository, text % "x.y").django.geodjango) == "result of lib.made()"
    assert told(observe(repository, text % "django.contrib.gis.db.backends.spatialite").django.geodjango) is True
