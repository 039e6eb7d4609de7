"""Celery's broker and result backend: by URL, by the variable's name, by the only installed client."""

import pytest

from analyzer.model.evidence import Certainty, Fact, Unresolved
from analyzer.model.facts import TaskQueueFacts
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe, reason, told

CELERY = (
    "from celery import Celery\napp = Celery('app')\n"
    "app.config_from_object('django.conf:settings', namespace='CELERY')\n"
)
CERTAIN, LIKELY, GUESS = Certainty.CERTAIN, Certainty.LIKELY, Certainty.GUESS


def queue(repository: MakeRepository, settings: str, requirements: str = "", example: str = "") -> TaskQueueFacts:
    """The task queue of a project with these settings."""
    files = {"app/celery.py": CELERY, "requirements.txt": f"django\ncelery\n{requirements}", ".env.example": example}
    return observe(repository, f"import os\n{settings}", files).task_queue


def broker(
    repository: MakeRepository, value: str, requirements: str = "", example: str = ""
) -> tuple[str | None, Certainty, str] | str:
    """The broker, its certainty and the note; or why it cannot be told."""
    answer = queue(repository, f"CELERY_BROKER_URL = {value}\n", requirements, example).broker
    if isinstance(answer, Unresolved):
        return answer.reason
    assert answer.evidence[0].path == "app/settings.py"
    assert answer.evidence[0].line == 2
    return answer.value, answer.certainty, answer.evidence[0].note


def backend(
    repository: MakeRepository, value: str, requirements: str = "", example: str = ""
) -> tuple[str | None, Certainty] | str:
    """The result backend and its certainty, or why it cannot be told."""
    answer = queue(repository, f"CELERY_RESULT_BACKEND = {value}\n", requirements, example).result_backend
    return (answer.value, answer.certainty) if isinstance(answer, Fact) else answer.reason


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("'redis://h:6379/0'", "redis"),
        ("'rediss://h:6379/0'", "redis"),
        ("'sentinel://h'", "redis"),
        ("'amqps://h'", "amqp"),
        ("'pyamqp://h'", "amqp"),
        ("'sqs://'", "sqs"),
        ("'sqla+sqlite:///x.db'", "sqla"),
        ("'memory'", "memory"),
        ("['amqp://a', 'redis://b']", "amqp"),
        ("f'redis://{os.environ[\"HOST\"]}:6379'", "redis"),
        ("os.environ.get('ANY', 'redis://h')", "redis"),
    ],
)
def test_a_url_says_it(repository: MakeRepository, value: str, expected: str) -> None:
    assert broker(repository, value, "redis\n") == (expected, CERTAIN, "CELERY_BROKER_URL")


def test_branches_that_say_the_same(repository: MakeRepository) -> None:
    value = "'redis://a' if os.environ['MODE'] == 'a' else 'rediss://b'"
    assert broker(repository, value) == ("redis", CERTAIN, "CELERY_BROKER_URL")


def test_branches_of_which_one_is_not_known(repository: MakeRepository) -> None:
    value = "'redis://a' if os.environ['MODE'] == 'a' else os.environ['OTHER']"
    assert broker(repository, value) == ("redis", LIKELY, "CELERY_BROKER_URL")


def test_branches_that_differ(repository: MakeRepository) -> None:
    value = "'redis://a' if os.environ['MODE'] == 'a' else 'amqp://b'"
    told_reason = broker(repository, value)
    assert isinstance(told_reason, str)
    assert told_reason.startswith("the broker's URL: depends on")


def test_the_value_of_the_example_file(repository: MakeRepository) -> None:
    assert broker(repository, "os.environ['QUEUE']", example="QUEUE=amqp://h\n") == (
        "amqp",
        LIKELY,
        "CELERY_BROKER_URL",
    )


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("REDIS_URL", "redis"),
        ("REDISCLOUD_URL", "redis"),
        ("VALKEY_URL", "redis"),
        ("RABBITMQ_URL", "amqp"),
        ("CLOUDAMQP_URL", "amqp"),
        ("SQS_URL", "sqs"),
    ],
)
@pytest.mark.parametrize("read", ["os.environ['{}']", "os.environ.get('{}')", "os.environ.get('{}', '')"])
def test_the_name_of_the_variable(repository: MakeRepository, read: str, variable: str, expected: str) -> None:
    assert broker(repository, read.format(variable), "redis\ncelery[sqs]\n") == (
        expected,
        LIKELY,
        "by the variable's name",
    )


@pytest.mark.parametrize(
    ("requirements", "expected"),
    [
        ("redis\n", "redis"),
        ("celery[redis]\n", "redis"),
        ("kombu[redis]\n", "redis"),
        ("celery[sqs]\n", "sqs"),
        ("celery[librabbitmq]\n", "amqp"),
        ("celery[redis,msgpack]\nredis\n", "redis"),
    ],
)
def test_the_only_installed_client(repository: MakeRepository, requirements: str, expected: str) -> None:
    value = "os.environ['QUEUE_URL']"
    assert broker(repository, value, requirements) == (expected, GUESS, "by the only installed client")


@pytest.mark.parametrize(
    ("requirements", "expected"),
    [
        ("celery\n", ("amqp", LIKELY, "by the variable's name")),
        ("celery[redis]\n", ("redis", GUESS, "by the only installed client")),
        ("celery[redis,sqs]\n", ("redis", GUESS, "by the first installed client")),
        ("celery[librabbitmq,redis]\n", ("amqp", LIKELY, "by the variable's name")),
    ],
)
def test_one_of_several_variables_names_a_server(
    repository: MakeRepository, requirements: str, expected: tuple[str, Certainty, str]
) -> None:
    value = "os.environ.get('QUEUE_URL', os.environ.get('CLOUDAMQP_URL')) or ''"
    assert broker(repository, value, requirements) == expected


