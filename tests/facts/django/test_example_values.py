"""What the values of an example file say about production, and what they do not."""

from analyzer.facts.collect import collect_facts
from analyzer.model.evidence import Certainty, Fact, Unresolved
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os, django\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"
SETTINGS = """import os
ALLOWED_HOSTS = os.environ["HOSTS"].split(",")
DEBUG = os.environ["APP_DEBUG"] == "1"
DATABASES = {"default": {"ENGINE": os.environ["DB_ENGINE"], "NAME": "app"}}
INSTALLED_APPS = []
"""
EXAMPLE = "HOSTS=localhost\nAPP_DEBUG=1\nDB_ENGINE=django.db.backends.postgresql\n"


def test_hosts_and_debug_are_each_deployments_own(repository: MakeRepository) -> None:
    files = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": SETTINGS, ".env.example": EXAMPLE}
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    hosts, debug, databases = facts.django.allowed_hosts, facts.django.debug, facts.django.databases
    assert isinstance(hosts, Unresolved)
    assert isinstance(debug, Fact)
    assert (debug.value, debug.certainty) == (False, Certainty.LIKELY)
    assert isinstance(databases, Fact)
    assert databases.value["default"].engine == "django.db.backends.postgresql"
