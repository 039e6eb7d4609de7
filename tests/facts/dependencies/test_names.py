"""Names of packages, files and groups."""

import pytest

from analyzer.facts.dependencies.names import Role, canonical, group_of, is_installer, role_of


@pytest.mark.parametrize("name", ["Django_Filter", "django.filter", "DJANGO--FILTER"])
def test_canonical_names(name: str) -> None:
    assert canonical(name) == "django-filter"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("requirements/production.txt", Role.PRODUCTION),
        ("requirements-prod.txt", Role.PRODUCTION),
        ("requirements/heroku.txt", Role.PRODUCTION),
        ("requirements.txt", Role.BASE),
        ("requirements/base.txt", Role.BASE),
        ("base-requirements.in", Role.BASE),
        ("requirements/local.txt", Role.DEV),
        ("requirements_dev.txt", Role.DEV),
        ("dev/requirements.txt", Role.DEV),
        ("docs/requirements.txt", Role.DOCS),
        ("requirements/test/base.txt", Role.TEST),
        ("requirements-ci.txt", Role.TEST),
        ("lint-requirements.txt", Role.LINT),
        ("requirements_migrations.txt", Role.OTHER),
        ("requirements/gpu.txt", Role.OTHER),
        ("compose/production/django/Dockerfile", Role.PRODUCTION),
        ("compose/local/django/Dockerfile", Role.DEV),
        ("Dockerfile.prod", Role.PRODUCTION),
        ("Dockerfile", Role.OTHER),
        (".devcontainer/Dockerfile", Role.DEV),
        ("deploy/dev.Dockerfile", Role.DEV),
        ("latest", Role.OTHER),
        (".", Role.OTHER),
    ],
)
def test_what_a_file_or_group_is_for(name: str, role: Role) -> None:
    assert role_of(name) is role


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("requirements/local.txt", "dev"),
        ("requirements-dev.txt", "dev"),
        ("docs/requirements.txt", "docs"),
        ("requirements-gpu.txt", "gpu"),
        ("gpu_requirements.txt", "gpu"),
        ("requirements.txt", "requirements"),
        ("requirements/Worker.txt", "worker"),
    ],
)
def test_the_group_of_a_requirements_file(path: str, group: str) -> None:
    assert group_of(path) == group


def test_installers_are_no_dependencies() -> None:
    assert is_installer("pip")
    assert is_installer("poetry-core")
    assert not is_installer("gunicorn")
