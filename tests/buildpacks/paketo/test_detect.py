"""bin/detect of the components: each answer was given by the components themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.buildpacks.lifecycle import Code
from analyzer.buildpacks.paketo.detect import detect_all
from analyzer.buildpacks.source import Source

UNKNOWN = '[build-system]\nbuild-backend = "pdm.backend"\n'
PYTHON = '[project]\nrequires-python = ">=3.12"\n'


@pytest.mark.parametrize(
    ("name", "files", "code"),
    [
        ("cpython", {}, Code.PASS),
        ("cpython", {"buildpack.yml": None}, Code.ERROR),
        ("pip-install", {}, Code.FAIL),
        ("pip-install", {"requirements.txt": None}, Code.PASS),
        ("pip-install", {"requirements.txt": Path("missing")}, Code.FAIL),
        ("pip-install", {"a.txt": "", "requirements.txt": Path("a.txt")}, Code.PASS),
        ("pipenv-install", {"Pipfile.lock": "{}"}, Code.FAIL),
        ("pipenv-install", {"Pipfile": ""}, Code.PASS),
        ("pipenv-install", {"Pipfile": None}, Code.ERROR),
        ("pipenv-install", {"Pipfile": "[requires\n"}, Code.ERROR),
        ("pipenv-install", {"Pipfile": "[requires]\npython_version = 3.12\n"}, Code.ERROR),
        ("pipenv-install", {"Pipfile": "[Requires]\npython_version = 3.12\n"}, Code.PASS),
        ("pipenv-install", {"Pipfile": "[requires\n", "Pipfile.lock": "{}"}, Code.PASS),
        ("pipenv-install", {"Pipfile": "", "Pipfile.lock": ""}, Code.ERROR),
        ("pipenv-install", {"Pipfile": "", "Pipfile.lock": '{"default": {"django": {"version": 5}}}'}, Code.ERROR),
        ("pipenv-install", {"Pipfile": "", "Pipfile.lock": '{"default": {"django": {"editable": 5}}}'}, Code.PASS),
        ("conda-env-update", {"environment.yaml": ""}, Code.FAIL),
        ("conda-env-update", {"package-list.txt": ""}, Code.PASS),
        ("poetry", {}, Code.FAIL),
        ("poetry", {"pyproject.toml": ""}, Code.FAIL),
        ("poetry", {"pyproject.toml": PYTHON}, Code.PASS),
        ("poetry", {"pyproject.toml": PYTHON.encode("utf-16")}, Code.ERROR),
        ("poetry", {"pyproject.toml": '[project]\nrequires-python = "=="\n'}, Code.FAIL),
        ("poetry", {"pyproject.toml": "[project]\nrequires-python = 3.12\n"}, Code.ERROR),
        ("poetry", {"pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.12"\n'}, Code.PASS),
        ("poetry", {"pyproject.toml": "[tool.poetry.dependencies]\npython = {version = '^3.12'}\n"}, Code.ERROR),
        ("poetry", {"pyproject.toml": f'{PYTHON}[build-system]\nrequires = "x"\n'}, Code.PASS),
        ("poetry-install", {"pyproject.toml": None}, Code.PASS),
        ("poetry-run", {}, Code.FAIL),
        ("poetry-run", {"pyproject.toml": '[tool.poetry.scripts]\nserve = "a:b"\n'}, Code.PASS),
        ("poetry-run", {"pyproject.toml": '[tool.poetry.scripts]\nserve = "a:b"\nrun = "a:c"\n'}, Code.FAIL),
        ("poetry-run", {"pyproject.toml": '[project.scripts]\nserve = "a:b"\n'}, Code.FAIL),
        ("poetry-run", {"pyproject.toml": "[tool.poetry.scripts]\nserve = {reference = 'a'}\n"}, Code.ERROR),
        ("python-start", {"src/a.py": ""}, Code.FAIL),
        ("python-start", {"Pipfile": "", "setup.cfg": ""}, Code.FAIL),
        ("python-start", {"a.py": None}, Code.PASS),
        ("python-start", {"a.py": Path("missing")}, Code.PASS),
        ("python-start", {"Pipfile.lock": ""}, Code.PASS),
        ("procfile", {}, Code.FAIL),
        ("procfile", {"Procfile": "web : x\n"}, Code.FAIL),
        ("procfile", {"Procfile": "web: x"}, Code.PASS),
        ("procfile", {"Procfile": None}, Code.ERROR),
        ("procfile", {"Procfile": "x" * 65_536 + "\nweb: y\n"}, Code.ERROR),
        ("python-package-managers-run", {}, Code.FAIL),
        ("python-package-managers-run", {"pyproject.toml": UNKNOWN}, Code.ERROR),
        ("python-package-managers-run", {"pyproject.toml": "[build-system]\nrequires = 1\n"}, Code.ERROR),
        ("python-package-managers-run", {"pyproject.toml": '[build-system]\nbuild-backend = "uv_build"\n'}, Code.FAIL),
        ("python-package-managers-run", {"pyproject.toml": "", "uv.lock": ""}, Code.PASS),
        ("python-package-managers-run", {"pixi.toml": ""}, Code.PASS),
        (
            "python-package-managers-run",
            {"pyproject.toml": '[build-system]\nbuild-backend = "setuptools.build_meta"\n'},
            Code.FAIL,
        ),
    ],
)  # fmt: skip
def test_code(source: Callable[..., Source], name: str, files: dict[str, str | bytes | None], code: Code) -> None:
    assert detect_all(source(files))[name].code is code


@pytest.mark.parametrize(
    ("name", "files", "variables", "code"),
    [
        ("pip-install", {"a.txt": "", "b.txt": ""}, {"BP_PIP_REQUIREMENT": "a.txt b.txt"}, Code.PASS),
        ("pip-install", {"a.txt": "", "requirements.txt": ""}, {"BP_PIP_REQUIREMENT": "a.txt b.txt"}, Code.FAIL),
        ("poetry-run", {}, {"BP_POETRY_RUN_TARGET": "x"}, Code.PASS),
        ("poetry-run", {}, {"BP_POETRY_RUN_TARGET": "x", "BP_LIVE_RELOAD_ENABLED": "yes"}, Code.ERROR),
        ("python-start", {"a.py": ""}, {"BP_LIVE_RELOAD_ENABLED": "yes"}, Code.ERROR),
        ("python-start", {"a.py": ""}, {"BP_LIVE_RELOAD_ENABLED": "T"}, Code.PASS),
        ("procfile", {}, {"BP_PROCFILE_DEFAULT_PROCESS": "x"}, Code.PASS),
        ("procfile", {}, {"BP_PROCFILE_DEFAULT_PROCESS": ""}, Code.FAIL),
    ],
)
def test_code_by_variable(
    source: Callable[..., Source], name: str, files: dict[str, str], variables: dict[str, str], code: Code
) -> None:
    assert detect_all(source(files, **variables))[name].code is code


def test_the_only_plan_beside_a_uv_lock_is_that_of_uv(source: Callable[..., Source]) -> None:
    run = detect_all(source({"uv.lock": "", "requirements.txt": ""}))["python-start"]
    assert [[requirement.name for requirement in plan.requires] for plan in run.plans] == [["uv-environment"]]


def test_what_is_missing_is_named(source: Callable[..., Source]) -> None:
    run = detect_all(source({}, BP_PIP_REQUIREMENT="a.txt b.txt"))["pip-install"]
    assert run.reason == "requirements file not found at: 'a.txt', 'b.txt'"
