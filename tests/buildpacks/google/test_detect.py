"""bin/detect of the buildpacks: each answer was given by the programs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.buildpacks.google.detect import detect_all
from analyzer.buildpacks.google.files import anywhere
from analyzer.buildpacks.google.tables import stack
from analyzer.buildpacks.lifecycle import Code
from analyzer.buildpacks.source import Source

PASS, FAIL, ERROR = Code.PASS, Code.FAIL, Code.ERROR
CASES: list[tuple[str, dict[str, str | bytes | Path | None], Code]] = [
    ("python.runtime", {}, FAIL),
    ("python.runtime", {"a/b/c.py": ""}, PASS),
    ("python.runtime", {"node_modules/x/a.py": "", "web/node_modules/a.py": ""}, FAIL),
    ("python.runtime", {"venv/lib/a.py": ""}, PASS),
    ("python.runtime", {"a.py": None}, PASS),
    ("python.runtime", {"src/a.py": Path("missing")}, PASS),
    ("python.runtime", {"a.pyc": "", "b.py.txt": ""}, FAIL),
    ("python.runtime", {"supervisord.conf": ""}, PASS),
    ("python.poetry", {"poetry.lock": ""}, FAIL),
    ("python.poetry", {"pyproject.toml": "", "poetry.lock": ""}, PASS),
    ("python.poetry", {"pyproject.toml": "", "poetry.lock": "", "requirements.txt": ""}, FAIL),
    ("python.poetry", {"pyproject.toml": "[tool.poetry]\n"}, PASS),
    ("python.poetry", {"pyproject.toml": "[tool]\npoetry = 1\n"}, PASS),
    ("python.poetry", {"pyproject.toml": "[tool.Poetry]\n"}, FAIL),
    ("python.poetry", {"pyproject.toml": "[tool.poetry\n"}, FAIL),
    ("python.poetry", {"pyproject.toml": None}, ERROR),
    ("python.uv", {}, FAIL),
    ("python.uv", {"pyproject.toml": "["}, PASS),
    ("python.uv", {"pyproject.toml": None}, PASS),
    ("python.uv", {"uv.lock": ""}, FAIL),
    ("python.uv", {"pyproject.toml": "", "uv.lock": "", "requirements.txt": ""}, FAIL),
    ("python.uv", {"requirements.txt": "", ".python-version": "3.14\n"}, PASS),
    ("python.uv", {"requirements.txt": "", ".python-version": "3.14.0rc1\n"}, PASS),
    ("python.uv", {"requirements.txt": "", ".python-version": "3.14.x\n"}, FAIL),
    ("python.uv", {"requirements.txt": "", ".python-version": ""}, FAIL),
    ("python.pip", {}, PASS),
    ("python.webserver", {}, PASS),
    ("python.webserver", {"requirements.txt": "django\ngunicorn==23.0\r\n"}, FAIL),
    ("python.webserver", {"requirements.txt": "gunicorn"}, FAIL),
    ("python.webserver", {"requirements.txt": "git+https://x#egg=gunicorn\n"}, FAIL),
    ("python.webserver", {"requirements.txt": "Gunicorn\n"}, PASS),
    ("python.webserver", {"requirements.txt": " gunicorn\n"}, PASS),
    ("python.webserver", {"requirements.txt": "gunicorn-x\ngunicorn_x\ngunicorn2\n"}, PASS),
    ("python.webserver", {"requirements.txt": "-r base.txt\n", "base.txt": "gunicorn\n"}, PASS),
    ("python.webserver", {"requirements.txt": "gunicorn\n".encode("utf-16")}, PASS),
    ("python.webserver", {"requirements.txt": b"\xef\xbb\xbfgunicorn\n"}, PASS),
    ("python.webserver", {"requirements.txt": None}, ERROR),
    ("python.missing-entrypoint", {"manage.py": ""}, PASS),
    ("python.missing-entrypoint", {}, FAIL),
    ("config.entrypoint", {}, FAIL),
    ("config.entrypoint", {"Procfile": ""}, PASS),
    ("config.entrypoint", {"Procfile": None}, PASS),
    ("config.entrypoint", {"procfile": ""}, FAIL),
    ("config.entrypoint", {"app.yaml": "entrypoint: x\n"}, FAIL),
    ("nodejs.runtime", {"a.js": None}, PASS),
    ("nodejs.runtime", {"src/a.js": ""}, FAIL),
    ("nodejs.runtime", {"a.ts": ""}, FAIL),
    ("nodejs.npm", {"package.json": None}, PASS),
    ("nodejs.npm", {"a.js": "", "package-lock.json": ""}, FAIL),
    ("nodejs.yarn", {"package.json": "", "yarn.lock": ""}, PASS),
    ("nodejs.yarn", {"yarn.lock": ""}, FAIL),
    ("nodejs.bun", {"package.json": "", "bun.lockb": ""}, PASS),
]


@pytest.mark.parametrize(("name", "files", "code"), CASES)
def test_code(source: Callable[..., Source], name: str, files: dict[str, str | None], code: Code) -> None:
    assert detect_all(source(files), stack("google-22"))[name].code is code


@pytest.mark.parametrize(
    ("name", "files", "variables", "code"),
    [
        ("python.runtime", {}, {"GOOGLE_RUNTIME": " Python312 "}, PASS),
        ("python.runtime", {"a.py": ""}, {"GOOGLE_RUNTIME": "nodejs20"}, FAIL),
        ("python.uv", {"requirements.txt": ""}, {"GOOGLE_PYTHON_PACKAGE_MANAGER": "UV"}, PASS),
        ("python.uv", {"pyproject.toml": ""}, {"GOOGLE_PYTHON_PACKAGE_MANAGER": "pip"}, FAIL),
        ("python.uv", {"pyproject.toml": "", "uv.lock": ""}, {"GOOGLE_PYTHON_PACKAGE_MANAGER": "pip"}, PASS),
        ("python.uv", {"requirements.txt": ""}, {"GOOGLE_PYTHON_VERSION": "3.14.2"}, PASS),
        ("python.webserver", {}, {"GOOGLE_ENTRYPOINT": "x"}, FAIL),
        ("config.entrypoint", {}, {"GOOGLE_ENTRYPOINT": "x"}, PASS),
        ("config.entrypoint", {}, {"GOOGLE_ENTRYPOINT": ""}, FAIL),
        ("config.entrypoint", {"a.yaml": "entrypoint: x\n"}, {"GAE_APPLICATION_YAML_PATH": "a.yaml"}, PASS),
        ("config.entrypoint", {"a.yaml": "env: flex\n"}, {"GAE_APPLICATION_YAML_PATH": "a.yaml"}, FAIL),
        ("config.entrypoint", {"a.yaml": ": :\n"}, {"GAE_APPLICATION_YAML_PATH": "a.yaml"}, FAIL),
        ("config.flex", {"a.yaml": "env : flexible\n"}, {"GAE_APPLICATION_YAML_PATH": "a.yaml"}, PASS),
        ("config.flex", {"a.yaml": "env: standard\n"}, {"GAE_APPLICATION_YAML_PATH": "a.yaml"}, FAIL),
        ("python.functions-framework", {}, {"GOOGLE_FUNCTION_TARGET": ""}, PASS),
        ("nodejs.yarn", {"package.json": ""}, {"GOOGLE_PACKAGE_MANAGER": "Yarn"}, PASS),
        ("nodejs.runtime", {"a.ts": ""}, {"GOOGLE_NODEJS_VERSION": "^24.1"}, PASS),
        ("nodejs.runtime", {}, {"GOOGLE_NODEJS_VERSION": "latest"}, ERROR),
    ],
)
def test_code_by_variable(
    source: Callable[..., Source], name: str, files: dict[str, str], variables: dict[str, str], code: Code
) -> None:
    assert detect_all(source(files, **variables), stack("google-22"))[name].code is code


def test_the_stack_decides_about_uv_and_typescript(source: Callable[..., Source]) -> None:
    written = source({"requirements.txt": "", "a.ts": ""})
    for name in ("python.uv", "nodejs.runtime"):
        assert [detect_all(written, stack(f"google-{n}"))[name].code for n in (22, 24)] == [FAIL, PASS]


def test_pip_drops_out_of_the_plan_without_requirements(source: Callable[..., Source]) -> None:
    assert detect_all(source({}), stack("google-22"))["python.pip"].plans[0].provides == ()
    assert detect_all(source({"requirements.txt": ""}), stack("google-22"))["python.pip"].plans[0].provides


def test_the_nearest_file_is_found_in_the_snapshot(source: Callable[..., Source]) -> None:
    written = source({"z/b.py": "", "a/c/d.py": "", "node_modules/n.py": ""})
    assert anywhere(written, ".py", outside_dependencies=True) == "z/b.py"


def test_folders_that_the_snapshot_leaves_out_are_walked(source: Callable[..., Source]) -> None:
    written = source({"venv/bin/x.py": "", "a/node_modules/n.py": "", ".git/refs/b.py": ""})
    assert anywhere(written, ".py", outside_dependencies=True) == "venv/bin/x.py"
    assert anywhere(source({}), ".rs", outside_dependencies=False) is None
