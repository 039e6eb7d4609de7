"""lib/package_manager.sh: the first file decides; what is an error differs by release."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.heroku_classic.compile import predict_newest, predict_v322
from analyzer.buildpacks.source import Source


@pytest.mark.parametrize(
    ("files", "manager"),
    [
        ({"Pipfile.lock": "{}", "requirements.txt": "", "poetry.lock": "", "uv.lock": ""}, "pipenv"),
        ({"requirements.txt": "", "poetry.lock": "", "uv.lock": ""}, "pip"),
        ({"poetry.lock": "", "uv.lock": ""}, "poetry"),
    ],
)
def test_several_managers(source: Callable[..., Source], files: dict[str, str], manager: str) -> None:
    given = source(files)
    old, new = predict_v322(given), predict_newest(given)
    assert old.package_manager == manager
    assert "package-manager::multiple-found" in [w.id for w in old.warnings]
    assert new.package_manager is None
    assert new.error is not None
    assert (new.error.id, new.error.mode) == ("package-manager::multiple-found", "B9")
    assert [e.path for e in new.error.evidence] == list(files)


@pytest.mark.parametrize(
    ("name", "manager", "command"),
    [
        ("requirements.txt", "pip", "pip install -r requirements.txt "),
        ("poetry.lock", "poetry", "poetry sync --only main "),
        ("uv.lock", "uv", "uv sync --locked --no-default-groups "),
        ("Pipfile.lock", "pipenv", "pipenv install --deploy"),
    ],
)
def test_one_manager(source: Callable[..., Source], name: str, manager: str, command: str) -> None:
    prediction = predict_newest(source({name: "{}", ".python-version": "3.13"}))
    assert prediction.package_manager == manager
    assert prediction.error is None
    assert prediction.warnings == ()
    assert prediction.install_command is not None
    assert prediction.install_command.startswith(command)


def test_a_pipfile_without_lock_stops_the_build_whatever_else_is_there(source: Callable[..., Source]) -> None:
    error = predict_v322(source({"Pipfile": "", "requirements.txt": "", "Pipfile.lock": None})).error
    assert error is not None
    assert (error.id, error.mode) == ("package-manager::pipenv-missing-lockfile", "B8")
    assert "requirements.txt" in error.fix


def test_setup_py_alone(source: Callable[..., Source]) -> None:
    given = source({"setup.py": "", "requirements.txt": None})
    old, new = predict_v322(given), predict_newest(given)
    assert old.package_manager == "setuptools"
    assert old.install_command is not None
    assert old.install_command.startswith("pip install --editable . ")
    assert old.warnings[0].id == "package-manager::setup-py-only"
    assert new.error is not None
    assert new.error.id == "package-manager::setup-py-only"


def test_setup_py_beside_another_file_does_not_matter(source: Callable[..., Source]) -> None:
    prediction = predict_newest(source({"setup.py": "", "requirements.txt": ""}))
    assert prediction.package_manager == "pip"
    assert prediction.error is None


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"requirements/base.txt": "", "requirements/production.txt": ""}, "-r requirements/production.txt"),
        ({"requirements/django.txt": ""}, "-r requirements/django.txt"),
        ({"requirments.txt": ""}, "rename requirments.txt"),
        ({"pyproject.toml": "[build-system]\n[tool.poetry]\n"}, "poetry lock"),
        ({"pyproject.toml": "[project]\nname = 'a'\n"}, "uv lock"),
        ({"pdm.lock": ""}, "pdm export"),
        ({"manage.py": "", "api/uv.lock": ""}, "build the folder api"),
        ({"manage.py": ""}, "add a requirements.txt"),
    ],
)
def test_without_any_the_smallest_change_is_named(
    source: Callable[..., Source], files: dict[str, str], words: str
) -> None:
    error = predict_v322(source({"app.py": "", **files})).error
    assert error is not None
    assert (error.id, error.mode) == ("package-manager::none-found", "B1")
    assert words in error.fix
