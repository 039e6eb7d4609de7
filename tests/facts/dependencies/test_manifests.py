"""Which files ask for packages, and where."""

import pytest

from analyzer.facts.dependencies.manifests import (
    Manifests,
    folders_upward,
    home_manifests,
    manifests_in,
    mentions_django,
)
from tests.facts.conftest import MakeRepository


def test_every_kind_of_file_in_a_folder(repository: MakeRepository) -> None:
    names = ["pyproject.toml", "Pipfile", "environment.yml", "setup.cfg", "setup.py", "Procfile", "pylock.toml"]
    locks = ["uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"]
    found = manifests_in(repository(dict.fromkeys(["requirements.txt", *names, *locks, "x/uv.lock"], "")), ".")
    assert found == Manifests(
        directory=".",
        requirements=("requirements.txt",),
        locks=("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"),
        pylock="pylock.toml",
        pyproject="pyproject.toml",
        pipfile="Pipfile",
        conda="environment.yml",
        setup_cfg="setup.cfg",
        setup_py="setup.py",
        procfile="Procfile",
    )
    assert set(found.all) == {"requirements.txt", *names, *locks} - {"Procfile"}


@pytest.mark.parametrize(
    "path",
    [
        "requirements.txt",
        "requirements-dev.txt",
        "dev_requirements.txt",
        "base.requirements.in",
        "reqs.txt",
        "requirements.pip",
        "Requirements.txt",
        "requirements/base.txt",
        "requirements/prod/web.txt",
        "reqs/base.pip",
        "pip-requirements/x.txt",
        "dev/requirements.txt",
        "docs/requirements.txt",
    ],
)
def test_requirements_files(repository: MakeRepository, path: str) -> None:
    assert manifests_in(repository({path: ""}), ".").requirements == (path,)


@pytest.mark.parametrize(
    "path",
    [
        "constraints.txt",
        "requirements/constraints.txt",
        "requirements-constraints.txt",
        "robots.txt",
        "notes/requirements.md",
        "requirements.txt.bak",
        "other/requirements.txt",
        "requirements/README.md",
    ],
)
def test_what_is_no_requirements_file(repository: MakeRepository, path: str) -> None:
    assert manifests_in(repository({path: ""}), ".").requirements == ()


def test_a_compiled_file_replaces_its_source(repository: MakeRepository) -> None:
    repo = repository(dict.fromkeys(["requirements/base.in", "requirements/base.txt", "requirements/dev.in"], ""))
    assert manifests_in(repo, ".").requirements == ("requirements/base.txt", "requirements/dev.in")


def test_folders_upward() -> None:
    assert folders_upward("a/b") == ("a/b", "a", ".")
    assert folders_upward(".") == (".",)


def test_the_nearest_folder_that_mentions_django_is_home(repository: MakeRepository) -> None:
    repo = repository(
        {
            "requirements.txt": "Django==4.2",
            "backend/requirements.txt": "django",
            "backend/app/requirements.txt": "numpy",
            "backend/app/manage.py": "",
            "worker/requirements.txt": "django",
        }
    )
    assert [found.directory for found in home_manifests(repo, "backend/app")] == ["backend", ".", "backend/app"]


def test_elsewhere_counts_only_where_no_folder_on_the_way_mentions_django(repository: MakeRepository) -> None:
    repo = repository(
        {
            "src/manage.py": "",
            "pyproject.toml": "[tool.ruff]\n# django\n",
            "deploy/requirements.txt": "django",
            "docs/requirements.txt": "django",
        }
    )
    assert [found.directory for found in home_manifests(repo, "src")] == ["deploy", "."]


def test_no_manifest_at_all(repository: MakeRepository) -> None:
    assert home_manifests(repository({"manage.py": ""}), ".") == ()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("requirements.txt", "Django==4.2", True),
        ("requirements.txt", "djangorestframework", False),
        ("pyproject.toml", '[project]\ndependencies = ["django"]', True),
        ("pyproject.toml", '[tool.pylint]\nload-plugins = "django"', False),
        ("setup.py", "setup(install_requires=['Django'])", True),
        ("setup.py", "# django", False),
        ("Pipfile", "[packages]\ndjango = '*'", True),
        ("requirements-dev.txt", "django", False),
        ("docs/requirements.txt", "django", False),
        ("requirements.txt", "-e ./core[x]\n", True),
        ("requirements.txt", "# -e ./core\n./gone\n-e .", False),
    ],
)
def test_mentioning_django(repository: MakeRepository, name: str, text: str, expected: bool) -> None:
    repo = repository({name: text, "core/requirements.txt": "django"})
    assert mentions_django(repo, manifests_in(repo, ".")) is expected
