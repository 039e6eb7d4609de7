"""A fault of doctor itself: exit code 70, and one paragraph that names the version, the stage and the file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer import __version__
from tests.safety.hostile import write

# What fails is a function that a command calls, in a process of its own: no repository is known that makes one fail.
PROGRAM = """
import importlib, sys
module, _, name = sys.argv.pop(1).rpartition(".")
def fail(*arguments, **options):
    raise {error}
setattr(importlib.import_module(module), name, fail)
from analyzer.cli import main
main()
"""
ERROR = "ValueError('first line\\nsecond line')"


def fault(root: Path, function: str, *arguments: str, error: str = ERROR) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-c", PROGRAM.replace("{error}", error), function, *arguments]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DOCTOR_")}
    return subprocess.run(command, cwd=root, env=plain, capture_output=True, text=True, timeout=100, check=False)


@pytest.mark.parametrize(
    ("function", "stage", "arguments"),
    [
        ("analyzer.snapshot.repository.list_files", "read the repository", ("scan",)),
        ("analyzer.facts.collect.collect_environment", "collect the facts, at the file shop/settings.py", ("scan",)),
        ("analyzer.buildpacks.registry.predict_all", "predict the buildpacks, at the file", ("detect",)),
        ("analyzer.plan.planner.plan_deployment", "plan the deployment", ("plan",)),
        ("analyzer.plan.planner.plan_deployment", "plan the deployment", ("emit", ".")),
        ("analyzer.render.report.json.render", "render the report", ("scan", "--format", "json")),
    ],
)
def test_one_paragraph(tmp_path: Path, function: str, stage: str, arguments: tuple[str, ...]) -> None:
    done = fault(write(tmp_path / "repo"), function, *arguments)
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr.startswith(f"error: internal error in doctor {__version__} (exit 70)\n  stage: {stage}")
    assert "\n  ValueError: first line\n  at analyzer/" in done.stderr
    assert "Traceback" not in done.stderr
    assert "\n\n" not in done.stderr
    assert str(tmp_path) not in done.stderr


def test_the_traceback_for_those_who_ask(tmp_path: Path) -> None:
    done = fault(write(tmp_path / "repo"), "analyzer.facts.collect.collect_environment", "scan", "-v")
    assert done.returncode == 70
    assert "Traceback (most recent call last)" in done.stderr
    assert "second line" in done.stderr
    assert f"internal error in doctor {__version__}" in done.stderr


@pytest.mark.parametrize("error", ["RecursionError()", "MemoryError()", "KeyError('a')", "RuntimeError('\\x1b[2J')"])
def test_whatever_the_fault(tmp_path: Path, error: str) -> None:
    done = fault(write(tmp_path / "repo"), "analyzer.facts.collect.collect_environment", "scan", error=error)
    assert done.returncode == 70
    assert f"internal error in doctor {__version__}" in done.stderr
    assert "\x1b" not in done.stderr


def test_rules_that_cannot_be_explained(tmp_path: Path) -> None:
    done = fault(write(tmp_path / "repo"), "analyzer.rules.registry.all_rules", "explain")
    assert (done.returncode, done.stdout) == (70, "")
    assert "\n  stage: start\n" in done.stderr


@pytest.mark.parametrize(
    "error",
    ["KeyError('hunter4711')", "ValueError('SECRET_KEY=hunter4711')", "ValueError('invalid: %r' % 'hunter4711')"],
)
def test_a_fault_says_no_secret(tmp_path: Path, error: str) -> None:
    done = fault(write(tmp_path / "repo"), "analyzer.facts.collect.collect_environment", "scan", "-v", error=error)
    assert "Traceback (most recent call last)" in done.stderr
    assert "***" in done.stderr
    assert [line for line in done.stderr.splitlines() if "hunter4711" in line and "raise " not in line] == []
