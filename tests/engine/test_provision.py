"""The engine and its images are what the Docker tests take them for, whether official images or stand-ins."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from docker import DockerClient
from docker.models.containers import Container

from tests.engine import stand_ins
from tests.engine.daemon import EngineError
from tests.engine.provision import provide

pytestmark = pytest.mark.timeout(600)  # images are built and packages downloaded

ROOT = Path(__file__).parents[2]
NO_ENGINE = "unix:///nonexistent/docker.sock"
USUAL_PYTHON = [name for name in stand_ins.USUAL if name.startswith("python:")]
ATTEMPTS = 120  # to reach a service, half a second apart

IMPORTS = """
import bz2, ctypes, curses, lzma, readline, sqlite3, ssl, sys, sysconfig, uuid, zoneinfo
from pathlib import Path
assert Path(sysconfig.get_path("include"), "Python.h").exists()
assert Path(f"/usr/local/include/python{sys.version_info[0]}.{sys.version_info[1]}/Python.h").exists()
print(sysconfig.get_path("purelib"))
"""

PYPROJECT = """
[project]
name = "shop"
version = "1"
requires-python = ">=3.11"
dependencies = ["sqlparse"]

[tool.poetry]
package-mode = false
"""


@contextmanager
def running(client: DockerClient, image: str, *command: str, **environment: str) -> Iterator[Container]:
    """A container of a service, which is removed at the end."""
    container = client.containers.run(image, list(command), environment=environment, detach=True)
    try:
        yield container
    finally:
        container.remove(force=True, v=True)


def succeeds(container: Container, script: str, **environment: str) -> bool:
    """Whether a script succeeds in a container. It is asked again until the service answers."""
    for _ in range(ATTEMPTS):
        if container.exec_run(["sh", "-c", script], environment=environment).exit_code == 0:
            return True
        container.reload()
        if container.status != "running":
            return False
        time.sleep(0.5)
    return False


def fails(container: Container, script: str, **environment: str) -> str:
    """What a script prints that fails in a container whose service answers."""
    result = container.exec_run(["sh", "-c", script], environment=environment)
    assert result.exit_code != 0
    assert isinstance(result.output, bytes)
    return result.output.decode()


def printed(client: DockerClient, image: str, script: str) -> str:
    """What a script prints in a new container, which is removed."""
    output = client.containers.run(image, ["sh", "-ec", script], remove=True)
    assert isinstance(output, bytes)
    return output.decode()


def test_images_that_exist_are_left_alone(engine: DockerClient) -> None:
    before = {name: engine.images.get(name).id for name in stand_ins.USUAL}
    assert provide(stand_ins.USUAL) == []
    assert {name: engine.images.get(name).id for name in stand_ins.USUAL} == before


@pytest.mark.parametrize("name", USUAL_PYTHON)
def test_python_images_have_what_the_official_ones_have(engine: DockerClient, name: str) -> None:
    version = name.removeprefix("python:").partition("-")[0]
    assert printed(engine, name, "python --version; python3 --version").count(f"Python {version}.") == 2
    assert printed(engine, name, f"python -c '{IMPORTS}'") == f"/usr/local/lib/python{version}/site-packages\n"
    assert printed(engine, name, "command -v gcc cc curl git || true") == ""


@pytest.mark.parametrize("name", USUAL_PYTHON)
def test_pip_installs_wheels_into_a_virtual_environment_and_beside_python(engine: DockerClient, name: str) -> None:
    version = name.removeprefix("python:").partition("-")[0]
    script = """
        python -m venv /opt/venv
        /opt/venv/bin/pip install --quiet --only-binary :all: sqlparse
        /opt/venv/bin/python -c 'import sqlparse; print(sqlparse.__file__)'
        pip install --quiet --only-binary :all: sqlparse
        python -c 'import sqlparse; print(sqlparse.__file__)'
        sqlformat --version >/dev/null
    """
    assert printed(engine, name, script).split() == [
        f"{prefix}/lib/python{version}/site-packages/sqlparse/__init__.py" for prefix in ("/opt/venv", "/usr/local")
    ]


def test_poetry_installs_from_its_lock(engine: DockerClient) -> None:
    script = f"""
        pip install --quiet --no-cache-dir poetry
        python -m venv /opt/venv
        export VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH
        mkdir /app && cd /app && printf '{PYPROJECT}' >pyproject.toml
        poetry lock --quiet
        poetry install --quiet --only main
        python -c 'import sqlparse; print(sqlparse.__file__)'
    """
    assert printed(engine, "python:3.13-slim-trixie", script).startswith("/opt/venv/")


@pytest.mark.parametrize("name", USUAL_PYTHON)
def test_packages_of_the_debian_release_can_be_installed(engine: DockerClient, name: str) -> None:
    script = """
        apt-get update >/dev/null
        apt-get install --yes --no-install-recommends libpq5 >/dev/null 2>&1
        rm -rf /var/lib/apt/lists/*
        . /etc/os-release && echo "$VERSION_CODENAME"
        ls /usr/lib/*/libpq.so.5
    """
    codename, library = printed(engine, name, script).split()
    assert codename == name.rpartition("-")[2]
    assert library.endswith("/libpq.so.5")


def test_postgres_accepts_its_own_password_only(engine: DockerClient) -> None:
    secret = 'it\'s a "secret"'
    query = "psql -h $(hostname -i) -U shopkeeper -d shop -tAc 'select current_database()'"
    with running(
        engine, "postgres:17", POSTGRES_USER="shopkeeper", POSTGRES_PASSWORD=secret, POSTGRES_DB="shop"
    ) as container:
        assert succeeds(container, query, PGPASSWORD=secret)
        assert "password authentication failed" in fails(container, query, PGPASSWORD="other")


def test_postgres_wants_a_password(engine: DockerClient) -> None:
    with running(engine, "postgres:17") as container:  # `run` would leave the volume of a container that fails
        assert container.wait()["StatusCode"] != 0
        assert b"POSTGRES_PASSWORD" in container.logs()


@pytest.mark.parametrize(("name", "program"), [("valkey/valkey:8", "valkey"), ("redis:7", "redis")])
def test_caches_answer_from_another_address(engine: DockerClient, name: str, program: str) -> None:
    with running(engine, name) as container:
        assert succeeds(container, f'test "$({program}-cli -h $(hostname -i) ping)" = PONG')


def test_valkey_takes_options(engine: DockerClient) -> None:
    ping = "valkey-cli -h $(hostname -i) ping | grep -q {}"
    with running(engine, "valkey/valkey:8", "valkey-server", "--requirepass", "secret") as container:
        assert succeeds(container, ping.format("NOAUTH"))
        assert succeeds(container, ping.format("PONG"), REDISCLI_AUTH="secret")


def test_mysql_accepts_its_own_password_only(engine: DockerClient) -> None:
    variables = {"MYSQL_DATABASE": "shop", "MYSQL_USER": "shopkeeper", "MYSQL_PASSWORD": "it's \\ a secret"}
    query = "mysql -h $(hostname -i) -u shopkeeper shop -e 'create table if not exists goods (id int)'"
    with running(engine, "mysql:8", MYSQL_ROOT_PASSWORD="root", **variables) as container:
        assert succeeds(container, query, MYSQL_PWD=variables["MYSQL_PASSWORD"])
        assert "Access denied" in fails(container, query, MYSQL_PWD="other")


def test_node_images_install_from_the_registry(image: Callable[[str], str], engine: DockerClient) -> None:
    script = "node --version; cd /tmp; npm install --silent is-number; node -p 'require(\"is-number\")(5)'"
    version, works = printed(engine, image("node:24-slim"), script).split()
    assert version.startswith("v24.")
    assert works == "true"


def test_names_without_a_recipe_are_refused() -> None:
    with pytest.raises(EngineError, match=r"nonsense:1: there is no recipe"):
        stand_ins.recipe_of("nonsense:1")
    with pytest.raises(EngineError, match=r"neither Debian trixie nor pyenv of this machine has Python 3\.99"):
        stand_ins.recipe_of("python:3.99-slim-trixie")


def test_images_are_built_upon_their_bases() -> None:
    assert stand_ins.chain("postgres:15") == ("debian:bookworm-slim", "postgres:15")
    upon_python = ("debian:trixie-slim", "python:3.13-slim-trixie", "motoserver/moto:5.1.22")
    assert stand_ins.chain("motoserver/moto:5.1.22") == upon_python
    assert stand_ins.chain("node:22-slim") == ("debian:bookworm-slim", "python:3.11-slim-bookworm", "node:22-slim")


def test_a_named_engine_that_does_not_answer_is_not_replaced() -> None:
    result = _without_engine("-m", "tests.engine.provision")
    assert result.returncode == 1
    assert "DOCKER_HOST names an engine that does not answer" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_without_an_engine_docker_tests_are_skipped_and_fail_under_ci(ci: str, outcome: str) -> None:
    name = f"{__file__}::{test_postgres_wants_a_password.__name__}"
    result = _without_engine("-m", "pytest", "-p", "no:cacheprovider", "-rs", name, CI=ci)
    assert outcome in result.stdout
    assert "no Docker engine answers" in result.stdout


def _without_engine(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"DOCKER_HOST": NO_ENGINE} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
