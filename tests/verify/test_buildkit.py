"""Dockerfiles that only BuildKit understands are built by the docker command, with the same result as others."""

import os
from pathlib import Path

import pytest
from docker import DockerClient

from analyzer.facts.existing.instructions import parse_instructions
from analyzer.model.errors import EngineError
from analyzer.verify import buildkit
from analyzer.verify.building import BuildLog, needs_buildkit
from analyzer.verify.buildkit import _command, _numbers, _Reader
from analyzer.verify.context import BuildContext
from tests.conftest import lacking
from tests.engine import buildx
from tests.engine.provision import provide
from tests.verify.app import run_verify, write

FIRST_WITH_HERE_DOCUMENTS = 23
"""Major version of the engine whose own BuildKit reads them."""
DOCKERFILE = """\
ARG BASE=python:3.13-slim-trixie
FROM ${BASE} AS Builder
ENV A=1
WORKDIR /app
RUN --mount=type=cache,target=/root/.cache pip install .
FROM scratch AS files
COPY . /
FROM builder
COPY --from=files /x /x
USER 1
RUN make
"""
OUTPUT = """\
#0 building with "default" instance using docker driver

#1 [internal] load remote build context
#1 DONE 0.1s

#4 [builder 1/3] FROM docker.io/library/python:3.13-slim-trixie
#4 CACHED

#5 [files 1/1] COPY . /
#5 DONE 0.0s

#6 [builder 2/3] WORKDIR /app
#6 CACHED

#7 [linux/amd64 builder 3/3] RUN --mount=type=cache,target=/root/.cache pip install .
#7 0.609 Collecting django
#8 [stage-2 1/2] COPY --from=files /x /x
#8 DONE 0.1s

#9 [stage-2 2/2] RUN make
#9 0.584 make: *** No targets.  Stop.
#9 ERROR: process "/bin/sh -c make" did not complete successfully: exit code: 2
#7 1.200 Successfully installed django
#7 DONE 1.3s
------
 > [stage-2 2/2] RUN make:
0.584 make: *** No targets.  Stop.
------
ERROR: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2
"""


def test_output_is_referred_to_the_instructions() -> None:
    said: list[str] = []
    reader = _Reader(parse_instructions(DOCKERFILE), said.append)
    for line in OUTPUT.split("\n"):
        reader.read(line)
    steps = list(reader.steps())
    assert [(step.number, step.cached) for step in steps] == [
        (2, True),
        (4, True),
        (5, False),
        (7, False),
        (9, False),
        (11, False),
    ]
    assert steps[2].seconds == 1.3
    assert steps[2].log[1:] == ("Collecting django", "Successfully installed django")
    assert steps[-1].log[-1] == "make: *** No targets.  Stop."
    assert reader.error.startswith("failed to solve: process")
    assert "#7 0.609 Collecting django" in said


@pytest.mark.parametrize("place", ["builder  2/10", "linux/amd64 builder  2/10"])
def test_numbers_of_long_stages_are_padded(place: str) -> None:
    reader = _Reader(parse_instructions("FROM a AS builder\nRUN b\nFROM c\n"), lambda _: None)
    reader.read(f"#6 [{place}] RUN b")
    assert [step.number for step in reader.steps()] == [2]


def test_numbers_of_a_single_long_stage_are_padded() -> None:
    reader = _Reader(parse_instructions("FROM a\nRUN b\n"), lambda _: None)
    reader.read("#6 [ 2/10] RUN b")
    assert [step.number for step in reader.steps()] == [2]


def test_a_single_stage_needs_no_name() -> None:
    assert _numbers(parse_instructions("ARG A\nFROM a\nENV B=1\nRUN b\n")) == {
        ("", 1): 2,
        ("", 2): 4,
        ("stage-0", 1): 2,
        ("stage-0", 2): 4,
    }


def test_without_the_docker_command_the_way_out_is_said() -> None:
    with pytest.raises(EngineError, match=r"docker command, which is not on the PATH\n.*apt-get install docker-cli"):
        _command({"PATH": "/nonexistent"})


def docker_command(folder: Path, version: str) -> dict[str, str]:
    """A docker command of that version without the plugin."""
    program = folder / "docker"
    program.write_text(f'#!/bin/sh\n[ "$1" = version ] && echo {version}\n')
    program.chmod(0o755)
    return {"PATH": str(folder)}


def test_a_docker_command_without_its_plugin_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"lacks its plugin for that[^\n]*\n.*docker-buildx-plugin"):
        _command(docker_command(tmp_path, "28.2.2"))


