"""Dockerfiles and the scripts that they bring along."""

import pytest

from analyzer.facts.existing.container_images import (
    container_images,
    image_scripts,
    is_dockerfile_name,
    is_shell_script,
)
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Dockerfile", True),
        ("dockerfile", True),
        ("Dockerfile.prod", True),
        ("Dockerfile_api", True),
        ("web.Dockerfile", True),
        ("Containerfile", True),
        ("Dockerfile.dockerignore", False),
        ("dockerfile.py", False),
        ("docker-compose.yml", False),
    ],
)
def test_is_dockerfile_name(name: str, is_one: bool) -> None:
    assert is_dockerfile_name(name) is is_one


def test_the_command_and_the_environment_of_every_image(repository: MakeRepository) -> None:
    repo = repository(
        {
            "manage.py": "",
            "Dockerfile": "FROM a\nENV A=1\nCMD gunicorn app.wsgi\n",
            "deploy/Dockerfile.dev": "FROM a\n",
        }
    )
    found = list(container_images(repo, "."))
    assert commands(found) == [("", "gunicorn app.wsgi", 3), ("", "", 1)]
    assert environment(found[0].environment) == {"A": ("1", 2)}
    assert [(d.file, d.production) for d in found] == [("Dockerfile", True), ("deploy/Dockerfile.dev", False)]


def test_scripts_that_are_copied_made_executable_or_started(repository: MakeRepository) -> None:
    script = "#!/bin/sh\ncelery -A app worker\n"
    repo = repository(
        {
            "manage.py": "",
            "docker/Dockerfile": "FROM a\nARG D=docker\nWORKDIR /app\nCOPY . /app\nCOPY ${D}/worker.sh /worker\n"
            'RUN chmod +x bin/beat; chmod 755 data.txt\nENTRYPOINT ["./docker/entry.sh"]\n',
            "docker/worker.sh": script,
            "docker/entry.sh": script,
            "bin/beat": script,
            "bin/unused": script,
            "data.txt": "text",
        }
    )
    found = list(image_scripts(repo, "."))
    assert [d.evidence.path for d in found] == ["docker/worker.sh", "bin/beat", "docker/entry.sh"]
    assert {(d.file, d.command) for d in found} == {("docker/Dockerfile", script)}


def test_scripts_of_development_images_do_not_count(repository: MakeRepository) -> None:
    repo = repository({"manage.py": "", "Dockerfile.dev": "FROM a\nCOPY run.sh /run.sh\n", "run.sh": "#!/bin/sh\n"})
    assert list(image_scripts(repo, ".")) == []


def test_is_shell_script() -> None:
    assert is_shell_script("#!/usr/bin/env bash\n")
    assert not is_shell_script("#!/usr/bin/env python\nsh")
    assert not is_shell_script("echo sh")
