"""Nothing of a repository runs: whatever in it can be imported or executed leaves a mark when it is.

tests/architecture/test_only_reads.py watches the same from inside, by the interpreter's audit events.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.safety.hostile import DOCTOR, doctor, write

PROGRAMS = ("git", "python", "python3", "pip", "docker", "make", "npm", "node", "sh", "uname", "ldconfig", "gcc")
"""Names that a careless program would start by, where the working directory is on the path."""
MODULES = (
    "manage.py",
    "setup.py",
    "conftest.py",
    "noxfile.py",
    "sitecustomize.py",
    "usercustomize.py",
    "gunicorn.conf.py",
    "analyzer/__init__.py",
    "yaml/__init__.py",
    "docker.py",
    "typer/__init__.py",
    "libcst/__init__.py",
    "packaging/__init__.py",
    "jinja2/__init__.py",
    "json.py",
    "ast.py",
    "tomllib.py",
    "shop/__init__.py",
    "shop/settings.py",
    "shop/urls.py",
    "shop/wsgi.py",
    "shop/celery.py",
    "shop/apps.py",
    "shop/models.py",
    "shop/migrations/__init__.py",
    "shop/migrations/0001_initial.py",
    "shop/templatetags/__init__.py",
)
HOOKS = ("pre-commit", "post-checkout", "post-index-change", "fsmonitor-watchman", "reference-transaction")
FORMATS = ("a.txt", "a.md", "a.html", "a.json", "a.sarif", "a.patch")
COMMANDS = (
    ("scan", "--exit-zero", *(f"--output=../out/{name}" for name in FORMATS)),
    ("scan", "--exit-zero", "--format", "github"),
    ("detect", "--why"),
    ("plan", "--verbose"),
    ("emit", "--stdout", "--only", "dockerfile,dockerignore,app-spec,deploy-template,compose"),
    ("emit", "--out-dir", "../out"),
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which everything that can run would leave a file in the folder `marks` beside it."""
    marks, root = tmp_path / "marks", tmp_path / "repo"
    marks.mkdir()
    (tmp_path / "out").mkdir()

    def python(name: str) -> str:
        return f"open({str(marks / name.replace('/', '_'))!r}, 'w').close()\n"

    def shell(name: str) -> str:
        return f"#!/bin/sh\n: > '{marks / name.replace('/', '_')}'\n"

    mark = shell("of_a_line").splitlines()[1]
    files = {name: python(name) for name in MODULES}
    files["manage.py"] += 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
    files["shop/settings.py"] += 'import os\nos.system("' + mark + '")\nROOT_URLCONF = "shop.urls"\n'
    files |= {name: shell(name) for name in PROGRAMS}
    files |= {f"node_modules/.bin/{name}": shell(f"bin {name}") for name in ("vite", "webpack")}
    files |= {f".git/hooks/{name}": shell(f"hook {name}") for name in HOOKS}
    files |= {
        "shop.pth": "import os; " + python("pth"),
        ".git/HEAD": "ref: refs/heads/main\n",
        ".git/objects/x": "",
        ".git/refs/x": "",
        ".git/config": f'[core]\n\trepositoryformatversion = 0\n\tfsmonitor = "{mark};false"\n\tpager = "{mark}"\n'
        f'\tsshCommand = "{mark}"\n\teditor = "{mark}"\n[diff "x"]\n\ttextconv = "{mark};cat"\n'
        f'\tcommand = "{mark}"\n[filter "x"]\n\tclean = "{mark};cat"\n\tsmudge = "{mark};cat"\n'
        f'[alias]\n\tstatus = "!{mark}"\n[remote "origin"]\n\turl = "ext::sh -c \'{mark}\'"\n',
        ".gitattributes": "* diff=x filter=x\n",
        ".gitmodules": f'[submodule "x"]\n\tpath = x\n\turl = ./x\n\tupdate = !{mark}\n',
        "pip.conf": "[global]\nindex-url = file:///nowhere\n",
        "setup.cfg": "[metadata]\nversion = attr: shop.settings.VERSION\n",
        "pyproject.toml": '[build-system]\nrequires = ["setuptools"]\nbackend-path = ["."]\nbuild-backend = "setup"\n',
        "requirements.txt": "django==5.2.7\ncelery==5.5.3\n-e .\n",
        "Makefile": f"A := $(shell {mark})\nall:\n\t{mark}\n",
        "package.json": f'{{"scripts": {{"build": "{mark} && vite build", "preinstall": "{mark}"}}}}\n',
        "vite.config.js": f"require('fs').writeFileSync('{marks / 'vite'}', '')\n",
        "Procfile": f"web: {mark}; gunicorn shop.wsgi\nrelease: ./release.sh\n",
        "release.sh": shell("release"),
        "Dockerfile": f"FROM python:3.12\nRUN {mark}\nCMD ./release.sh\n",
        ".envrc": f"{mark}\n",
        ".env": f"A=$({mark})\n",
        ".profile": f"{mark}\n",
        ".pre-commit-config.yaml": "repos: !!python/object/apply:os.system ['" + mark.replace("'", "") + "']\n",
        "docker-compose.yml": "services: !!python/object/apply:os.system ['" + mark.replace("'", "") + "']\n",
    }
    write(root, files)
    for path in root.rglob("*"):
        if path.is_file() and path.read_bytes().startswith(b"#!"):
            path.chmod(0o755)
    return root


def state(root: Path) -> dict[str, tuple[int, bytes]]:
    """Time of change and content of every file."""
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in root.rglob("*") if path.is_file()}


def marks_of(root: Path) -> list[str]:
    return sorted(path.name for path in (root.parent / "marks").iterdir())


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_nothing_runs_in_its_own_folder(repository: Path, arguments: tuple[str, ...]) -> None:
    before = state(repository)
    command, *options = arguments
    path = f".{os.pathsep}{os.environ['PATH']}"
    done = doctor(repository.parent, command, ".", *options, folder=repository, PATH=path)
    assert (done.code, marks_of(repository)) == (0, [])
    assert state(repository) == before


def test_nothing_runs_from_elsewhere(repository: Path) -> None:
    done = doctor(repository.parent, "scan", repository, "--exit-zero", "--verbose")
    assert (done.code, marks_of(repository)) == (0, [])


def test_a_rule_is_explained_without_the_folder_one_is_in(repository: Path) -> None:
    assert doctor(repository.parent, "explain", folder=repository).code == 0
    assert marks_of(repository) == []


@pytest.mark.parametrize(
    ("command", "mark"),
    [
        ([sys.executable, "-m", "shop.settings"], "shop_settings.py"),
        ([sys.executable, "-c", "import json"], "json.py"),
        ([sys.executable, "-m", "analyzer", "explain"], "analyzer___init__.py"),
        (["./git", "status"], "git"),
        (["git", "status"], "of_a_line"),
        (["sh", "-c", ". ./.env"], "of_a_line"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(map(str, value[1:])),
)
def test_the_traps_work(repository: Path, command: list[str], mark: str) -> None:
    subprocess.run(command, cwd=repository, capture_output=True, timeout=60, check=False)
    assert mark in marks_of(repository)


def test_the_command_is_installed() -> None:
    assert Path(DOCTOR).is_file()
