"""Declarations in files of one folder."""

import json

import pytest

from analyzer.facts.python.declaration import Strength
from analyzer.facts.python.version_files import declarations_in, exact_version
from tests.facts.conftest import MakeRepository


def rows(repository: MakeRepository, name: str, content: str | bytes) -> list[tuple[str, str, int, Strength]]:
    repo = repository({name: content})
    found = list(declarations_in(repo, {name: name}))
    assert all(item.fact.evidence.path == name for item in found)
    return [(item.fact.spec, item.fact.source, item.fact.evidence.line, item.strength) for item in found]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("3.12", [("3.12", 1)]),
        ("3.12.4\n", [("3.12.4", 1)]),
        ("# comment\n\n3.12 # why\n3.11\n", [("3.12", 3), ("3.11", 4)]),
        ("python-3.12.1", [("3.12.1", 1)]),
        ("cpython@3.12", [("3.12", 1)]),
        (">=3.12,<3.14", [(">=3.12,<3.14", 1)]),
        ("3.13t", [("3.13", 1)]),
        ("3.13-dev", [("3.13", 1)]),
        ("3.11.4/envs/shop", [("3.11.4", 1)]),
        ("my-virtualenv\n3.10.2\n", [("3.10.2", 2)]),
        ("pypy3.9-7.3.11", []),
        ("3", []),
        ("", []),
        ("3.12".encode("utf-16"), [("3.12", 1)]),
    ],
)
def test_python_version_files(
    repository: MakeRepository, content: str | bytes, expected: list[tuple[str, int]]
) -> None:
    found = rows(repository, ".python-version", content)
    assert found == [(spec, ".python-version", line, Strength.PYTHON_VERSION) for spec, line in expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("python-3.12.4\n", [("3.12.4", 1)]),
        ("\n# x\npython-3.12\npython-3.11\n", [("3.12", 3)]),
        ("python-3.12.4\r\n".encode("utf-16"), [("3.12.4", 1)]),
        ("python-2.7.18", [("2.7.18", 1)]),
        ("pypy3.6-7.3.2", []),
    ],
)
def test_runtime_txt(repository: MakeRepository, content: str | bytes, expected: list[tuple[str, int]]) -> None:
    found = rows(repository, "runtime.txt", content)
    assert found == [(spec, "runtime.txt", line, Strength.RUNTIME_TXT) for spec, line in expected]


