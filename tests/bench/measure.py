"""Measures whole processes of doctor, start of the interpreter included.

usage: python -m tests.bench.measure [--corpus DIR] [--runs N]

Each command runs once unmeasured, so that its files are in the cache, and then N times. The limits hold for the median
on an idle machine with two cores; on a busy one the processor's seconds tell more.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.generate import write_repository
from tests.markdown_table import table
from tests.oracles.crater import ANSWERED, find_repositories

FIXTURES = Path(__file__).parents[2] / "fixtures"
START_LIMIT = 0.5
SIZES = {200: 0.5, 4600: 2.0}  # Python files: seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A command line of doctor, and the seconds that it may take."""

    name: str
    arguments: tuple[str, ...]
    limit: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: seconds on the clock and on the processor, peak memory in MiB."""

    seconds: float
    processor: float
    memory: float


def run(arguments: tuple[str, ...]) -> Run:
    """Run doctor. Raises CalledProcessError when it gives no answer."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "analyzer", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ANSWERED:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds=seconds, processor=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss / 1024)


def cases(generated: Path, corpus: Path | None) -> Iterator[Case]:
    """What is measured; writes the repositories of the given sizes into a folder."""
    yield Case(name="doctor --version", arguments=("--version",), limit=START_LIMIT)
    yield Case(name="doctor --help", arguments=("--help",), limit=START_LIMIT)
    for python_files, limit in SIZES.items():
        repository = generated / str(python_files)
        write_repository(repository, python_files)
        yield Case(
            name=f"generated, {python_files} Python files",
            arguments=("scan", str(repository), "--fail-on", "never"),
            limit=limit,
        )
    repositories = [(path.parent.name, path) for path in sorted(FIXTURES.glob("*/repo"))]
    if corpus:
        repositories += find_repositories(corpus)
    for name, path in repositories:
        yield Case(name=name, arguments=("scan", str(path), "--fail-on", "never"))


def main() -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser(prog="measure", description="Measure whole processes of doctor.")
    parser.add_argument("--corpus", type=Path, help="folder of repositories that are measured as well")
    parser.add_argument("--runs", type=int, default=5, help="how often each command runs  [default: 5]")
    options = parser.parse_args()
    rows = []
    failed = False
    with tempfile.TemporaryDirectory() as generated:
        for case in cases(Path(generated), options.corpus):
            try:
                run(case.arguments)
                measured = [run(case.arguments) for _ in range(options.runs)]
            except subprocess.CalledProcessError as error:
                failed = True
                print(f"{case.name}: {error}", file=sys.stderr)
                continue
            seconds = sorted(done.seconds for done in measured)
            processor = median(done.processor for done in measured)
            times = [f"{second:.3f}" for second in (median(seconds), seconds[0], seconds[-1], processor)]
            memory = max(done.memory for done in measured)
            rows.append((case.name, f"{case.limit:.1f}" if case.limit else "", *times, f"{memory:.0f}"))
    print(table(("whole process", "limit s", "median s", "fastest", "slowest", "processor s", "peak MiB"), rows))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
