"""Which settings module each entry point chooses, and what workers load."""

import pytest

from analyzer.facts.django.evaluation import Program
from analyzer.facts.django.settings_modules import find_entry_files, read_entry_point
from analyzer.model.evidence import Evidence, Fact
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe, reason, told

SET = "import os\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', {})\n"


def chosen(repository: MakeRepository, text: str, given: dict[str, str] | None = None) -> str | None:
    """The module that an entry point chooses."""
    program = Program(repo=repository({"manage.py": text, "app/__init__.py": "NAME = 'app.own'\n"}), roots=(".",))
    return told(read_entry_point(program, "manage.py", "__main__", given).module)


@pytest.mark.parametrize(
    ("text", "module"),
    [
        (SET.format("'app.settings'"), "app.settings"),
        ("import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'app.settings'\n", "app.settings"),
        ("from app import NAME\n" + SET.format("NAME"), "app.own"),
        ("import os\nX = os.environ.get('X', 'dev')\n" + SET.format("f'app.{X}'"), "app.dev"),
        ("if __name__ == '__main__':\n    " + SET.format("'app.s'").replace("\n\n", "\n    "), "app.s"),
        ("def main():\n    import os\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.s')\nmain()\n", "app.s"),
        (SET.format("'app.first'") + SET.format("'app.second'"), "app.first"),
    ],
)  # fmt: skip
def test_what_an_entry_point_chooses(repository: MakeRepository, text: str, module: str) -> None:
    assert chosen(repository, text) == module


def test_a_variable_that_is_given(repository: MakeRepository) -> None:
    text = "import os\n" + SET.format("'app.' + os.environ.get('MODE', 'dev')")
    assert chosen(repository, text, {"MODE": "live"}) == "app.live"
    assert chosen(repository, text, {"DJANGO_SETTINGS_MODULE": "given.module"}) == "given.module"


def test_the_line_and_what_else_is_written(repository: MakeRepository) -> None:
    text = SET.format("'app.settings'") + "os.environ['DJANGO_CONFIGURATION'] = 'Live'\n"
    program = Program(repo=repository({"manage.py": text}), roots=(".",))
    entry = read_entry_point(program, "manage.py", "__main__")
    assert entry.module == Fact(value="app.settings", evidence=(Evidence(path="manage.py", line=3),))
    assert entry.written == {"DJANGO_SETTINGS_MODULE": "app.settings", "DJANGO_CONFIGURATION": "Live"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import os\n", "the environment must set DJANGO_SETTINGS_MODULE"),
        ("import os\nX = os.environ['DJANGO_SETTINGS_MODULE']\n", "environment variable DJANGO_SETTINGS_MODULE"),
        ("from lib import made\n" + SET.format("made()"), "result of lib.made()"),
    ],
)
def test_an_entry_point_that_chooses_nothing(repository: MakeRepository, text: str, expected: str) -> None:
    program = Program(repo=repository({"manage.py": text}), roots=(".",))
    assert reason(read_entry_point(program, "manage.py", "__main__").module) == expected


def test_entry_files(repository: MakeRepository) -> None:
    django = "from django.core.wsgi import get_wsgi_application\n"
    files = ["a/wsgi.py", "app/wsgi.py", "tests/wsgi.py", "other/wsgi.py", "deep/er/wsgi.py"]
    repo = repository({**dict.fromkeys(files, django), "none/wsgi.py": "import flask\n"})
    assert find_entry_files(repo, ".", "wsgi.py", "app") == [
        "app/wsgi.py", "a/wsgi.py", "other/wsgi.py", "deep/er/wsgi.py", "tests/wsgi.py",
    ]  # fmt: skip
    assert find_entry_files(repo, "a", "wsgi.py", None) == ["a/wsgi.py"]
    assert find_entry_files(repo, ".", "asgi.py", "app") == []


WSGI = "from django.core.wsgi import get_wsgi_application\n"
CELERY = "from celery import Celery\napp = Celery('app')\n"


def test_every_entry_point_of_a_project(repository: MakeRepository) -> None:
    files = {
        "app/wsgi.py": WSGI + SET.format("'app.live'"),
        "app/asgi.py": WSGI.replace("wsgi", "asgi") + SET.format("'app.sockets'"),
        "app/celery.py": CELERY + SET.format("'app.jobs'"),
        "app/live.py": "INSTALLED_APPS = []\n",
    }
    modules = observe(repository, "INSTALLED_APPS = []\n", files).django.settings_modules
    assert told(modules.manage) == "app.settings"
    assert (told(modules.wsgi), told(modules.asgi), told(modules.celery)) == ("app.live", "app.sockets", "app.jobs")
    assert told(modules.production) == "app.live"
    assert modules.files == ("app/__init__.py", "app/live.py")


def test_a_project_without_them(repository: MakeRepository) -> None:
    modules = observe(repository, "DEBUG = True\n").django.settings_modules
    assert told(modules.wsgi) is told(modules.asgi) is told(modules.celery) is None
    assert modules.production == Fact(
        value="app.settings", evidence=(Evidence(path="manage.py", line=2, note="manage.py chooses it"),)
    )


def test_a_module_that_is_not_in_the_tree(repository: MakeRepository) -> None:
    files = {"app/settings.py": "X = 1\n", "manage.py": "import django\n" + SET.format("'elsewhere.settings'")}
    modules = observe(repository, "", files).django.settings_modules
    assert reason(modules.production) == "no settings module that an entry point names is in the tree"


@pytest.mark.parametrize(
    ("module", "broker"),
    [("app.jobs", "redis"), ("app.local_jobs", "amqp"), ("app.base", "amqp"), ("app.absent", "amqp")],
)
def test_workers_with_settings_of_their_own(repository: MakeRepository, module: str, broker: str) -> None:
    celery = f"{CELERY}{SET.format(repr(module))}app.config_from_object('django.conf:settings', namespace='CELERY')\n"
    own = "from .settings import *\nCELERY_BROKER_URL = 'redis://h'\n"
    names = ("jobs", "local", "base")
    files = {"app/celery.py": celery, **{f"app/{name}.py": own for name in names}}
    facts = observe(repository, "INSTALLED_APPS = []\nCELERY_BROKER_URL = 'amqp://h'\n", files)
    assert told(facts.task_queue.broker) == broker
    assert told(facts.django.settings_modules.production) == "app.settings"
