"""Services that Compose files run from images of others."""

from analyzer.facts.existing.service_images import service_images
from tests.facts.conftest import MakeRepository


def test_images(repository: MakeRepository) -> None:
    production = (
        "services:\n  web:\n    build: .\n  db:\n    image: postgres:16-alpine\n"
        "  cache:\n    image: docker.io/valkey/valkey:8@sha256:0\n  own:\n    image: $REGISTRY/own:1\n"
    )
    local = "services:\n  db:\n    image: postgres:12\n  mail:\n    image: mailpit\n"
    files = {"manage.py": "", "docker-compose.prod.yml": production, "docker-compose.yml": local}
    found = service_images(repository(files), ".")
    assert [(s.name, s.image, s.tag, s.evidence.path, s.evidence.line) for s in found] == [
        ("db", "postgres", "16-alpine", "docker-compose.prod.yml", 5),
        ("cache", "valkey", "8", "docker-compose.prod.yml", 7),
        ("mail", "mailpit", "", "docker-compose.yml", 5),
    ]


def test_other_yaml(repository: MakeRepository) -> None:
    files = {"manage.py": "", "k8s.yml": "services:\n  db:\n    image: postgres\n", "compose.yaml": "services: [x"}
    assert service_images(repository(files), ".") == ()
