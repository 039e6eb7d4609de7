"""The command line of the measurements, from the first process to the written document."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.compare import compare
from tests.bench.generate import SMALLEST, write_repository
from tests.bench.measure import SIZES, Bench, command_line, parse
from tests.bench.process import ROOT


@pytest.mark.timeout(300)
def test_document_and_plot_are_written_beside_each_other(tmp_path: Path) -> None:
    target = tmp_path / "benchmarks.md"
    command = [sys.executable, "-m", "tests.bench.measure", "--runs", "1", "--sizes", str(SMALLEST), "--no-fixtures"]
    command += ["--write", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    text = target.read_text(encoding="utf-8")
    assert text == done.stdout
    assert "make bench ARGS='--runs 1 --sizes 10 --no-fixtures --write docs/benchmarks.md'" in text
    assert str(tmp_path) not in text
    assert "start-up" in text.partition("--profile")[2]
    assert "</svg>" in (tmp_path / "benchmarks.svg").read_text(encoding="utf-8")
    assert "(benchmarks.svg)" in text


def test_a_repository_without_an_answer_is_told_and_left_out(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    write_repository(broken, SMALLEST)
    (broken / "doctor.toml").write_text("no_such_key = 1\n", encoding="utf-8")
    bench = Bench(1, tmp_path)
    results = bench.results([SMALLEST], [], [("broken", broken)])
    assert not results.corpus
    assert [problem.partition(":")[0] for problem in bench.problems] == ["broken"]
    assert [one.python_files for one in results.generated] == [SMALLEST]


def test_the_other_checkout_is_the_one_that_is_named(tmp_path: Path) -> None:
    other, folder = tmp_path / "other", tmp_path / "repositories"
    main = other / "analyzer" / "__main__.py"
    main.parent.mkdir(parents=True)
    (main.parent / "__init__.py").touch()
    main.touch()
    lines = compare(other, folder, (SMALLEST,), 1).splitlines()
    rows = [line.split("|")[1].strip() for line in lines if line.startswith("|")]
    assert rows[2:] == ["doctor --version", "doctor --help", "scan, 10 Python files"]
    main.write_text("raise SystemExit(70)\n", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError, match="status 70"):
        compare(other, folder, (SMALLEST,), 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--against", "fixtures"),
        ("--against", ".", "--write", "benchmarks.md"),
        ("--runs", "0"),
        ("--sizes", "9"),
        ("--sizes", "many"),
    ],
)
def test_what_cannot_be_measured_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse(arguments)


def test_the_command_says_only_what_differs() -> None:
    assert command_line(parse([])) == "make bench"
    assert command_line(parse(["--write", "docs/benchmarks.md"])) == "make bench ARGS='--write docs/benchmarks.md'"
    assert parse([]).sizes == SIZES
    assert command_line(parse(["--corpus", "/a/folder/of/mine", "--runs", "3"])) == (
        "make bench CORPUS=folder ARGS='--runs 3'"
    )
