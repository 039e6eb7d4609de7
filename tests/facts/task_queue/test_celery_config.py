"""Where the configuration of a Celery application comes from, and which place wins."""

import pytest

from analyzer.model.evidence import Evidence, Fact
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe

START = "from celery import Celery\napp = Celery('app')\n"


def broker(
    repository: MakeRepository, celery: str, settings: str = "", files: dict[str, str] | None = None
) -> tuple[str | None, str, int]:
    """The broker and the place that decides it."""
    found = observe(repository, f"DEBUG = True\n{settings}", {"app/celery.py": celery, **(files or {})})
    answer = found.task_queue.broker
    assert isinstance(answer, Fact)
    return answer.value, answer.evidence[0].path, answer.evidence[0].line


@pytest.mark.parametrize(
    "celery",
    [
        "from celery import Celery\napp = Celery('app', broker='redis://h')\n",
        "from celery import Celery\napp = Celery('app', broker_url='redis://h')\n",
        f"{START[:-1]}\napp.conf.broker_url = 'redis://h'\n",
        f"{START}app.conf.update(broker_url='redis://h')\n",
        f"{START}app.conf.update({{'BROKER_URL': 'redis://h'}})\n",
        f"{START}app.conf = {{'broker_url': 'redis://h'}}\n",
        f"{START}app.conf['CELERY_BROKER_URL'] = 'redis://h'\n",
    ],
)
def test_set_on_the_application(repository: MakeRepository, celery: str) -> None:
    value, path, line = broker(repository, celery)
    assert (value, path) == ("redis", "app/celery.py")
    assert line in (2, 3)


@pytest.mark.parametrize(
    ("call", "setting"),
    [
        ("'django.conf:settings', namespace='CELERY'", "CELERY_BROKER_URL"),
        ("'django.conf:settings', namespace='JOBS'", "JOBS_BROKER_URL"),
        ("'django.conf:settings'", "BROKER_URL"),
        ("'app.settings', namespace='CELERY'", "CELERY_BROKER_URL"),
        ("settings, namespace='CELERY'", "CELERY_BROKER_URL"),
    ],
)
def test_read_from_the_settings(repository: MakeRepository, call: str, setting: str) -> None:
    celery = f"from django.conf import settings\n{START}app.config_from_object({call})\n"
    assert broker(repository, celery, f"{setting} = 'redis://h'\n") == ("redis", "app/settings.py", 2)


@pytest.mark.parametrize(
    ("call", "setting"),
    [
        ("'django.conf:settings', namespace='CELERY'", "BROKER_URL"),
        ("'django.conf:settings', namespace='CELERY'", "celery_broker_url"),
        ("'django.conf:settings'", "CELERY_BROKER_URL"),
        ("'app.absent'", "BROKER_URL"),
    ],
)
def test_names_that_are_not_read(repository: MakeRepository, call: str, setting: str) -> None:
    celery = f"{START}app.config_from_object({call})\n"
    assert broker(repository, celery, f"{setting} = 'redis://h'\n")[0] == "amqp"


def test_the_settings_are_not_read_unless_the_application_says_so(repository: MakeRepository) -> None:
    assert broker(repository, START, "CELERY_BROKER_URL = 'redis://h'\n")[0] == "amqp"


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("'app.queue'", "broker_url = 'redis://h'\n"),
        ("'app.queue'", "BROKER_URL = 'redis://h'\n"),
        ("'app.queue.Config'", "class Config:\n    broker_url = 'redis://h'\n"),
        ("'app.queue:Config'", "class Config:\n    broker_url = 'redis://h'\n"),
    ],
)
def test_read_from_a_module_or_class(repository: MakeRepository, call: str, text: str) -> None:
    celery = f"{START}app.config_from_object({call})\n"
    value, path, _ = broker(repository, celery, files={"app/queue.py": text})
    assert (value, path) == ("redis", "app/queue.py")


def test_an_object_that_is_handed_over(repository: MakeRepository) -> None:
    celery = f"{START}class Config:\n    broker_url = 'redis://h'\napp.config_from_object(Config)\n"
    assert broker(repository, celery) == ("redis", "app/celery.py", 4)
    assert broker(repository, f"{START}app.config_from_object({{'broker_url': 'redis://h'}})\n")[0] == "redis"


SETTINGS = "CELERY_BROKER_URL = 'redis://h'\n"
CONFIGURED = "app.config_from_object('django.conf:settings', namespace='CELERY')\n"


def test_the_arguments_win_over_the_configuration_and_that_over_the_settings(repository: MakeRepository) -> None:
    changed = f"{START}{CONFIGURED}app.conf.broker_url = 'sqs://'\n"
    argument = changed.replace("'app')", "'app', broker='pyamqp://h')")
    assert broker(repository, f"{START}{CONFIGURED}", SETTINGS)[0] == "redis"
    assert broker(repository, changed, SETTINGS)[0] == "sqs"
    assert broker(repository, argument, SETTINGS)[0] == "amqp"


def test_every_line_that_had_a_say(repository: MakeRepository) -> None:
    settings = "CELERY_BROKER_URL = 'amqp://h'\nimport os\nif DEBUG:\n    CELERY_BROKER_URL = 'redis://h'\n"
    answer = observe(repository, f"DEBUG = True\n{settings}", {"app/celery.py": START + CONFIGURED}).task_queue.broker
    assert answer.evidence[0] == Evidence(path="app/settings.py", line=5, note="CELERY_BROKER_URL")
