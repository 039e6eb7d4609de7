"""Measures whole processes of doctor, start of the interpreter included, or compares two checkouts of it.

usage: python -m tests.bench.measure [--corpus DIR] [--runs N] [--sizes N,N] [--no-fixtures] [--write FILE]
       python -m tests.bench.measure --against DIR [--runs N] [--sizes N,N]

The goals hold on an idle machine with two cores; on a busy one the processor's seconds and the ratios tell more.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.bench.compare import compare
from tests.bench.document import document, drawing, machine, remarks
from tests.bench.generate import SMALLEST, write_repository
from tests.bench.process import ROOT, Sample, doctor, in_turn, prepare, run
from tests.bench.results import Command, Repository, Results
from tests.oracles.crater import find_repositories

FIXTURES = ROOT / "fixtures"
SIZES = (10, 100, 200, 1000, 4600, 10000)
PROFILED = 4600
"""The size whose profile is shown; where it is not measured, the largest below it."""
RUNS = 5
BUSY = 0.5
"""The load from which on seconds on the clock are too high."""
START = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "doctor --version": doctor("--version"),
    "doctor --help": doctor("--help"),
}
K = TypeVar("K")


class Bench:
    """Measures one repository after another and remembers which could not be.

    Args:
        runs: how often each command is measured.
        folder: where repositories and lists are written.
    """

    def __init__(self, runs: int, folder: Path) -> None:
        self.problems: list[str] = []
        self._runs = runs
        self._folder = folder

    def results(
        self, sizes: Sequence[int], fixtures: Iterable[tuple[str, Path]], corpus: Iterable[tuple[str, Path]]
    ) -> Results:
        """Everything; the repositories of fixtures and corpus are (name, folder).

        Raises CalledProcessError where doctor does not even start.
        """
        start = dict(
            zip(START, in_turn(self._runs, *(partial(run, command) for command in START.values())), strict=True)
        )
        generated = []
        for size in sorted(sizes):
            write_repository(self._folder / str(size), size)
            generated += self._measure([(f"{size:,} Python files", self._folder / str(size))], size)
        profiled = max((size for size in sizes if size <= PROFILED), default=min(sizes))
        command = doctor("scan", self._folder / str(profiled), "--profile", "--quiet", "--fail-on", "never")
        profile = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr.strip()
        return Results(
            start=start,
            generated=tuple(generated),
            fixtures=tuple(self._measure(fixtures)),
            corpus=tuple(self._measure(corpus)),
            profile=profile,
            profiled=f"{profiled:,} Python files",
        )

    def _measure(self, repositories: Iterable[tuple[str, Path]], python_files: int | None = None) -> list[Repository]:
        found = []
        for name, folder in repositories:
            say(name)
            touched = self._folder / "touched"
            scan = ("scan", folder, "--fail-on", "never")
            commands = {
                Command.SCAN: doctor(*scan),
                Command.DETECT: doctor("detect", folder),
                Command.EMIT: doctor("emit", folder, "--stdout"),
                Command.BARE: [sys.executable, str(Path(__file__).with_name("bare.py")), str(touched)],
            }
            try:
                run([sys.executable, "-m", "tests.bench.touched", str(touched), str(folder), *map(str, scan)])
                samples = self._samples(commands)
            except subprocess.CalledProcessError as error:
                self.problems.append(f"{name}: {error}")
                continue
            found.append(Repository(name=name, python_files=python_files, samples=samples))
        return found

    def _samples(self, commands: Mapping[K, Sequence[str]]) -> dict[K, Sample]:
        runners = [partial(run, command) for command in commands.values()]
        return dict(zip(commands, in_turn(self._runs, *runners), strict=True))


def say(text: str) -> None:
    """Write a line to standard error."""
    print(text, file=sys.stderr, flush=True)


def command_line(options: argparse.Namespace) -> str:
    """The call of make that does the same; whose folder the corpus was is nobody's business."""
    arguments = [f"--runs {options.runs}"] if options.runs != RUNS else []
    arguments += [f"--sizes {','.join(map(str, options.sizes))}"] if options.sizes != SIZES else []
    arguments += ["--no-fixtures"] if options.no_fixtures else []
    arguments += [f"--write docs/{options.write.name}"] if options.write else []
    corpus = " CORPUS=folder" if options.corpus else ""
    return f"make bench{corpus}" + (f" ARGS='{' '.join(arguments)}'" if arguments else "")


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options. Raises SystemExit where they cannot be followed."""
    parser = argparse.ArgumentParser(prog="measure", description="Measure whole processes of doctor.")
    parser.add_argument("--corpus", type=Path, help="folder of repositories that are measured as well")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each command runs  [default: %(default)s]")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="Python files of the generated repositories")
    parser.add_argument("--no-fixtures", action="store_true", help="leave out the repositories in fixtures/")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write Markdown, and a plot beside it (.svg)")
    parser.add_argument("--against", metavar="DIR", type=Path, help="compare with another checkout of doctor instead")
    options = parser.parse_args(arguments)
    if options.runs < 1:
        parser.error("--runs: at least 1")
    if options.against and (options.write or options.corpus):
        parser.error("--against goes with --runs and --sizes only")
    if options.against and not (options.against / "analyzer" / "__main__.py").exists():
        parser.error(f"--against {options.against}: no checkout of doctor")
    return options


def main() -> int:
    """Measure and print; the exit code."""
    options = parse()
    where = machine()
    if os.getloadavg()[0] > BUSY:
        say(f"this machine is busy: {where}")
    prepare(ROOT)
    with tempfile.TemporaryDirectory() as made:
        if options.against:
            other = options.against.resolve()
            prepare(other)
            print(compare(other, Path(made), options.sizes, options.runs))
            return 0
        bench = Bench(options.runs, Path(made))
        fixtures = [] if options.no_fixtures else [(p.parent.name, p) for p in sorted(FIXTURES.glob("*/repo"))]
        corpus = [(name, path.resolve()) for name, path in find_repositories(options.corpus)] if options.corpus else []
        results = bench.results(options.sizes, fixtures, corpus)
    plot = options.write.with_suffix(".svg") if options.write else None
    text = document(
        results,
        command=command_line(options),
        machine=where,
        runs=options.runs,
        day=date.today(),
        image=plot.name if plot else None,
        remarks=remarks(options.write) if options.write else "",
    )
    print(text, end="")
    if plot:
        options.write.write_text(text, encoding="utf-8")
        plot.write_text(drawing(results), encoding="utf-8")
    for problem in bench.problems:
        say(problem)
    return int(bool(bench.problems))


def _sizes(text: str) -> tuple[int, ...]:
    """Raises ArgumentTypeError."""
    try:
        sizes = tuple(sorted({int(size) for size in text.split(",")}))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no list of numbers") from None
    if sizes[0] < SMALLEST:
        raise argparse.ArgumentTypeError(f"a project has at least {SMALLEST} Python files")
    return sizes


if __name__ == "__main__":
    sys.exit(main())
