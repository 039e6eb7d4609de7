"""Which object is the project's Celery application, and in which file."""

import pytest

from analyzer.facts.task_queue.celery_app import candidate_files
from analyzer.model.evidence import Evidence, Fact
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe, told

APP = "from celery import Celery\n\napp = Celery('app')\n"


@pytest.mark.parametrize(
    ("path", "is_candidate"),
    [
        ("app/celery.py", True),
        ("app/__init__.py", True),
        ("jobs/queue.py", True),
        ("tests/celery.py", False),
        ("app/test_celery.py", False),
        ("docs/celery.py", False),
        ("examples/celery.py", False),
        ("app/celery.txt", False),
    ],
)
def test_where_an_application_counts(repository: MakeRepository, path: str, is_candidate: bool) -> None:
    assert candidate_files(repository({path: APP}), (".",)) == ([path] if is_candidate else [])


@pytest.mark.parametrize(
    ("text", "is_candidate"),
    [
        ("app = Celery('app')\n", True),
        ("app: Celery = celery.Celery()\n", True),
        ("if True:\n    app = CeleryApp('app')\n", True),
        ("class Own(celery.Celery):\n    pass\n", True),
        ("def make():\n    return Celery('app')\n", True),
        ("class Own(CeleryConfig):\n    pass\n", False),
        ("from celery import Celery\n", False),
        ("# app = Celery('app')\n", False),
        ("send(Celery)\n", False),
    ],
)
def test_what_makes_an_application(repository: MakeRepository, text: str, is_candidate: bool) -> None:
    assert bool(candidate_files(repository({"app/x.py": text}), (".",))) is is_candidate


def test_usual_names_and_shallow_files_come_first(repository: MakeRepository) -> None:
    files = ["a/queue.py", "b/c/celery.py", "b/celery_app.py", "b/__init__.py"]
    found = candidate_files(repository(dict.fromkeys(files, APP)), (".",))
    assert found == ["b/__init__.py", "b/celery_app.py", "b/c/celery.py", "a/queue.py"]


def test_only_below_the_project(repository: MakeRepository) -> None:
    repo = repository({"backend/celery.py": APP, "other/celery.py": APP})
    assert candidate_files(repo, ("backend", ".")) == ["backend/celery.py"]


def test_the_application_and_its_line(repository: MakeRepository) -> None:
    queue = observe(repository, "DEBUG = True\n", {"app/celery.py": APP}).task_queue
    assert queue.app == Fact(value="app.celery:app", evidence=(Evidence(path="app/celery.py", line=3),))
    assert told(queue.kind) == "celery"


@pytest.mark.parametrize(
    "text",
    [
        "from other import Celery\napp = Celery('app')\n",
        "class Celery: pass\napp = Celery()\n",
        "def make():\n    app = Celery('app')\n",
        "app = Celery('app')\n",
    ],
)
def test_what_only_looks_like_one(repository: MakeRepository, text: str) -> None:
    assert told(observe(repository, "DEBUG = True\n", {"app/celery.py": text}).task_queue.kind) is None


@pytest.mark.parametrize(
    "text",
    [
        "from celery import Celery\nclass Own(Celery):\n    pass\napp = Own('app')\n",
        "import celery as c\napp = c.Celery('app')\n",
        "from celery import Celery\ndef make():\n    return Celery('app')\napp = make()\n",
        "import os\nfrom celery import Celery\nif os.environ['A'] == 'b':\n    app = Celery('a')\nelse:\n"
        "    app = Celery('b')\n",
    ],
)
def test_other_ways_to_make_one(repository: MakeRepository, text: str) -> None:
    assert told(observe(repository, "DEBUG = True\n", {"app/celery.py": text}).task_queue.app) == "app.celery:app"


def test_one_that_a_library_wraps(repository: MakeRepository) -> None:
    text = "from celery import Celery\nfrom health import check\napp = Celery('app')\napp = check.setup(app)\n"
    assert told(observe(repository, "DEBUG = True\n", {"app/celery.py": text}).task_queue.app) == "app.celery:app"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("celery -A jobs worker", "jobs.celery:app"),
        ("celery --app=jobs.celery:app worker", "jobs.celery:app"),
        ("celery -A jobs.celery worker", "jobs.celery:app"),
        ("celery -A app worker", "app.celery:app"),
        ("celery worker", "app.celery:app"),
        ("celery -A nothing worker", "app.celery:app"),
    ],
)
def test_the_one_that_a_command_starts(repository: MakeRepository, command: str, expected: str) -> None:
    files = {"app/celery.py": APP, "jobs/__init__.py": "", "jobs/celery.py": APP, "Procfile": f"worker: {command}\n"}
    assert told(observe(repository, "DEBUG = True\n", files).task_queue.app) == expected


def test_one_whose_module_cannot_be_loaded_is_passed_over(repository: MakeRepository) -> None:
    files = {"app/celery.py": f"{APP}app = None\n", "jobs/__init__.py": "", "jobs/celery.py": APP}
    assert told(observe(repository, "DEBUG = True\n", files).task_queue.app) == "jobs.celery:app"
