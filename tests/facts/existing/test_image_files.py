"""From a path in an image back to the repository."""

import pytest

from analyzer.facts.existing.dockerfile import read_dockerfile
from analyzer.facts.existing.image_files import ImageFiles, Mount, absolute
from tests.facts.conftest import MakeRepository

DOCKERFILE = """\
FROM python AS build
WORKDIR /build
COPY docker/*.sh /scripts/
FROM python
ARG HOME=/srv
WORKDIR $HOME
WORKDIR app
COPY backend .
COPY --chown=1:1 ["docker/entry.sh", "/entry"]
COPY --from=build /scripts/wait.sh /usr/bin/
"""
FILES = {
    "Dockerfile": DOCKERFILE,
    "backend/bin/web.sh": "",
    "docker/entry.sh": "",
    "docker/wait.sh": "",
    "other/tail.sh": "",
}


def image(repository: MakeRepository, **given: object) -> ImageFiles:
    repo = repository(FILES)
    dockerfile = read_dockerfile(repo, "Dockerfile")
    assert dockerfile is not None
    mounts = (Mount(source="other", target="/srv/app/bin"),) if given.get("mounted") else ()
    working_dir = "bin" if given.get("working_dir") else None
    return ImageFiles(
        repo=repo, dockerfile=dockerfile, stage=1, contexts=(".",), mounts=mounts, working_dir=working_dir
    )


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("bin/web.sh", "backend/bin/web.sh"),
        ("./bin/../bin/web.sh", "backend/bin/web.sh"),
        ("/srv/app/bin/web.sh", "backend/bin/web.sh"),
        ("/entry", "docker/entry.sh"),
        ("/usr/bin/wait.sh", "docker/wait.sh"),
        ("/elsewhere/other/tail.sh", "other/tail.sh"),
        ("/usr/bin/gunicorn", None),
    ],
)
def test_locate(repository: MakeRepository, path: str, found: str | None) -> None:
    files = image(repository)
    assert files.start == "/srv/app"
    assert files.locate(files.start, path) == found


def test_a_mount_hides_what_is_copied(repository: MakeRepository) -> None:
    files = image(repository, mounted=True)
    assert files.locate("/srv/app", "bin/tail.sh") == "other/tail.sh"


def test_the_working_directory_of_a_container(repository: MakeRepository) -> None:
    files = image(repository, working_dir=True)
    assert (files.start, files.locate(files.start, "web.sh")) == ("/srv/app/bin", "backend/bin/web.sh")
    assert files.enter(files.start, "..") == "/srv/app"


def test_absolute() -> None:
    assert [absolute("/a/b", path) for path in ("c", "../c", "/c/./d", "../../..", "")] == [
        "/a/b/c",
        "/a/c",
        "/c/d",
        "/",
        "/a/b",
    ]
