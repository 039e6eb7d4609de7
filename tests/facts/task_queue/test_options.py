"""Celery's options as data, settings that it does not read, delays and intervals."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts, TaskQueueFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"
CELERY = """import os
from celery import Celery
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "app.settings")
app = Celery("app")
app.config_from_object("django.conf:settings"{})
"""
NAMESPACE = ', namespace="CELERY"'
BEGIN = "from datetime import timedelta\nINSTALLED_APPS = []\n"


def queue(
    repository: MakeRepository, settings: str, namespace: str = NAMESPACE, code: str = "", conf: str = ""
) -> TaskQueueFacts:
    files = {
        "manage.py": MANAGE,
        "app/__init__.py": "",
        "app/settings.py": BEGIN + settings,
        "app/celery.py": CELERY.format(namespace) + conf,
        "app/code.py": code,
    }
    facts = collect_facts(repository(files))
    assert isinstance(facts, ProjectFacts)
    return facts.task_queue


@pytest.mark.parametrize(
    ("settings", "namespace", "conf", "place"),
    [
        ("CELERY_TASK_ACKS_LATE = True\n", NAMESPACE, "", ("app/settings.py", 3)),
        ("CELERY_ACKS_LATE = True\n", "", "", ("app/settings.py", 3)),
        ("", NAMESPACE, "app.conf.task_acks_late = True\n", ("app/celery.py", 6)),
    ],
)
def test_an_option_has_its_value_and_line(
    repository: MakeRepository, settings: str, namespace: str, conf: str, place: tuple[str, int]
) -> None:
    option = queue(repository, settings, namespace, conf=conf).options["task_acks_late"]
    assert option.value is True
    assert (option.evidence[0].path, option.evidence[0].line) == place


@pytest.mark.parametrize(
    ("settings", "namespace", "names"),
    [
        ("CELERY_ACKS_LATE = True\n", NAMESPACE, ["CELERY_ACKS_LATE"]),
        ("BROKER_URL = 'redis://h'\n", NAMESPACE, ["BROKER_URL"]),
        ("CELERY_BROKER_URL = 'redis://h'\n", "", ["CELERY_BROKER_URL"]),
        ("BROKER_URL = 'redis://h'\nCELERY_BROKER_URL = BROKER_URL\n", NAMESPACE, []),
        ("BROKER_URL = 'redis://h'\nCELERY_ACKS_LATE = True\n", "", []),
        ("CELERY_RESULT_BACKEND = 'redis://h'\n", NAMESPACE, []),
    ],
)
def test_settings_that_are_not_read(
    repository: MakeRepository, settings: str, namespace: str, names: list[str]
) -> None:
    found = queue(repository, settings, namespace)
    unread = found.unread
    assert set(found.read_instead) == set(names)
    assert not set(found.read_instead.values()) & set(names)
    assert [one.note for one in unread] == names
    assert all((one.path, one.line) == ("app/settings.py", 3) for one in unread)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("task.apply_async(countdown=60 * 60 * 24)", [("countdown", 86_400)]),
        ("self.retry(countdown=30, max_retries=3)", [("countdown", 30)]),
        ("task.apply_async(eta=now() + timedelta(days=2))", [("eta", 172_800)]),
        ("task.apply_async(countdown=wait)", []),
        ("beta = timedelta(days=2)", []),
    ],
)
def test_delays(repository: MakeRepository, line: str, found: list[tuple[str, int]]) -> None:
    delays = queue(repository, "", code=f"\n{line}\n").delays
    assert [(one.name, one.seconds) for one in delays] == found
    assert all((one.evidence.path, one.evidence.line) == ("app/code.py", 2) for one in delays)


def test_intervals(repository: MakeRepository) -> None:
    settings = (
        "from celery.schedules import crontab\nCELERY_BEAT_SCHEDULE = {\n    'a': {'schedule': 60},\n"
        "    'b': {'schedule': timedelta(days=7)},\n    'c': {'schedule': crontab(hour=1)},\n}\n"
    )
    intervals = queue(repository, settings).intervals
    assert [(one.name, one.seconds, one.evidence.line) for one in intervals] == [("a", 60, 5), ("b", 604_800, 6)]
