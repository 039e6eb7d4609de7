"""Names of the images that a repository builds."""

import pytest

from analyzer.facts.existing.named_images import image_called, named_images
from tests.facts.conftest import MakeRepository

BASE = {"manage.py": "", "base/Dockerfile": "FROM a\n", "web/Dockerfile": "FROM shop/base\n"}
STAGES = "FROM a AS one\nFROM b AS two\n"


def called(repository: MakeRepository, files: dict[str, str], reference: str) -> tuple[str, int] | None:
    """Dockerfile and stage."""
    found = image_called(named_images(repository({**BASE, **files}), "."), reference)
    return None if found is None else (found.image.dockerfile.path, found.image.stage)


@pytest.mark.parametrize(
    ("files", "stage"),
    [
        ({"compose.yml": "services:\n  base:\n    image: shop/base:1\n    build: base\n"}, 0),
        ({"Makefile": "base:\n\tdocker build -t shop/base base\n"}, 0),
        ({"base/build.sh": "docker build -t docker.io/shop/base:latest .\n"}, 0),
        ({"base/Dockerfile": f"# docker build --tag shop/base .\n{STAGES}"}, 1),
        ({"build.sh": "podman build -t shop/base --target one base\n", "base/Dockerfile": STAGES}, 0),
        (
            {
                ".github/workflows/x.yml": "jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: "
                "{file: base/Dockerfile, tags: '${{ vars.OWNER }}/base:latest'}}]}}\n"
            },
            0,
        ),
    ],
)
def test_a_name_of_the_repository(repository: MakeRepository, files: dict[str, str], stage: int) -> None:
    assert called(repository, files, "shop/base:latest") == ("base/Dockerfile", stage)
    assert called(repository, files, "shop/base@sha256:0") == ("base/Dockerfile", stage)
    assert called(repository, files, "shop/web") is None
    assert called(repository, files, "other") is None


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"Makefile": "docker build -t shop/base absent\n"},
        {"Makefile": "docker build -t shop/$NAME base\n"},
        {"Makefile": "docker build -t $ONE/other/$TWO/base base\n"},
        {"Makefile": "docker build -t $ONE/shop/base base\n"},
        {"Makefile": "docker build -t other/$ONE/base base\n"},
        {"Makefile": "docker build -t shop/base https://example.org/repository.git\n"},
        {"web/Dockerfile": "# docker build -t shop/base base\nFROM x\n"},
        {"Makefile": "docker build -t shop/base base\ndocker build -t shop/base web\n"},
        {"compose.yml": "services:\n  base:\n    image: shop/base\n"},
    ],
)
def test_what_gives_no_certain_name(repository: MakeRepository, files: dict[str, str]) -> None:
    assert called(repository, files, "shop/base") is None
