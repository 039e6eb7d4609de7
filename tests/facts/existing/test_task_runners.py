"""Tasks of Python task runners."""

from analyzer.facts.existing.task_runners import read_task, read_tasks, tasks
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands

PYPROJECT = """\
[tool.poe.tasks]
serve = "gunicorn app.wsgi"
worker = { cmd = ["celery", "-A", "app", "worker"], help = "x" }
nested.shell = "echo 1"
odd = 5

[tool.pdm.scripts]
migrate = "python manage.py migrate"
"""


def test_tasks_of_every_table(repository: MakeRepository) -> None:
    repo = repository({"pyproject.toml": PYPROJECT, "Pipfile": '[scripts]\nweb = "python manage.py runserver"\n'})
    assert [(task.name, task.command, task.path, task.line) for task in read_tasks(repo, ".")] == [
        ("serve", "gunicorn app.wsgi", "pyproject.toml", 2),
        ("worker", "celery -A app worker", "pyproject.toml", 3),
        ("nested", "echo 1", "pyproject.toml", 4),
        ("migrate", "python manage.py migrate", "pyproject.toml", 8),
        ("web", "python manage.py runserver", "Pipfile", 2),
    ]


def test_a_task_is_named_by_its_runner_or_alone(repository: MakeRepository) -> None:
    repo = repository({"pyproject.toml": PYPROJECT})
    for words in (("poe", "serve"), ("serve",), ("pdm", "-v", "serve")):
        found = read_task(repo, (".",), words)
        assert found is not None
        assert found.command == "gunicorn app.wsgi"
    assert read_task(repo, (".",), ("poe", "missing")) is None
    assert read_task(repo, (), ("serve",)) is None
    assert read_task(repo, (".",), ()) is None


def test_tasks_are_for_development(repository: MakeRepository) -> None:
    found = list(tasks(repository({"pyproject.toml": PYPROJECT, "app/manage.py": ""}), "app"))
    assert commands(found)[0] == ("serve", "gunicorn app.wsgi", 2)
    assert {declaration.production for declaration in found} == {False}


def test_a_broken_file_has_no_tasks(repository: MakeRepository) -> None:
    assert list(read_tasks(repository({"pyproject.toml": "[tool.poe.tasks\n"}), ".")) == []


def test_the_line_of_a_task_is_that_of_its_command(repository: MakeRepository) -> None:
    text = "[tool.poe.tasks]\nwork.help = 'Start it'\nwork.cmd = 'celery -A app worker'\n"
    found = list(read_tasks(repository({"pyproject.toml": text}), "."))
    assert [(task.command, task.line) for task in found] == [("celery -A app worker", 3)]
