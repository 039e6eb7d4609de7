"""Processes are measured in turn, and what they open is known."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.bench.generate import SMALLEST, write_repository
from tests.bench.process import ROOT, Run, Sample, doctor, in_turn, run


def of(*seconds: float) -> Sample:
    return Sample(tuple(Run(seconds=s, processor=s / 2, memory=10 * s) for s in seconds))


def test_a_run_is_measured_from_outside() -> None:
    filled = run([sys.executable, "-c", "bytearray(700_000_000)"])
    plain = run([sys.executable, "-c", "pass"])
    assert plain.processor > 0
    assert plain.seconds > 0
    assert filled.memory > 650 > plain.memory  # which is at least that of this process


def test_a_command_that_gives_no_answer_is_no_figure() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run([sys.executable, "-c", "raise SystemExit(70)"])


def test_a_sample_is_told_by_its_median_and_its_extremes() -> None:
    sample = of(3.0, 1.0, 8.0)
    assert (sample.seconds, sample.fastest, sample.slowest) == (3.0, 1.0, 8.0)
    assert (sample.processor, sample.memory) == (1.5, 80.0)


def test_all_run_once_unmeasured_and_then_in_turn_there_and_back() -> None:
    order: list[str] = []

    def runner(name: str) -> Run:
        order.append(name)
        return Run(seconds=len(order), processor=0, memory=0)

    first, second = in_turn(3, partial(runner, "a"), partial(runner, "b"))
    assert "".join(order) == "ab" + "abbaab"
    assert [one.seconds for one in first.runs] == [3, 6, 7]
    assert [one.seconds for one in second.runs] == [4, 5, 8]


def test_the_lower_bound_lists_and_reads_what_a_scan_does(tmp_path: Path) -> None:
    repository, touched = tmp_path / "repository", tmp_path / "touched"
    write_repository(repository, SMALLEST)
    (repository / "node_modules").mkdir()
    (repository / "node_modules" / "left.py").touch()
    (repository / "photo.jpeg").touch()
    scan = ("scan", str(repository), "--fail-on", "never")
    run([sys.executable, "-m", "tests.bench.touched", str(touched), str(repository), *scan])
    folders, files = (part.split("\n") for part in touched.read_text(encoding="utf-8").split("\n\n"))
    paths = {str(path) for path in (repository, *repository.rglob("*")) if path.is_dir()}
    assert paths - {f"{repository}/node_modules"} <= set(folders) <= paths
    assert len(folders) == len(set(folders))
    assert {str(path) for path in repository.rglob("*.py")} - set(files) == {f"{repository}/node_modules/left.py"}
    assert str(repository / "requirements.txt") in files
    assert str(repository / "photo.jpeg") not in files
    assert len(files) == len(set(files))
    bare = [sys.executable, str(ROOT / "tests/bench/bare.py"), str(touched)]
    assert run(bare).seconds > 0
    (repository / "config" / "urls.py").unlink()
    assert run(bare).seconds > 0


def test_the_command_line_is_that_of_this_interpreter() -> None:
    assert doctor("scan", Path("shop")) == [sys.executable, "-m", "analyzer", "scan", "shop"]
