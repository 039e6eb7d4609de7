"""Which package manager installs the project."""

import pytest

from analyzer.facts.dependencies.install_evidence import find_installs
from analyzer.facts.dependencies.manifests import manifests_in
from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from analyzer.facts.package_manager import PackageManager, decide_package_manager
from analyzer.model.evidence import Certainty
from tests.facts.conftest import MakeRepository

POETRY = "[tool.poetry.dependencies]\ndjango = '*'\n"
PROJECT = "[project]\ndependencies = ['django']\n"
PIPFILE = "[packages]\ndjango = '*'\n"
IMAGE = "FROM python:3.12\nCOPY . .\nRUN "


def decide(repository: MakeRepository, files: dict[str, str]) -> PackageManager:
    repo = repository({"manage.py": "", **files})

    def read(path: str) -> RequirementsReader:
        return RequirementsReader(repo=repo, working_directory=".", project_name=lambda folder: None)

    return decide_package_manager(
        repo, manifests_in(repo, "."), find_installs(repo, "."), lambda path: read(path).read(path, None)
    )


@pytest.mark.parametrize(
    ("files", "name", "place"),
    [
        ({"requirements.txt": "django"}, "pip", ("requirements.txt", 1)),
        ({"requirements/prod.txt": "django"}, "pip", ("requirements/prod.txt", 1)),
        ({"requirements/odd.txt": "django"}, "pip", ("requirements/odd.txt", 1)),
        ({"pylock.toml": ""}, "pip", ("pylock.toml", 1)),
        ({"Pipfile": PIPFILE}, "pipenv", ("Pipfile", 1)),
        ({"Pipfile": PIPFILE, "Pipfile.lock": "{}"}, "pipenv", ("Pipfile.lock", 1)),
        ({"pyproject.toml": POETRY}, "poetry", ("pyproject.toml", 1)),
        ({"pyproject.toml": PROJECT + "[tool.uv]\npackage = false\n"}, "uv", ("pyproject.toml", 3)),
        ({"pyproject.toml": PROJECT + "[tool.pdm]\n"}, "pdm", ("pyproject.toml", 3)),
        ({"pyproject.toml": PROJECT}, "setuptools", ("pyproject.toml", 2)),
        ({"pyproject.toml": PROJECT, "uv.lock": ""}, "uv", ("uv.lock", 1)),
        ({"setup.py": "setup(\n  install_requires=['django'])"}, "setuptools", ("setup.py", 2)),
        ({"environment.yml": "dependencies: [django]"}, "conda", ("environment.yml", 1)),
        ({"pyproject.toml": "[dependency-groups]\ndev = []\nweb = ['django']\n"}, "pip", ("pyproject.toml", 3)),
        ({"pyproject.toml": "[dependency-groups]\ndev = ['django']\n"}, None, ("pyproject.toml", 1)),
        ({"pyproject.toml": "[tool.ruff]\n"}, None, ("pyproject.toml", 1)),
        ({"requirements-dev.txt": "django"}, None, ("requirements-dev.txt", 1)),
    ],
)
def test_by_the_files_alone(
    repository: MakeRepository, files: dict[str, str], name: str | None, place: tuple[str, int]
) -> None:
    found = decide(repository, files)
    assert (found.name, (found.evidence.path, found.evidence.line)) == (name, place)
    assert found.found == (() if name is None else (name,))
    assert found.certainty is (Certainty.LIKELY if name is None else Certainty.CERTAIN)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"poetry.lock": "", "pyproject.toml": POETRY, "requirements.txt": "django"}, ("poetry", "pip")),
        ({"requirements.txt": "django", "pyproject.toml": POETRY}, ("pip", "poetry")),
        ({"requirements/odd.txt": "django", "pyproject.toml": POETRY}, ("poetry", "pip")),
        ({"requirements.txt": "django", "setup.py": "setup(install_requires=[])"}, ("pip", "setuptools")),
        ({"uv.lock": "", "poetry.lock": "", "pyproject.toml": POETRY}, ("poetry", "uv")),
        ({"uv.lock": "", "poetry.lock": "", "pyproject.toml": PROJECT}, ("uv", "poetry")),
        (
            {
                "uv.lock": "",
                "Pipfile.lock": "{}",
                "pyproject.toml": PROJECT,
                ".github/workflows/ci.yml": "- run: pipenv sync\n",
            },
            ("pipenv", "uv"),
        ),
    ],
)
def test_of_several_the_strongest_comes_first(
    repository: MakeRepository, files: dict[str, str], found: tuple[str, ...]
) -> None:
    decided = decide(repository, files)
    assert decided.found == found
    assert decided.name == found[0]


EVERYTHING = {"uv.lock": "", "pyproject.toml": PROJECT, "requirements.txt": "django", "Pipfile": PIPFILE}


@pytest.mark.parametrize(
    ("files", "name", "place"),
    [
        ({"Dockerfile": IMAGE + "pip install -r requirements.txt"}, "pip", ("Dockerfile", 3)),
        ({"Dockerfile": IMAGE + "pip install pipenv && \\\n pipenv sync"}, "pipenv", ("Dockerfile", 4)),
        (
            {"Dockerfile": IMAGE + "uv export -o requirements.txt && pip install -r requirements.txt"},
            "uv",
            ("Dockerfile", 3),
        ),
        ({"Dockerfile": IMAGE + "pip install ."}, "uv", ("uv.lock", 1)),
        ({"Dockerfile": IMAGE + "pip wheel --group web ."}, "uv", ("uv.lock", 1)),
        ({"Dockerfile": IMAGE + "poetry install"}, "uv", ("uv.lock", 1)),
        ({"Dockerfile.dev": IMAGE + "pip install -r requirements.txt"}, "uv", ("uv.lock", 1)),
        ({".github/workflows/ci.yml": "- run: pip install -r requirements.txt"}, "uv", ("uv.lock", 1)),
        (
            {"Dockerfile": IMAGE + "uv sync", "Dockerfile.prod": IMAGE + "pip install -r requirements.txt"},
            "pip",
            ("Dockerfile.prod", 3),
        ),
        (
            {"render.yaml": "buildCommand: pipenv install --deploy\n", "Dockerfile": IMAGE + "uv sync"},
            "pipenv",
            ("render.yaml", 1),
        ),
        ({"Procfile": "web: gunicorn x"}, "pip", ("requirements.txt", 1)),
        ({"Procfile": "web: gunicorn x", "Dockerfile": IMAGE + "uv sync"}, "uv", ("Dockerfile", 3)),
        ({"Procfile": "web: gunicorn x", "Pipfile.lock": "{}"}, "pipenv", ("Pipfile.lock", 1)),
    ],
)
def test_what_production_runs_decides(
    repository: MakeRepository, files: dict[str, str], name: str, place: tuple[str, int]
) -> None:
    found = decide(repository, {**EVERYTHING, **files})
    assert (found.name, (found.evidence.path, found.evidence.line)) == (name, place)
    assert found.found[0] == name
    assert set(found.found) == {"uv", "pip", "pipenv"}