def test_an_older_docker_command_has_buildkit_itself(tmp_path: Path) -> None:
    assert _command(docker_command(tmp_path, "20.10.24"))[1:] == ["build"]


@pytest.fixture(scope="module")
def plugin(engine: DockerClient) -> DockerClient:
    problems = [] if buildx.present() else provide([], with_buildx=True)
    if problems or not buildx.present():
        lacking("; ".join(problems) or "the docker command has no buildx")
    return engine


def built(client: DockerClient, dockerfile: str, limit: float = 100) -> BuildLog:
    """A build, with a build argument, whose image is removed."""
    context = BuildContext(root=Path(__file__).parent, files=("app.py",), left_out=(), dockerfile=dockerfile)
    tag = "cnb-doctor-test:buildkit"
    with context.archive() as archive:
        log = buildkit.build(
            client,
            archive,
            dockerfile=dockerfile,
            tag=tag,
            labels={"cnb-doctor.test": "buildkit"},
            arguments={"WORD": "hidden", "HOME": "/elsewhere"},
            limit=limit,
            say=print,
        )
    if log.image:
        assert client.images.get(tag).labels["cnb-doctor.test"] == "buildkit"
        client.images.remove(tag, force=True, noprune=True)
    return log


@pytest.mark.timeout(200)
def test_an_image_is_built_with_arguments_and_cached(plugin: DockerClient) -> None:
    dockerfile = """\
FROM python:3.13-slim-trixie
ARG WORD
ARG HOME
COPY app.py /
RUN --mount=type=cache,target=/tmp/cache test -f /app.py && echo "$WORD in $HOME" >/said && cat /said
"""
    first = built(plugin, dockerfile)
    assert first.error == ""
    assert first.image.startswith("sha256:")
    again = built(plugin, dockerfile)
    assert {step.number for step in again.steps if step.cached} >= {4, 5}
    other = built(plugin, dockerfile.replace(">/said", f">/said; : {os.urandom(8).hex()}"))
    assert "hidden in /elsewhere" in other.lines
    assert other.steps[-1].number == 5
    assert not other.steps[-1].cached


@pytest.mark.timeout(200)
def test_a_build_that_hangs_is_ended_at_its_limit(plugin: DockerClient) -> None:
    log = built(plugin, "FROM python:3.13-slim-trixie\nRUN --mount=type=cache,target=/c echo begun && sleep 500\n", 4)
    assert log.error == "the build took longer than 4 s and was ended"
    assert log.image == ""
    assert log.steps[-1].log[-1] == "begun"


@pytest.mark.timeout(200)
def test_the_instruction_that_fails_is_named(plugin: DockerClient, tmp_path: Path) -> None:
    dockerfile = """\
FROM python:3.13-slim-trixie AS builder
RUN --mount=type=cache,target=/root/.cache \\
    true
FROM python:3.13-slim-trixie
COPY --from=builder /etc/hostname /x

RUN python -c 'import django'
"""
    spec = "name: shop\nworkers:\n  - name: idle\n    dockerfile_path: Dockerfile\n"
    run = run_verify(write(tmp_path / "repository", {"Dockerfile": dockerfile, ".do/app.yaml": spec}))
    failure = run.failures()["image-builds"]
    assert failure["cause"] == "the module django is not in the image"
    assert failure["command"] == "RUN python -c 'import django'"
    assert failure["evidence"] == [{"path": "Dockerfile", "line": 7, "note": ""}]


@pytest.mark.timeout(200)
def test_a_here_document_is_run_or_said_to_be_too_new(plugin: DockerClient, tmp_path: Path) -> None:
    dockerfile = """\
FROM python:3.13-slim-trixie
RUN <<EOF
touch /begun
python -c 'import django'
EOF
"""
    assert needs_buildkit(dockerfile)
    spec = "name: shop\nworkers:\n  - name: idle\n    dockerfile_path: Dockerfile\n"
    run = run_verify(write(tmp_path / "repository", {"Dockerfile": dockerfile, ".do/app.yaml": spec}))
    failure = run.failures()["image-builds"]
    if int(plugin.version()["Version"].partition(".")[0]) >= FIRST_WITH_HERE_DOCUMENTS:
        assert failure["cause"] == "the module django is not in the image"
        assert failure["evidence"] == [{"path": "Dockerfile", "line": 2, "note": ""}]
    else:
        assert "does not know what stands in line 3 of the Dockerfile: unknown instruction: TOUCH" in failure["cause"]
        assert "# syntax=docker/dockerfile:1" in failure["fix"]
        assert failure["evidence"] == [{"path": "Dockerfile", "line": 3, "note": ""}]
