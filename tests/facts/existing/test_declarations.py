"""All declarations of a repository."""

import pytest

from analyzer.facts.existing.declarations import MAX_DECLARATIONS, Group, read_declarations
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


def test_the_number_of_declarations_is_bounded(repository: MakeRepository) -> None:
    text = "".join(f"w{number}: gunicorn app{number}\n" for number in range(MAX_DECLARATIONS + 5))
    assert len(read_declarations(repository({"manage.py": "", "Procfile": text}), ".")) == MAX_DECLARATIONS


SHELL = "#!/bin/sh\n"
HOSTILE = {
    "branches": {"a.sh": SHELL + "if a; then b\n" + "elif a; then b\n" * 20_000},
    "cases": {"a.sh": SHELL + "case $1 in\n" + "a) b;;\n" * 20_000},
    "patterns": {"a.sh": SHELL + "case $1 in\n" + "a|" * 20_000 + "a) b\n" + "b\n" * 5_000},
    "doubling variables": {"a.sh": SHELL + "A=aaaa\n" + "A=$A$A\n" * 60 + "gunicorn $A\n"},
    "growing arguments": {"a.sh": SHELL + 'exec ./a.sh "$@" "$@" "$@" x\n'},
    "scripts of scripts": {"a.sh": SHELL + "./b.sh\n./b.sh 1\n" * 500, "b.sh": SHELL + "./a.sh 2\n" * 500},
    "functions": {"a.sh": SHELL + "f() { f; f; f; f; }\nf\n"},
    "stages": {
        "Dockerfile": "FROM a AS s0\n"
        + "".join(f"FROM a AS s{n}\n" + f"COPY --from=s{n - 1} / /\n" * 30 for n in range(1, 25))
        + "CMD ./missing.sh\n"
    },
    "here-documents": {"Dockerfile": "FROM a\n" + "RUN <<EOF\nx\n" * 20_000},
    "images that grow": {"Dockerfile": "FROM a\nENV A=aaaa\n" + "ENV A=$A$A\n" * 60 + "CMD gunicorn $A\n"},
    "white space": {"Makefile": "a" + " " * 200_000 + "\nx:\n\tb\n", "a.conf": "\n" * 200_000 + "[program:"},
    "continued lines": {"a.conf": "[program:x]\ncommand=a\\\n" + "b\\\n" * 200_000},
    "services": {"compose.yml": "services:\n" + "".join(f"  s{n}:\n    extends: s{n + 1}\n" for n in range(1_000))},
    "deep paths": {"Procfile": "web: /" + "a/" * 20_000 + "x.sh\n"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_come_to_an_end(repository: MakeRepository, name: str) -> None:
    files = {"manage.py": "", "Procfile": "web: ./a.sh\nrelease: make x\n", **HOSTILE[name]}
    found = read_declarations(repository(files), ".")
    assert 0 < len(found) <= MAX_DECLARATIONS * 20
