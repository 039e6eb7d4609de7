"""Which requirements files production installs."""

import pytest

from analyzer.facts.dependencies.install_evidence import find_installs
from analyzer.facts.dependencies.manifests import manifests_in
from analyzer.facts.dependencies.production_files import installed_files, is_main, main_file
from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from tests.facts.conftest import MakeRepository

DJANGO = "django==4.2\n"


def chosen(repository: MakeRepository, files: dict[str, str], directory: str = ".") -> tuple[str, ...]:
    repo = repository({"manage.py": "", **files})

    def reader() -> RequirementsReader:
        return RequirementsReader(repo=repo, working_directory=directory, project_name=lambda folder: None)

    manifests = manifests_in(repo, directory)
    return installed_files(manifests, find_installs(repo, directory), lambda path: reader().read(path, None))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"requirements.txt": DJANGO, "requirements-dev.txt": "pytest"}, ("requirements.txt",)),
        (
            {"requirements.txt": DJANGO, "requirements-prod.txt": "-r requirements.txt\ngunicorn"},
            ("requirements-prod.txt",),
        ),
        (
            {"requirements.txt": DJANGO, "requirements-prod.txt": "gunicorn"},
            ("requirements.txt", "requirements-prod.txt"),
        ),
        (
            {
                "requirements/base.txt": DJANGO,
                "requirements/local.txt": "-r base.txt",
                "requirements/production.txt": "-r base.txt",
            },
            ("requirements/production.txt",),
        ),
        (
            {"requirements/base.txt": DJANGO, "requirements/production.txt": "gunicorn"},
            ("requirements/base.txt", "requirements/production.txt"),
        ),
        ({"requirements/base.txt": DJANGO, "requirements/gpu.txt": "torch"}, ("requirements/base.txt",)),
        ({"requirements/web.txt": DJANGO, "requirements/gpu.txt": "torch"}, ("requirements/web.txt",)),
        ({"requirements/web.txt": "flask"}, ("requirements/web.txt",)),
        ({"requirements/web.txt": "flask", "requirements/gpu.txt": "torch"}, ()),
        (
            {
                "requirements.txt": "-r requirements-dev.txt\n" + DJANGO,
                "requirements-dev.txt": "pytest",
                "requirements-base.txt": DJANGO,
                "requirements-prod.txt": "gunicorn",
            },
            ("requirements-base.txt", "requirements-prod.txt"),
        ),
        ({"requirements.txt": "-r requirements/prod.txt", "requirements/prod.txt": DJANGO}, ("requirements.txt",)),
        ({"requirements-dev.txt": DJANGO}, ()),
        ({"requirements.in": DJANGO, "requirements.txt": "# compiled\n" + DJANGO}, ("requirements.txt",)),
        ({"requeriments.txt": DJANGO}, ("requeriments.txt",)),
    ],
)
def test_by_name(repository: MakeRepository, files: dict[str, str], expected: tuple[str, ...]) -> None:
    assert chosen(repository, files) == expected


LAYERED = {
    "requirements/base.txt": DJANGO,
    "requirements/production.txt": "-r base.txt",
    "requirements/web.txt": DJANGO,
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"Dockerfile": "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements/web.txt"},
            ("requirements/production.txt",),
        ),
        (
            {"Dockerfile.prod": "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements/web.txt"},
            ("requirements/web.txt",),
        ),
        ({"render.yaml": "buildCommand: pip install -r requirements/web.txt"}, ("requirements/web.txt",)),
        (
            {"Dockerfile.dev": "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements/web.txt"},
            ("requirements/production.txt",),
        ),
        ({".github/workflows/ci.yml": "- run: pip install -r requirements/web.txt"}, ("requirements/production.txt",)),
    ],
)
def test_commands_and_names(repository: MakeRepository, files: dict[str, str], expected: tuple[str, ...]) -> None:
    assert chosen(repository, {**LAYERED, **files}) == expected


@pytest.mark.parametrize("name", ["Dockerfile", ".github/workflows/ci.yml", "scripts/build.sh"])
def test_commands_decide_where_no_name_does(repository: MakeRepository, name: str) -> None:
    command = "pip install -r requirements/web.txt"
    text = f"FROM python:3.12\nCOPY . .\nRUN {command}" if name == "Dockerfile" else command
    files = {"requirements/web.txt": "flask", "requirements/gpu.txt": "torch", name: text}
    assert chosen(repository, files) == ("requirements/web.txt",)


def test_a_file_of_the_image_that_includes_productions(repository: MakeRepository) -> None:
    files = {
        "install/all.txt": "-r ../requirements/production.txt\n",
        "Dockerfile": "FROM python:3.12\nCOPY . .\nRUN pip install -r install/all.txt",
    }
    assert chosen(repository, {**LAYERED, **files}) == ("install/all.txt",)


def test_an_image_goes_before_the_usual_names(repository: MakeRepository) -> None:
    files = {
        "requirements.txt": DJANGO,
        "requirements/web.txt": DJANGO,
        "Dockerfile": "FROM python:3.12\nCOPY . /app\nRUN pip install -r /app/requirements/web.txt",
    }
    assert chosen(repository, files) == ("requirements/web.txt",)


def test_a_procfile_has_the_plain_file_installed(repository: MakeRepository) -> None:
    files = {"Procfile": "web: gunicorn x", "requirements.txt": DJANGO, "requirements-prod.txt": "-r requirements.txt"}
    assert chosen(repository, files) == ("requirements.txt",)
    image = {"Dockerfile": "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements-prod.txt"}
    assert chosen(repository, files | image) == ("requirements-prod.txt",)


def test_names_count_below_the_folder_of_the_project(repository: MakeRepository) -> None:
    files = {"dev/requirements.txt": DJANGO, "dev/requirements-prod.txt": "-r requirements.txt"}
    assert chosen(repository, files, "dev") == ("dev/requirements-prod.txt",)


def test_the_plain_file(repository: MakeRepository) -> None:
    repo = repository({"app/requirements.txt": "", "requirements/base.txt": ""})
    assert main_file(manifests_in(repo, "app")) == "app/requirements.txt"
    assert main_file(manifests_in(repo, ".")) is None
    assert is_main("app", "app/requirements.txt")
    assert not is_main(".", "app/requirements.txt")
    assert not is_main(".", "requirements-dev.txt")
