"""Runs whole processes and measures them from outside: start of the interpreter included."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.oracles.crater import ANSWERED

ROOT = Path(__file__).parents[2]
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes of a unit of `ru_maxrss`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: seconds on the clock and on the processor, peak memory in MB (1,000,000 bytes).

    Linux counts at least the memory of the process that started it, so that one must be small.
    """

    seconds: float
    processor: float
    memory: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Several runs of the same command."""

    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """The median."""
        return median(run.seconds for run in self.runs)

    @property
    def fastest(self) -> float:
        """The least seconds."""
        return min(run.seconds for run in self.runs)

    @property
    def slowest(self) -> float:
        """The most seconds."""
        return max(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        """The median of the processor's seconds."""
        return median(run.processor for run in self.runs)

    @property
    def memory(self) -> float:
        """The most of all runs."""
        return max(run.memory for run in self.runs)


def doctor(*arguments: str | Path) -> list[str]:
    """The command line of `doctor` with these arguments."""
    return [sys.executable, "-m", "analyzer", *map(str, arguments)]


def run(command: Sequence[str], checkout: Path = ROOT) -> Run:
    """Run a command once, with the packages of a checkout. Raises CalledProcessError when it gives no answer."""
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    quiet = subprocess.DEVNULL
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=checkout, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ANSWERED:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Run(seconds=seconds, processor=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss * _UNIT / 1e6)


def in_turn(times: int, *runners: Callable[[], Run]) -> list[Sample]:
    """A sample of each, all run once in each round and once unmeasured, so that their files are in the cache.

    Every other round goes backwards: whatever else the machine does hits all of them alike.
    """
    found: list[list[Run]] = [[] for _ in runners]
    for one in runners:
        one()
    for number in range(times):
        pairs = list(zip(found, runners, strict=True))
        for runs, one in reversed(pairs) if number % 2 else pairs:
            runs.append(one())
    return [Sample(tuple(runs)) for runs in found]


def prepare(checkout: Path) -> None:
    """Compile a checkout as an installed package is. Raises CalledProcessError where that fails."""
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    steps = [["compileall", "-q", "analyzer"]]
    if (checkout / "analyzer" / "precompile.py").exists():
        steps.append(["analyzer.precompile"])
    for step in steps:
        subprocess.run([sys.executable, "-m", *step], cwd=checkout, env=environment, check=True)