@pytest.mark.parametrize("requirements", ["", "other[redis]\n", "celery[msgpack]\n", "celery[sqs,redis]\n"])
def test_no_client_or_several(repository: MakeRepository, requirements: str) -> None:
    assert broker(repository, "os.environ['QUEUE_URL']", requirements) == (
        "the broker's URL: environment variable QUEUE_URL"
    )


def test_names_of_several_servers_say_nothing(repository: MakeRepository) -> None:
    value = "os.environ['RABBIT_USER'] + os.environ['REDIS_URL']"
    assert isinstance(broker(repository, value), str)


def test_a_client_for_development_says_nothing(repository: MakeRepository) -> None:
    files = {"app/celery.py": CELERY, "Pipfile": "[packages]\ncelery = '*'\n[dev-packages]\nredis = '*'\n"}
    facts = observe(repository, "import os\nCELERY_BROKER_URL = os.environ['QUEUE_URL']\n", files)
    assert isinstance(facts.task_queue.broker, Unresolved)


def test_no_broker_is_configured(repository: MakeRepository) -> None:
    answer = queue(repository, "DEBUG = True\n", "redis\n").broker
    assert isinstance(answer, Fact)
    assert (answer.value, answer.certainty) == ("amqp", CERTAIN)
    assert (answer.evidence[0].path, answer.evidence[0].line) == ("app/celery.py", 2)
    assert answer.evidence[0].note == "no broker is configured: Celery's default"


def test_no_broker_until_a_variable_is_set(repository: MakeRepository) -> None:
    note = "no broker is configured: Celery's default"
    assert broker(repository, "os.environ.get('QUEUE_URL')") == ("amqp", LIKELY, note)
    assert broker(repository, "None", "redis\n") == ("amqp", CERTAIN, note)


def test_the_variables_are_named(repository: MakeRepository) -> None:
    settings = "CELERY_BROKER_URL = os.environ['A'] + os.environ.get('B', '')\n"
    assert queue(repository, settings).broker_env == ("A", "B")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("'rediss://h'", "redis"),
        ("'django-db'", "django-db"),
        ("'cache+memory://'", "cache"),
        ("'rpc'", "rpc"),
        ("'file:///x'", "file"),
        ("None", None),
        ("''", None),
    ],
)
def test_a_result_backend(repository: MakeRepository, value: str, expected: str | None) -> None:
    assert backend(repository, value, "redis\n") == (expected, CERTAIN)


def test_no_result_backend(repository: MakeRepository) -> None:
    answer = queue(repository, "DEBUG = True\n", "redis\ndjango-celery-results\n").result_backend
    assert isinstance(answer, Fact)
    assert (answer.value, answer.certainty) == (None, CERTAIN)


@pytest.mark.parametrize(
    ("value", "requirements", "expected"),
    [
        ("os.environ['REDIS_URL']", "", ("redis", LIKELY)),
        ("os.environ.get('REDIS_URL')", "", ("redis", LIKELY)),
        ("os.environ['MONGO_URL']", "redis\n", ("mongodb", LIKELY)),
        ("os.environ['RESULTS']", "celery[redis]\n", ("redis", GUESS)),
        ("os.environ['RESULTS']", "celery[mongodb]\n", ("mongodb", GUESS)),
        ("os.environ['RESULTS']", "django-celery-results\n", ("django-db", GUESS)),
        ("os.environ['RESULTS']", "celery[sqs]\n", "the result backend: environment variable RESULTS"),
        ("os.environ['RESULTS']", "redis\ndjango-celery-results\n", "the result backend: environment variable RESULTS"),
        ("os.environ['RABBITMQ_URL']", "", "the result backend: environment variable RABBITMQ_URL"),
        ("os.environ.get('RESULTS')", "", (None, LIKELY)),
    ],
)
def test_a_result_backend_that_a_variable_holds(
    repository: MakeRepository, value: str, requirements: str, expected: object
) -> None:
    assert backend(repository, value, requirements) == expected


def test_the_result_backend_of_the_example_file(repository: MakeRepository) -> None:
    assert backend(repository, "os.environ['RESULTS']", example="RESULTS=redis://h\n") == ("redis", LIKELY)


def test_a_setting_that_is_computed(repository: MakeRepository) -> None:
    facts = queue(repository, "from other import url\nCELERY_BROKER_URL = CELERY_RESULT_BACKEND = url()\n")
    assert reason(facts.broker) == "the broker's URL: result of other.url()"
    assert reason(facts.result_backend) == "the result backend: result of other.url()"
    assert told(facts.kind) == "celery"


def test_arguments_that_are_none_until_a_variable_is_set(repository: MakeRepository) -> None:
    application = (
        "from celery import Celery\nfrom django.conf import settings\n"
        "app = Celery('app', broker=settings.QUEUE, backend=settings.RESULTS)\n"
    )
    settings = "import os\nQUEUE = os.environ.get('QUEUE_ADDRESS')\nRESULTS = None\n"
    files = {"app/celery.py": application, "requirements.txt": "django\ncelery\nredis\n"}
    facts = observe(repository, settings, files)
    assert isinstance(facts.task_queue.broker, Fact)
    assert (facts.task_queue.broker.value, facts.task_queue.broker.certainty) == ("redis", GUESS)
    assert facts.task_queue.broker_env == ("QUEUE_ADDRESS",)
    assert isinstance(facts.task_queue.result_backend, Fact)
    assert facts.task_queue.result_backend.value is None
    parts = {c.name: c.parts["url"].text for c in facts.connections}
    assert parts == {"broker_url": "${QUEUE_ADDRESS}"}
