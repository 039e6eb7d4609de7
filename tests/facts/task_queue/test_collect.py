"""The facts about background tasks, put together."""

import pytest

from analyzer.model.evidence import Certainty, Fact, Unresolved
from analyzer.model.facts import ProcessType, TaskQueueFacts
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe, reason, told

CELERY = (
    "from celery import Celery\napp = Celery('app')\n"
    "app.config_from_object('django.conf:settings', namespace='CELERY')\n"
)


def queue(repository: MakeRepository, settings: str, files: dict[str, str] | None = None) -> TaskQueueFacts:
    """The task queue of a project without Celery."""
    return observe(repository, settings, files).task_queue


def celery(
    repository: MakeRepository, settings: str, more: str = "", files: dict[str, str] | None = None
) -> TaskQueueFacts:
    """The task queue of a project with Celery; `more` stands at the end of its module."""
    return observe(repository, settings, {"app/celery.py": CELERY + more, **(files or {})}).task_queue


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ("INSTALLED_APPS = ['django_rq']\n", "rq"),
        ("INSTALLED_APPS = ['huey.contrib.djhuey']\n", "huey"),
        ("INSTALLED_APPS = ['django_dramatiq']\n", "dramatiq"),
        ("INSTALLED_APPS = ['django_q']\n", "django-q"),
        ("INSTALLED_APPS = ['procrastinate.contrib.django']\n", "procrastinate"),
        ("INSTALLED_APPS = ['django_tasks']\n", "django-tasks"),
        ("INSTALLED_APPS = ['background_task']\n", "background-tasks"),
        ("INSTALLED_APPS = ['django_q.apps.Config']\n", "django-q"),
        ("RQ_QUEUES = {}\n", "rq"),
        ("Q_CLUSTER = {}\n", "django-q"),
        ("INSTALLED_APPS = ['django_queue', 'rq']\n", None),
        ("DEBUG = True\n", None),
    ],
)
def test_the_kind(repository: MakeRepository, settings: str, kind: str | None) -> None:
    answer = queue(repository, settings).kind
    assert isinstance(answer, Fact)
    assert (answer.value, answer.evidence[0].path) == (kind, "app/settings.py")


def test_no_kind_where_the_apps_are_not_known(repository: MakeRepository) -> None:
    facts = queue(repository, "from other import apps\nINSTALLED_APPS = apps()\n")
    assert reason(facts.kind) == "result of other.apps()"


@pytest.mark.parametrize(
    ("settings", "broker"),
    [
        ("INSTALLED_APPS = ['django_rq']\n", "redis"),
        ("INSTALLED_APPS = ['django_tasks']\n", "database"),
        ("INSTALLED_APPS = ['procrastinate.contrib.django']\n", "database"),
        ("Q_CLUSTER = {'orm': 'default'}\n", "orm"),
        ("Q_CLUSTER = {'redis': 'redis://h'}\n", "redis"),
        ("DRAMATIQ_BROKER = {'BROKER': 'dramatiq.brokers.rabbitmq.RabbitmqBroker'}\n", "rabbitmq"),
        ("DEBUG = True\n", None),
    ],
)
def test_the_broker_of_other_queues(repository: MakeRepository, settings: str, broker: str | None) -> None:
    assert told(queue(repository, settings).broker) == broker


def test_a_broker_that_the_setting_does_not_name(repository: MakeRepository) -> None:
    assert reason(queue(repository, "Q_CLUSTER = {'name': 'x'}\n").broker) == "Q_CLUSTER does not name its broker"


def test_the_queues_of_rq(repository: MakeRepository) -> None:
    assert told(queue(repository, "RQ_QUEUES = {'low': {}, 'high': {}}\n").queues) == ("high", "low")
    assert told(queue(repository, "INSTALLED_APPS = ['django_rq']\n").queues) == ()
    unknown = queue(repository, "from other import queues\nRQ_QUEUES = queues()\n").queues
    assert reason(unknown) == "RQ_QUEUES is computed at run time"


SCHEDULE = "{'nightly': {'task': 'x', 'schedule': 60}, 'hourly': {'task': 'y', 'schedule': 5}}"


@pytest.mark.parametrize(
    ("settings", "more", "entries"),
    [
        (f"CELERY_BEAT_SCHEDULE = {SCHEDULE}\n", "", ("hourly", "nightly")),
        ("DEBUG = True\n", f"app.conf.beat_schedule = {SCHEDULE}\n", ("hourly", "nightly")),
        ("DEBUG = True\n", "app.conf.beat_schedule['weekly'] = {'task': 'x'}\n", ("weekly",)),
        ("CELERY_BEAT_SCHEDULE = {}\n", "", ()),
        ("CELERY_BEAT_SCHEDULE = None\n", "", ()),
        ("DEBUG = True\n", "", ()),
    ],
)
def test_beat_entries(repository: MakeRepository, settings: str, more: str, entries: tuple[str, ...]) -> None:
    facts = celery(repository, settings, more)
    assert (told(facts.beat_entries), told(facts.beat)) == (entries, bool(entries))


