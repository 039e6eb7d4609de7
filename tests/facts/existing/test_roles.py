"""What the names of deployment files say."""

import pytest

from analyzer.facts.existing.roles import Role, is_production, role_by_name, role_of, word_role
from tests.facts.conftest import MakeRepository


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("docker-compose.yml", Role.UNSTATED),
        ("docker-compose.prod.yml", Role.PRODUCTION),
        ("docker-compose.staging.yml", Role.STAGING),
        ("docker-compose.override.yml", Role.DEVELOPMENT),
        ("Procfile.dev", Role.DEVELOPMENT),
        ("compose/production/django/Dockerfile", Role.PRODUCTION),
        ("compose/local/django/Dockerfile", Role.DEVELOPMENT),
        ("production/Dockerfile.test", Role.DEVELOPMENT),
        (".devcontainer/Dockerfile", Role.DEVELOPMENT),
        (".github/Dockerfile", Role.DEVELOPMENT),
        (".do/app.yaml", Role.UNSTATED),
        ("products/Dockerfile", Role.UNSTATED),
    ],
)
def test_role_by_name(path: str, role: Role) -> None:
    assert role_by_name(path) is role


def test_folders_above_the_project_say_nothing() -> None:
    assert role_by_name("demo/backend/Dockerfile", "demo/backend") is Role.UNSTATED
    assert role_by_name("demo/other/Dockerfile", "backend") is Role.DEVELOPMENT


def test_beside_a_production_file_the_plain_one_is_for_development(repository: MakeRepository) -> None:
    repo = repository({"docker-compose.yml": "", "docker-compose.prod.yaml": "", "Dockerfile": ""})
    assert role_of(repo, "docker-compose.yml") is Role.DEVELOPMENT
    assert role_of(repo, "Dockerfile") is Role.UNSTATED


def test_is_production(repository: MakeRepository) -> None:
    repo = repository({"Procfile": "", "Procfile.dev": "", "compose.staging.yml": ""})
    assert [is_production(repo, path) for path in repo.files] == [True, False, False]


def test_word_role() -> None:
    assert word_role("web-dev") is Role.DEVELOPMENT
    assert word_role("web") is Role.UNSTATED
