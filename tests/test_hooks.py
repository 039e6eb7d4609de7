"""The hooks for pre-commit, installed and run as somebody has them who uses them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.examples import lay_out

ROOT = Path(__file__).parent.parent
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the hooks and the program, as it is now."""
    folder = tmp_path_factory.mktemp("doctor")
    for name in ("analyzer", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "doctor")
    return folder


def run(hooks: Path, hook: str, project: Path) -> subprocess.CompletedProcess[str]:
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=hooks, capture_output=True, text=True, check=True)
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {head.stdout.strip()}\n    hooks:\n      - id: {hook}\n"
    )
    git(project, "add", "-A")
    return subprocess.run([*PRE_COMMIT, "run"], cwd=project, capture_output=True, text=True, timeout=280, check=False)


@pytest.mark.timeout(600)
def test_hooks(hooks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    project = tmp_path / "project"
    lay_out(project, {})
    git(project, "init", "-q")
    passed = run(hooks, "doctor-scan", project)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout
    missing = run(hooks, "doctor-emit-check", project)
    assert missing.returncode == 1
    assert "Dockerfile" in missing.stdout
    lay_out(project, {"shop/settings.py": 'from shop.defaults import *\nALLOWED_HOSTS = ["shop.example"]\n'})
    failed = run(hooks, "doctor-scan", project)
    assert failed.returncode == 1
    assert "allowed-hosts-fixed" in failed.stdout