UV_LOCK = 'version = 1\nrequires-python = ">=3.12"\n'
PIPFILE_LOCK = json.dumps({"_meta": {"hash": {}, "requires": {"python_version": "3.12"}}}, indent=4)
PIPFILE_LOCK_FULL = json.dumps(
    {"_meta": {"requires": {"python_version": "3.12", "python_full_version": "3.12.1"}}}, indent=4
)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (".tool-versions", "nodejs 20.1\npython 3.12.1 3.11.0 # x\n", ("3.12.1", ".tool-versions", 2, Strength.TOOL)),
        ("mise.toml", '[tools]\nnode = "20"\npython = "3.12"\n', ("3.12", "mise.toml", 3, Strength.TOOL)),
        (".mise.toml", '[tools]\npython = ["3.11"]\n', ("3.11", ".mise.toml", 2, Strength.TOOL)),
        (
            "mise.toml",
            '[tools]\npython = { version = "3.12", virtualenv = "x" }\n',
            ("3.12", "mise.toml", 2, Strength.TOOL),
        ),
        (
            "render.yaml",
            "envVars:\n  - key: PYTHON_VERSION\n    value: 3.11.6\n",
            ("3.11.6", "render.yaml", 3, Strength.PLATFORM),
        ),
        (
            "render.yaml",
            "services:\n  - type: web\n    runtime: python-3.11\n",
            ("3.11", "render.yaml", 3, Strength.PLATFORM),
        ),
        (
            "nixpacks.toml",
            '[variables]\nNIXPACKS_PYTHON_VERSION = "3.11"\n',
            ("3.11", "nixpacks.toml", 2, Strength.PLATFORM),
        ),
        (
            "project.toml",
            '[[build.env]]\nname = "BP_CPYTHON_VERSION"\nvalue = "3.10"\n',
            ("3.10", "project.toml", 3, Strength.PLATFORM),
        ),
        (
            "fly.toml",
            '# PYTHON_VERSION = "3.9"\n[build.args]\nPYTHON_VERSION = "3.12"\n',
            ("3.12", "fly.toml", 3, Strength.PLATFORM),
        ),
        ("app.yaml", "service: default\nruntime: python312\n", ("3.12", "app.yaml", 2, Strength.PLATFORM)),
        ("Pipfile", '[requires]\npython_version = "3.12"\n', ("3.12", "Pipfile", 2, Strength.PIPFILE)),
        (
            "Pipfile",
            '[requires]\npython_version = "3.12"\npython_full_version = "3.12.1"\n',
            ("3.12.1", "Pipfile", 3, Strength.PIPFILE),
        ),
        ("Pipfile.lock", PIPFILE_LOCK, ("3.12", "Pipfile.lock", 5, Strength.PIPFILE_LOCK)),
        ("Pipfile.lock", PIPFILE_LOCK_FULL, ("3.12.1", "Pipfile.lock", 5, Strength.PIPFILE_LOCK)),
        (
            "pyproject.toml",
            '[project]\nrequires-python = ">=3.12, <4"\n',
            (">=3.12, <4", "pyproject.toml", 2, Strength.RANGE),
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = "^3.11"\n',
            (">=3.11,<4.0", "pyproject.toml", 2, Strength.RANGE),
        ),
        ("uv.lock", UV_LOCK, (">=3.12", "uv.lock", 2, Strength.RANGE)),
        (
            "setup.cfg",
            "[options]\npackages = find:\npython_requires = >=3.9\n",
            (">=3.9", "setup.cfg", 3, Strength.RANGE),
        ),
        ("setup.py", "setup(\n  python_requires='>=3.8',\n)\n", (">=3.8", "setup.py", 2, Strength.RANGE)),
        ("environment.yml", "dependencies:\n  - python=3.11\n", ("3.11", "environment.yml", 2, Strength.CONDA)),
        ("conda.yaml", "dependencies:\n  - python>=3.9\n", (">=3.9", "conda.yaml", 2, Strength.CONDA)),
    ],
)
def test_every_kind_of_file(
    repository: MakeRepository, name: str, content: str, expected: tuple[str, str, int, Strength]
) -> None:
    assert rows(repository, name, content) == [expected]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".tool-versions", "nodejs 20\npython system\n"),
        ("mise.toml", "[tools]\nnode = '20'\n"),
        ("mise.toml", "[tools"),
        ("render.yaml", "# PYTHON_VERSION: 3.9.1\n"),
        ("render.yaml", "runtime: python312\n"),
        ("render.yaml", "runtime: python\n"),
        ("app.yaml", "runtime: custom\n"),
        ("Pipfile", "[requires]\npython_version = 3.12\n"),
        ("Pipfile", "[requires"),
        ("Pipfile.lock", "{"),
        ("Pipfile.lock", "[1]"),
        ("pyproject.toml", "[project]\nrequires-python = 'three'\n"),
        ("pyproject.toml", "[tool.poetry.dependencies]\npython = '*'\n"),
        ("pyproject.toml", "[project"),
        ("uv.lock", "requires-python = 3"),
        ("setup.cfg", "[flake8]\n"),
        ("setup.cfg", "x"),
        ("setup.py", "setup(python_requires=f())"),
        ("environment.yml", "dependencies: [python]"),
        ("README.md", "python 3.12"),
    ],
)
def test_files_that_ask_for_no_version(repository: MakeRepository, name: str, content: str) -> None:
    assert rows(repository, name, content) == []


@pytest.mark.parametrize(
    ("spec", "exact"),
    [
        ("3.12", "3.12"),
        ("3.12.4", "3.12.4"),
        ("==3.12.*", "3.12"),
        ("==3.12", "3.12"),
        ("== 3.12.4", "3.12.4"),
        ("===3.12.4", "3.12.4"),
        (">=3.12,<3.13", "3.12"),
        (">=3.12.0, <3.13.0", "3.12"),
        (">=3.12,<3.14", None),
        (">=3.9,<3.12", None),
        (">=3.12", None),
        ("~=3.12", None),
        ("==3.12.4,!=3.12.5", None),
        ("", None),
    ],
)
def test_exact_versions(spec: str, exact: str | None) -> None:
    assert exact_version(spec) == exact
