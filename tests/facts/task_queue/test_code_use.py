"""Task queues that only the code shows."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.evidence import Fact
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os, django\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"
ACTORS = (
    "import json\n\nimport dramatiq\nfrom dramatiq.brokers.redis import RedisBroker\n\n@dramatiq.actor\ndef f(): ...\n"
)


def queue(repository: MakeRepository, files: dict[str, str]) -> tuple[object, object, str, int | None]:
    """Kind, broker, and the place that shows the kind."""
    base = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": "INSTALLED_APPS = []\n"}
    facts = collect_facts(repository({**base, **files}))
    assert isinstance(facts, ProjectFacts)
    kind, broker = facts.task_queue.kind, facts.task_queue.broker
    assert isinstance(kind, Fact)
    assert isinstance(broker, Fact)
    return kind.value, broker.value, kind.evidence[0].path, kind.evidence[0].line


def test_installed_and_imported(repository: MakeRepository) -> None:
    files = {"requirements.txt": "django\ndramatiq[redis]\n", "app/actors.py": ACTORS}
    assert queue(repository, files) == ("dramatiq", "redis", "app/actors.py", 3)


@pytest.mark.parametrize(
    ("module", "text"),
    [("dramatiq", "from huey import RedisHuey\n"), ("huey", "import hueypy\n"), ("huey", "# import huey\n")],
)
def test_installed_only(repository: MakeRepository, module: str, text: str) -> None:
    assert queue(repository, {"requirements.txt": f"django\n{module}\n", "app/x.py": text})[0] is None


@pytest.mark.parametrize("path", ["tests/actors.py", "app/test_actors.py"])
def test_imported_by_tests_only(repository: MakeRepository, path: str) -> None:
    assert queue(repository, {"requirements.txt": "django\ndramatiq\n", path: ACTORS})[0] is None


def test_imported_only(repository: MakeRepository) -> None:
    assert queue(repository, {"requirements.txt": "django\n", "app/actors.py": ACTORS})[0] is None


def test_the_class_that_is_imported_names_the_broker(repository: MakeRepository) -> None:
    files = {"requirements.txt": "django\nhuey\n", "app/queue.py": "from huey import RedisHuey, crontab\n"}
    assert queue(repository, files) == ("huey", "redis", "app/queue.py", 1)
