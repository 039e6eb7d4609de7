"""The Dockerfile that App Platform would build as it stands."""

from analyzer.facts.existing.built_dockerfile import built_dockerfile
from tests.facts.conftest import MakeRepository


def test_what_the_platform_treats_in_its_own_way(repository: MakeRepository) -> None:
    text = (
        "FROM python:3.13 AS build\nHEALTHCHECK CMD true\nRUN --mount=type=cache,target=/c \\\n  pip install x\n"
        'FROM python:3.13\nENTRYPOINT ["/start.sh"]\nHEALTHCHECK CMD curl localhost\n'
    )
    found = built_dockerfile(repository({"Dockerfile": text}), ".")
    assert found is not None
    assert found.entrypoint is not None
    assert (found.entrypoint.line, found.entrypoint.note) == (6, '["/start.sh"]')
    assert found.health_check is not None
    assert found.health_check.line == 7
    assert [one.line for one in found.mounts] == [3]


def test_what_is_switched_off_is_not_there(repository: MakeRepository) -> None:
    found = built_dockerfile(repository({"app/Dockerfile": "FROM python\nENTRYPOINT []\nHEALTHCHECK NONE\n"}), "app")
    assert found is not None
    assert (found.path, found.entrypoint, found.health_check, found.mounts) == ("app/Dockerfile", None, None, ())


def test_one_without_python_is_about_something_else(repository: MakeRepository) -> None:
    assert built_dockerfile(repository({"Dockerfile": "FROM nginx\nCOPY . /srv\n"}), ".") is None


def test_what_the_script_of_its_entrypoint_does(repository: MakeRepository) -> None:
    files = {
        "app/Dockerfile": "FROM python:3.13\nCOPY start.sh /start.sh\nENTRYPOINT service x start && /start.sh\n",
        "app/start.sh": (
            "#!/bin/sh\n# export A=1\nexport MODE=x\nuntil nc -z db 5432; do sleep 1; done\npython manage.py migrate\n"
            "# python manage.py flush\nif true; then django-admin check_all --fast; fi\n"
        ),
        "other/start.sh": "export B=2\n",
    }
    found = built_dockerfile(repository(files), "app")
    assert found is not None
    assert found.script == "app/start.sh"
    assert [(one.line, one.note) for one in found.script_sets] == [
        (3, "export MODE=x"),
        (4, "until nc -z db 5432; do sleep 1; done"),
    ]
    assert [(one.line, one.note) for one in found.script_runs] == [(5, "migrate"), (7, "check_all")]


def test_a_script_that_is_not_in_the_repository(repository: MakeRepository) -> None:
    text = 'FROM python:3.13\nENTRYPOINT ["/usr/bin/start.sh"]\n'
    found = built_dockerfile(repository({"Dockerfile": text, "a/start.sh": "", "b/start.sh": ""}), ".")
    assert found is not None
    assert (found.script, found.script_sets) == (None, ())