def test_a_schedule_that_is_computed(repository: MakeRepository) -> None:
    facts = celery(repository, "from other import schedule\nCELERY_BEAT_SCHEDULE = schedule()\n")
    assert reason(facts.beat_entries) == reason(facts.beat) == "the schedule: result of other.schedule()"


@pytest.mark.parametrize(
    ("command", "is_started"),
    [
        ("celery -A app beat", True),
        ("celery -A app worker -B", True),
        ("celery -A app worker --beat -l info", True),
        ("celery -A app worker", False),
        ("celery -A app worker -b redis://h", False),
    ],
)
def test_beat_that_a_process_starts(repository: MakeRepository, command: str, is_started: bool) -> None:
    answer = celery(repository, "DEBUG = True\n", files={"Procfile": f"x: true\njobs: {command}\n"}).beat
    assert isinstance(answer, Fact)
    assert answer.value is is_started
    assert (answer.evidence[0].path, answer.evidence[0].line) == (
        ("Procfile", 2) if is_started else ("app/celery.py", 2)
    )


def test_tasks_that_the_code_adds_on_a_schedule(repository: MakeRepository) -> None:
    more = "app.add_periodic_task(60, app.task)\n"
    answer = celery(repository, "DEBUG = True\n", more).beat
    assert isinstance(answer, Fact)
    assert (answer.value, answer.evidence[0].line) == (True, 4)


def test_the_scheduler(repository: MakeRepository) -> None:
    database = "django_celery_beat.schedulers:DatabaseScheduler"
    facts = celery(repository, f"CELERY_BEAT_SCHEDULER = '{database}'\n")
    assert told(facts.beat_scheduler) == database
    assert isinstance(facts.beat, Fact)
    assert (facts.beat.value, facts.beat.certainty) == (True, Certainty.LIKELY)
    default = celery(repository, "DEBUG = True\n").beat_scheduler
    assert told(default) == "celery.beat:PersistentScheduler"
    assert default.evidence[0].note == "not configured: Celery's default"
    computed = celery(repository, "import os\nCELERY_BEAT_SCHEDULER = os.environ['S']\n").beat_scheduler
    assert reason(computed) == "the scheduler: environment variable S"


@pytest.mark.parametrize(
    ("settings", "queues"),
    [
        ("CELERY_TASK_DEFAULT_QUEUE = 'main'\n", ("main",)),
        ("CELERY_TASK_ROUTES = {'a.*': {'queue': 'mail'}, 'b': 'slow', 'c': {'priority': 1}}\n", ("mail",)),
        ("from kombu import Queue\nCELERY_TASK_QUEUES = (Queue('one'), Queue(name='two'))\n", ("one", "two")),
        ("CELERY_TASK_ROUTES = {'a': {'queue': {'name': 'deep', 'x': {'queue': 'inner'}}}}\n", ("inner",)),
        ("DEBUG = True\n", ()),
    ],
)
def test_queues_of_the_configuration(repository: MakeRepository, settings: str, queues: tuple[str, ...]) -> None:
    assert told(celery(repository, settings).queues) == queues


@pytest.mark.parametrize(
    ("command", "queues"),
    [
        ("celery -A app worker -Q mail,slow", ("mail", "slow")),
        ("celery -A app worker --queues=mail", ("mail",)),
        ("celery -A app worker -Qmail", ("mail",)),
        ("celery -A app worker", ()),
    ],
)
def test_queues_that_workers_listen_on(repository: MakeRepository, command: str, queues: tuple[str, ...]) -> None:
    facts = celery(repository, "DEBUG = True\n", files={"Procfile": f"worker: {command}\n"})
    assert told(facts.queues) == queues
    assert [(p.type, p.command) for p in facts.started_by] == [(ProcessType.WORKER, command)]


def test_nothing_starts_the_workers(repository: MakeRepository) -> None:
    assert celery(repository, "DEBUG = True\n", files={"Procfile": "web: gunicorn app.wsgi\n"}).started_by == ()


def test_a_project_without_a_queue(repository: MakeRepository) -> None:
    facts = queue(repository, "DEBUG = True\n")
    assert told(facts.app) is told(facts.result_backend) is told(facts.beat_scheduler) is None
    assert told(facts.beat) is False
    assert (told(facts.beat_entries), told(facts.queues), facts.broker_env) == ((), (), ())
    assert not isinstance(facts.broker, Unresolved)
