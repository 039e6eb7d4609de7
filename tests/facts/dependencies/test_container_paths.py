"""From a path inside an image to the file that was copied there."""

import pytest

from analyzer.facts.dependencies.container_paths import ContainerPaths
from analyzer.facts.existing.dockerfile import read_dockerfile
from tests.facts.conftest import MakeRepository

FILES = {
    "requirements.txt": "",
    "requirements/prod.txt": "",
    "backend/requirements.txt": "",
    "backend/requirements/base.txt": "",
}


@pytest.mark.parametrize(
    ("dockerfile", "path", "expected"),
    [
        ("WORKDIR /app\nCOPY . .\nRUN x", "requirements.txt", "requirements.txt"),
        ("WORKDIR /app\nCOPY requirements.txt .\nRUN x", "/app/requirements.txt", "requirements.txt"),
        ("COPY requirements.txt /tmp/reqs.txt\nRUN x", "/tmp/reqs.txt", "requirements.txt"),
        ("COPY ./requirements /requirements\nRUN x", "/requirements/prod.txt", "requirements/prod.txt"),
        ("WORKDIR /srv\nCOPY requirements/*.txt ./reqs/\nRUN x", "reqs/prod.txt", "requirements/prod.txt"),
        ('COPY ["backend/requirements.txt", "/code/"]\nRUN x', "/code/requirements.txt", "backend/requirements.txt"),
        ("COPY backend/ /code/\nWORKDIR /code\nRUN x", "requirements/base.txt", "backend/requirements/base.txt"),
        ("WORKDIR /code\nCOPY backend .\nRUN x", "requirements.txt", "backend/requirements.txt"),
        ("ARG DIR=requirements\nCOPY $DIR /r\nRUN x", "/r/${NAME}.txt", None),
        ("ARG NAME=prod\nCOPY requirements /r\nRUN x", "/r/${NAME}.txt", "requirements/prod.txt"),
        (
            "WORKDIR /app\nRUN --mount=type=bind,source=backend/requirements.txt,target=r.txt x",
            "r.txt",
            "backend/requirements.txt",
        ),
        ("RUN --mount=type=bind,src=requirements,dst=/r x", "/r/prod.txt", "requirements/prod.txt"),
        ("COPY --from=other /x/requirements.txt /y/\nRUN x", "/y/gone.txt", None),
        ("WORKDIR /unknown\nRUN x", "requirements/prod.txt", "requirements/prod.txt"),
        ("COPY requirements.txt /app/\nWORKDIR /app\nRUN x", "../app/./requirements.txt", "requirements.txt"),
    ],
)
def test_locate(repository: MakeRepository, dockerfile: str, path: str, expected: str | None) -> None:
    repo = repository({**FILES, "Dockerfile": f"FROM python:3.12\n{dockerfile}\n"})
    parsed = read_dockerfile(repo, "Dockerfile")
    assert parsed is not None
    [run] = [instruction for instruction in parsed.instructions if instruction.keyword == "RUN"]
    assert ContainerPaths(repo=repo, dockerfile=parsed, contexts=(".",)).locate(path, run) == expected


def test_the_likeliest_context_wins_and_later_copies_do_not_count(repository: MakeRepository) -> None:
    text = "FROM python\nCOPY requirements.txt /a/\nRUN x\nCOPY requirements/prod.txt /a/requirements.txt\n"
    repo = repository({**FILES, "backend/Dockerfile": text})
    parsed = read_dockerfile(repo, "backend/Dockerfile")
    assert parsed is not None
    [run] = [instruction for instruction in parsed.instructions if instruction.keyword == "RUN"]
    for contexts in (("backend", "."), (".", "backend")):
        found = ContainerPaths(repo=repo, dockerfile=parsed, contexts=contexts).locate("/a/requirements.txt", run)
        assert found == ("backend/requirements.txt" if contexts[0] == "backend" else "requirements.txt")


def test_copies_of_the_parent_stage_count(repository: MakeRepository) -> None:
    text = "FROM python AS base\nWORKDIR /b\nCOPY backend .\nFROM base\nRUN x\n"
    repo = repository({**FILES, "Dockerfile": text})
    parsed = read_dockerfile(repo, "Dockerfile")
    assert parsed is not None
    [run] = [instruction for instruction in parsed.instructions if instruction.keyword == "RUN"]
    assert ContainerPaths(repo=repo, dockerfile=parsed, contexts=(".",)).locate("requirements.txt", run) == (
        "backend/requirements.txt"
    )
