"""The Python of images."""

import pytest

from analyzer.facts.python.declaration import Strength
from analyzer.facts.python.images import image_declarations, version_of_image
from tests.facts.conftest import MakeRepository


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("python:3.12", "3.12"),
        ("python:3.12.4-slim-bookworm", "3.12.4"),
        ("python:3.12-slim@sha256:00ab", "3.12"),
        ("docker.io/library/python:3.11-alpine3.19", "3.11"),
        ("registry.example.org:5000/python:3.10", "3.10"),
        ("example/uv:0.11.32-python3.12-trixie-slim", "3.12"),
        ("example/uv:python3.13-bookworm", "3.13"),
        ("example/uvicorn-gunicorn:python3.9", "3.9"),
        ("nikolaik/python-nodejs:python3.11-nodejs20", "3.11"),
        ("example/ubi9/python-312", "3.12"),
        ("example/devcontainers/python:1-3.12-bookworm", "3.12"),
        ("example/python3.11:latest", "3.11"),
        ("example/lambda/python:3.12", "3.12"),
        ("python:3", None),
        ("python:slim", None),
        ("python", None),
        ("nikolaik/python-nodejs:20.1", None),
        ("node:20.11", None),
        ("ubuntu:24.04", None),
        ("postgres:16.3", None),
        ("${BASE}", None),
        ("scratch", None),
        ("", None),
    ],
)
def test_the_version_of_an_image(image: str, version: str | None) -> None:
    assert version_of_image(image) == version


def rows(
    repository: MakeRepository, files: dict[str, str], folders: tuple[str, ...] = (".",)
) -> list[tuple[str, str, int]]:
    found = sorted(image_declarations(repository(files), folders), key=lambda item: (item.strength, item.distance))
    return [(item.fact.spec, item.fact.evidence.path, item.fact.evidence.line) for item in found]


def test_the_final_stage_counts_with_the_line_of_its_root(repository: MakeRepository) -> None:
    text = """\
ARG VERSION=3.12.1
FROM node:20 AS front
FROM python:3.9 AS tools
FROM python:${VERSION}-slim AS base
RUN x
FROM base AS final
COPY --from=tools /x /x
"""
    assert rows(repository, {"Dockerfile": text}) == [("3.12.1", "Dockerfile", 4)]


def test_a_last_stage_without_python_gives_way_to_an_earlier_one(repository: MakeRepository) -> None:
    text = "FROM python:3.12\nFROM nginx:1.27\n"
    assert rows(repository, {"Dockerfile": text}) == [("3.12", "Dockerfile", 1)]


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        (
            "RUN apt-get update\nRUN apt-get install -y \\\n  git \\\n  python3.11-dev python3.11\n",
            [("3.11", "Dockerfile", 5)],
        ),
        ("RUN virtualenv /env -p python3.6", [("3.6", "Dockerfile", 2)]),
        ("RUN /usr/bin/python3.12 -m venv /env", [("3.12", "Dockerfile", 2)]),
        ("RUN apt-get install python3.11 python3.12", []),
        ("RUN apt-get install python3 python3-dev", []),
        ("# RUN python3.12\nRUN true # python3.12", []),
        ("CMD python3.12 manage.py", []),
    ],
)
def test_an_interpreter_that_the_commands_name(
    repository: MakeRepository, commands: str, expected: list[tuple[str, str, int]]
) -> None:
    assert rows(repository, {"Dockerfile": f"FROM ubuntu:24.04\n{commands}\n"}) == expected


def test_stages_named_for_production_first_those_for_development_last(repository: MakeRepository) -> None:
    text = "FROM python:3.10 AS production\nFROM python:3.11 AS app\nFROM python:3.12 AS dev\n"
    assert rows(repository, {"Dockerfile": text}) == [("3.10", "Dockerfile", 1)]
    assert rows(repository, {"Dockerfile": text.replace(" AS production", "")}) == [("3.11", "Dockerfile", 2)]


def test_production_first_then_the_shallowest_development_last(repository: MakeRepository) -> None:
    files = {
        "Dockerfile.dev": "FROM python:3.8",
        "deploy/x/Dockerfile": "FROM python:3.9",
        "a/b/Dockerfile": "FROM python:3.10",
        "Dockerfile": "FROM python:3.11",
        "compose/production/Dockerfile": "FROM python:3.12",
    }
    found = rows(repository, files)
    assert [spec for spec, _, _ in found] == ["3.12", "3.9", "3.11", "3.10", "3.8"]
    last = max(image_declarations(repository(files), (".",)), key=lambda item: item.strength)
    assert last.strength is Strength.DEVELOPMENT_IMAGE


def test_images_on_the_way_to_the_root_go_before_others(repository: MakeRepository) -> None:
    files = {"backend/Dockerfile": "FROM python:3.12", "bot/Dockerfile": "FROM python:3.11"}
    assert [spec for spec, _, _ in rows(repository, files, ("backend", "."))] == ["3.12", "3.11"]
    assert [spec for spec, _, _ in rows(repository, files, ("bot", "."))] == ["3.11", "3.12"]


def test_images_of_neighbours_and_without_a_version_are_left_out(repository: MakeRepository) -> None:
    files = {
        "backend/requirements.txt": "django",
        "worker/requirements.txt": "numpy",
        "worker/Dockerfile": "FROM python:3.9",
        "backend/Dockerfile": "FROM python:3",
        "empty/Dockerfile": "",
    }
    assert rows(repository, files, ("backend", ".")) == []
