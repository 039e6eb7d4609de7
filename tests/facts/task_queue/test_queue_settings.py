"""Settings of task queues: those that workers load, and what they say about the broker."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.evidence import Answer, Fact, Unresolved
from analyzer.model.facts import ProjectFacts, TaskQueueFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os, django\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"
CELERY = """import os
from celery import Celery
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{}")
app = Celery("app")
app.config_from_object("django.conf:settings", namespace="CELERY")
"""
BASE = "INSTALLED_APPS = []\nCELERY_BROKER_URL = 'amqp://rabbit'\n"
OWN = "from app.settings import *\nCELERY_BROKER_URL = 'redis://h'\n"


def queue(repository: MakeRepository, files: dict[str, str]) -> TaskQueueFacts:
    facts = collect_facts(repository({"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": BASE, **files}))
    assert isinstance(facts, ProjectFacts)
    return facts.task_queue


def value(answer: Answer[str | None]) -> str | None:
    assert isinstance(answer, Fact)
    return answer.value


@pytest.mark.parametrize(
    ("module", "broker"),
    [("jobs.settings", "redis"), ("app.settings", "amqp"), ("jobs.local", "amqp"), ("jobs.absent", "amqp")],
)
def test_workers_load_the_module_that_theirs_names(repository: MakeRepository, module: str, broker: str) -> None:
    files = {
        "jobs/__init__.py": "",
        "jobs/settings.py": OWN,
        "jobs/local.py": OWN,
        "jobs/celery.py": CELERY.format(module),
    }
    assert value(queue(repository, files).broker) == broker


@pytest.mark.parametrize(
    ("setting", "broker"),
    [
        ("{'name': 'x', 'connection': {'host': 'localhost'}}", "redis"),
        ("{'huey_class': 'huey.SqliteHuey', 'filename': 'x.db'}", "sqlite"),
    ],
)
def test_the_broker_of_huey(repository: MakeRepository, setting: str, broker: str) -> None:
    settings = f"INSTALLED_APPS = ['huey.contrib.djhuey']\nHUEY = {setting}\n"
    assert value(queue(repository, {"app/settings.py": settings}).broker) == broker


def test_a_class_of_ones_own_does_not_say(repository: MakeRepository) -> None:
    settings = "INSTALLED_APPS = ['huey.contrib.djhuey']\nHUEY = {'huey_class': 'app.own.Huey'}\n"
    assert isinstance(queue(repository, {"app/settings.py": settings}).broker, Unresolved)
