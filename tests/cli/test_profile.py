"""`doctor scan --profile` says where the time went, and changes nothing else."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analyzer.cli.app import app
from analyzer.cli.profile import STAGES, Part, Profile
from analyzer.facts.django import evaluation, switches
from analyzer.facts.evaluator.interpreter import Interpreter
from analyzer.snapshot import documents, repository, source_tree
from tests.rules.examples import lay_out

ROOT = Path(__file__).parents[2]
ALWAYS = [part.value for part in Part if part is not Part.PATCHES]
TICK = 0.01
"""Seconds: the system tells no more exactly when a process began."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    lay_out(folder, {"shop/settings.py": "from shop.defaults import *\n\nSECURE_HSTS_SECONDS = 0\n"})
    return folder


def scan(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["scan", *map(str, arguments)], prog_name="doctor")


def profiled(*arguments: str | Path) -> tuple[subprocess.CompletedProcess[str], float]:
    """A scan as a process of its own, and its seconds as seen from outside."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "analyzer", "scan", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return done, time.perf_counter() - begin


def rows(table: str) -> dict[str, tuple[float, float]]:
    """Seconds and per cent by the name of the part."""
    found = {}
    for line in table.splitlines()[1:]:
        words = line.split()
        at = next(index for index, word in enumerate(words) if word.replace(".", "").isdigit())
        found[" ".join(words[:at])] = (float(words[at]), float(words[at + 1].removesuffix("%")))
    return found


def test_the_parts_add_up_to_the_whole_process(project: Path) -> None:
    done, outside = profiled(project, "--profile", "--exit-zero")
    found = rows(done.stderr)
    assert list(found) == [*ALWAYS, "whole"]
    whole, share = found.pop("whole")
    assert share == 100.0
    assert sum(seconds for seconds, _ in found.values()) == pytest.approx(whole, abs=0.001 * len(ALWAYS))
    assert sum(share for _, share in found.values()) == pytest.approx(100, abs=0.1 * len(ALWAYS))
    assert 0 < whole <= outside + TICK


def test_the_table_stands_on_standard_error_and_fits_eighty_columns(project: Path) -> None:
    with_table, without = scan(project, "--profile"), scan(project)
    assert with_table.stdout == without.stdout
    assert with_table.exit_code == without.exit_code
    assert without.stderr == ""
    lines = with_table.stderr.splitlines()
    assert len(lines) == len(ALWAYS) + 2
    assert max(map(len, lines)) <= 80
    shares = {line.index("%") for line in lines if "%" in line}
    assert len(shares) == 1


def test_patches_have_a_line_where_they_are_made(project: Path) -> None:
    assert Part.PATCHES.value in rows(scan(project, "--format", "html", "--profile").stderr)


def test_every_stage_of_the_pipeline_belongs_to_a_part(project: Path) -> None:
    logged = scan(project, "--verbose", "--format", "html").stderr.splitlines()
    assert {line.partition(":")[0] for line in logged} == set(STAGES)


def test_the_table_follows_the_answer_that_there_is_no_project(tmp_path: Path) -> None:
    plain, result = scan(tmp_path), scan(tmp_path, "--profile")
    assert result.exit_code == plain.exit_code == 3
    assert result.stderr.startswith(plain.stderr)
    assert list(rows(result.stderr[len(plain.stderr) :])) == [*ALWAYS, "whole"]


def test_a_usage_error_is_all_that_is_said(project: Path) -> None:
    arguments = (project, "--only", "no-such-rule")
    result = scan(*arguments, "--profile")
    assert result.exit_code == 2
    assert result.stderr == scan(*arguments).stderr


HOLDERS = (
    (repository, "read_source"),
    (source_tree, "read_source"),
    (documents, "parse_python"),
    (documents, "parse_yaml"),
    (evaluation, "evaluate_once"),
    (switches, "evaluate_once"),
    (Interpreter, "run"),
)


def test_the_clock_stands_around_the_functions_while_it_is_asked_for_and_no_longer() -> None:
    plain = [getattr(holder, name) for holder, name in HOLDERS]
    with Profile().around_functions():
        measured = [getattr(holder, name) for holder, name in HOLDERS]
    assert not set(plain) & set(measured)
    assert [getattr(holder, name) for holder, name in HOLDERS] == plain
