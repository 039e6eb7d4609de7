"""Settings that want a database's address to begin in one way."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"
HEAD = "import os, dj_database_url\nINSTALLED_APPS = ['shop']\nURL = os.environ.get('DATABASE_URL', '')\n"
READ = "DATABASES = {'default': dj_database_url.config()}\n"


@pytest.mark.parametrize(
    ("settings", "schemes"),
    [
        (f"{READ}if URL.startswith('postgres://'):\n    INSTALLED_APPS += ['x']\n", {"DATABASE_URL": "postgres"}),
        (f"{READ}if URL.startswith('postgres'):\n    INSTALLED_APPS += ['x']  # postgres://, postgresql://\n", {}),
        (f"{READ}if URL.startswith('postgresql://'):\n    INSTALLED_APPS += ['x']  # not postgres://\n", {}),
        (f"{READ}X = URL.replace('postgres://', 'postgresql://')\n", {}),
        (
            "if URL.startswith('postgres://'):\n    DATABASES = {'default': dj_database_url.parse(URL)}\n"
            "else:\n    DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'}}\n",
            {"DATABASE_URL": "postgres"},
        ),
        (READ, {}),
    ],
)
def test_the_scheme(repository: MakeRepository, settings: str, schemes: dict[str, str]) -> None:
    files = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": HEAD + settings}
    files["requirements.txt"] = "django\npsycopg\ndj-database-url\n"
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    assert facts.django.address_schemes == schemes
