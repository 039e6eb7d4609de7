"""Installed packages that are part of a repository."""

import os
import subprocess
from pathlib import Path

import pytest

from analyzer.facts.committed_packages import committed_packages
from analyzer.snapshot.repository import RepositorySnapshot

FILES = ("venv/pyvenv.cfg", "web/node_modules/left-pad/index.js", ".mypy_cache/x.json", "manage.py", "lib/tools.py")


def found_in(root: Path) -> list[str]:
    return [one.path for one in committed_packages(RepositorySnapshot.open(root))]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in FILES:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    return tmp_path


def test_environments_and_packages_of_the_front_end(root: Path) -> None:
    found = committed_packages(RepositorySnapshot.open(root))
    assert [one.path for one in found] == ["venv", "web/node_modules"]
    assert found[0].reason == "a virtual environment"


def test_without_git_data_ignore_files_decide(root: Path) -> None:
    (root / ".gitignore").write_text("node_modules/\n")
    assert found_in(root) == ["venv"]


def test_with_git_data_only_tracked_folders_count(root: Path) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "-q"], cwd=root, env=environment, check=True, timeout=60)
    assert found_in(root) == []
    subprocess.run(["git", "add", "web"], cwd=root, env=environment, check=True, timeout=60)
    assert found_in(root) == ["web/node_modules"]
