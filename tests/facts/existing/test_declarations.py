"""All declarations of a repository."""

from analyzer.facts.existing.declarations import Group, read_declarations
from tests.facts.conftest import MakeRepository


def test_production_first_then_in_the_order_of_the_groups(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "start.sh": "#!/bin/sh\ngunicorn start\n",
        "Dockerfile": "FROM a\nCMD gunicorn image\n",
        "web.service": "[Service]\nExecStart=gunicorn unit\n",
        "Procfile": "web: gunicorn procfile\n",
        "Procfile.dev": "web: gunicorn development\n",
    }
    found = read_declarations(repository(files), ".")
    assert [(f.declaration.command.split()[-1], f.group) for f in found] == [
        ("procfile", Group.PLATFORM),
        ("image", Group.CONTAINER),
        ("unit", Group.SERVER),
        ("start", Group.IMPLIED),
        ("development", Group.PLATFORM),
    ]
    assert [f.started[0].launch.name for f in found] == ["gunicorn"] * 5


def test_a_compose_file_with_a_development_server_is_for_development(repository: MakeRepository) -> None:
    text = (
        "services:\n  web:\n    image: x\n    command: {}\n  worker:\n    image: x\n    command: celery -A app worker\n"
    )
    for command, production in (("python manage.py runserver", False), ("gunicorn app", True)):
        found = read_declarations(repository({"manage.py": "", "compose.yml": text.format(command)}), ".")
        assert {f.declaration.production for f in found} == {production}
    named = {"manage.py": "", "deploy/production.yml": text.format("python manage.py runserver")}
    (web, _) = read_declarations(repository(named), "deploy")[:2]
    assert web.declaration.production


def test_a_compose_file_that_debugs_is_for_development(repository: MakeRepository) -> None:
    text = "services:\n  web:\n    image: x\n    command: gunicorn app\n    environment: {DJANGO_DEBUG: 'True'}\n"
    (found,) = read_declarations(repository({"manage.py": "", "compose.yml": text}), ".")
    assert not found.declaration.production


def test_what_develops(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "Procfile": "a: python manage.py runserver\n"
        "b: gunicorn x & python manage.py runserver\nc: python manage.py migrate\n",
    }
    assert [f.develops for f in read_declarations(repository(files), ".")] == [True, False, False]


def test_other_programs_of_the_repository_are_left_out(repository: MakeRepository) -> None:
    files = {"backend/manage.py": "", "ai/main.py": "", "ai/Dockerfile": "FROM a\nCOPY . .\nCMD uvicorn main:app\n"}
    assert read_declarations(repository(files), "backend") == ()
