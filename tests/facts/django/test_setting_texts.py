"""What a variable must be so that the deployment's domain gets into a setting."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"


def accepted(repository: MakeRepository, settings: str) -> list[tuple[str, str, str]]:
    files = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": f"import json, os\n{settings}"}
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    return [(text.variable, text.setting, text.text) for text in facts.django.setting_texts]


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("os.environ.get('HOSTS', 'localhost').split(',')", "{domain}"),
        ("[os.environ.get('HOSTS', 'localhost')]", "{domain}"),
        ("json.loads(os.environ.get('HOSTS', '[]'))", '["{domain}"]'),
    ],
)
def test_hosts(repository: MakeRepository, expression: str, text: str) -> None:
    assert accepted(repository, f"ALLOWED_HOSTS = {expression}\n") == [("HOSTS", "ALLOWED_HOSTS", text)]


def test_hosts_behind_a_condition(repository: MakeRepository) -> None:
    settings = (
        "def text(name, default):\n    if name in os.environ:\n        return os.environ[name]\n    return default\n"
        "ALLOWED_HOSTS = text('SHOP_HOSTS', 'shop.example.com').split(',')\n"
        "CACHE_HOSTS = text('CACHE_HOSTS', '').split(',')\n"
    )
    assert accepted(repository, settings) == [("SHOP_HOSTS", "ALLOWED_HOSTS", "{domain}")]


def test_origins_that_follow_from_the_hosts_need_no_text_of_their_own(repository: MakeRepository) -> None:
    settings = (
        "ALLOWED_HOSTS = os.environ['HOSTS'].split(',')\n"
        "CSRF_TRUSTED_ORIGINS = [f'https://{h}' for h in ALLOWED_HOSTS]\n"
        "CORS_ALLOWED_ORIGINS = [os.environ['SITE']]\n"
    )
    assert accepted(repository, settings) == [
        ("HOSTS", "ALLOWED_HOSTS", "{domain}"),
        ("SITE", "CORS_ALLOWED_ORIGINS", "{url}"),
    ]


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (
            "e = os.environ.copy()\nif 'ALLOWED_HOSTS' in e:\n    ALLOWED_HOSTS = e['ALLOWED_HOSTS'].split(',')\n",
            4,
        ),
        ("ALLOWED_HOSTS = []\nif h := os.environ.get('ALLOWED_HOSTS'):\n    ALLOWED_HOSTS += h.split(',')\n", 2),
    ],
)
def test_a_variable_that_is_itself_the_condition(repository: MakeRepository, settings: str, line: int) -> None:
    assert accepted(repository, settings) == [("ALLOWED_HOSTS", "ALLOWED_HOSTS", "{domain}")]
    files = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": f"import json, os\n{settings}"}
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    (text,) = facts.django.setting_texts
    assert [(place.path, place.line) for place in text.evidence] == [("app/settings.py", line)]


@pytest.mark.parametrize(
    "settings",
    [
        "ALLOWED_HOSTS = ['shop.example.org']\n",
        "DEBUG = os.environ.get('DEBUG') == '1'\nALLOWED_HOSTS = ['*'] if DEBUG else ['shop.example.org']\n",
        "ALLOWED_HOSTS = [os.environ['NAME'] + '.example.org']\n",
        "",
    ],
)
def test_no_text_puts_the_domain_there(repository: MakeRepository, settings: str) -> None:
    assert accepted(repository, settings) == []
