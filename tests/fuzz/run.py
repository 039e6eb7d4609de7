"""Scans changed copies of configuration files, until the time or the number is used up, and reports what went wrong.

usage: python -m tests.fuzz.run [--corpus DIR] [--seconds N] [--cases N] [--begin N] [--seed N] [--only N] [--keep DIR]

A case is made of the seed and its number alone, so `--only NUMBER` repeats it. Wrong is an internal error, a scan that
does not end within ten seconds, one that needs more memory than is promised, and a process that dies.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from typer.testing import CliRunner

from analyzer.cli.app import app
from tests.fuzz.mutations import mutate
from tests.fuzz.repositories import Configuration, configurations

FIXTURES = Path(__file__).parents[2] / "fixtures"
HANG = 10
"""Seconds on the processor, so that other work on the machine is not held against a scan."""
MEMORY = 300
"""MiB, of a process that scans one repository after the other."""
EACH = 500
"""Cases of one process: what Python got from the system for one case it keeps for the next."""
FORMATS = ("terminal", "markdown", "html", "json", "sarif", "github", "patch")
INTERNAL_ERROR = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A case that failed, and what it did."""

    number: int
    repository: str
    path: str
    what: str


class Hang(BaseException):
    """The time of a case is over; no code under test catches it."""


def main() -> int:
    """Run what the command line asks for; 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, action="append", help="folder of repositories, instead of fixtures/")
    parser.add_argument("--seconds", type=float, default=60, help="time for all  [default: 60]")
    parser.add_argument("--cases", type=int, default=10**9, help="number at which to stop")
    parser.add_argument("--begin", type=int, default=0, help="number of the first case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one case, by its number")
    parser.add_argument("--keep", type=Path, help="folder for the copies of cases that went wrong")
    parser.add_argument("--first", type=int, help=argparse.SUPPRESS)  # of a process of this program
    options = parser.parse_args()
    known = configurations(options.corpus or [FIXTURES])
    if options.first is not None:
        work(known, options.seed, options.first, options.cases, time.monotonic() + options.seconds)
        return 0
    if options.only is not None:
        options.begin, options.cases = options.only, options.only + 1

    def tell(one: Wrong) -> None:
        print(f"case {one.number}: {one.repository}: {one.path}: {one.what}", flush=True)
        if options.keep:
            folder = options.keep / str(one.number)
            configuration, path, content = case(known, options.seed, one.number)
            configuration.write(folder)
            (folder / path).write_bytes(content)

    arguments = (options.begin, options.cases, options.seconds, known, options.seed)
    wrong, done = supervise(sys.argv[1:], *arguments, tell=tell)
    print(f"{done} cases over {len(known)} repositories, {len(wrong)} went wrong")
    return int(bool(wrong))


def case(known: list[Configuration], seed: int, number: int) -> tuple[Configuration, str, bytes]:
    """The repository, the path of the changed file, and its bytes."""
    rng = random.Random(f"{seed}/{number}")
    configuration = rng.choice(known)
    path = rng.choice(sorted(configuration.files))
    return configuration, path, mutate(rng, configuration.files[path])


def supervise(
    arguments: list[str],
    first: int,
    cases: int,
    seconds: float,
    known: list[Configuration],
    seed: int,
    *,
    tell: Callable[[Wrong], None],
) -> tuple[list[Wrong], int]:
    """Run the cases in processes of some hundred, the next where one dies; what went wrong, and how many were run."""
    end, wrong, number = time.monotonic() + seconds, list[Wrong](), first
    while number < cases and time.monotonic() < end:
        command = [sys.executable, "-m", "tests.fuzz.run", *arguments, "--first", str(number)]
        last = min(number + EACH, cases)
        command += ["--cases", str(last), "--seconds", str(end - time.monotonic())]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        begun = None
        for line in process.stdout:
            document = json.loads(line)
            if "begin" in document:
                begun = document["begin"]
            else:
                tell(Wrong(**document))
                wrong.append(Wrong(**document))
        code = process.wait()
        if code == 0:
            number = number if begun is None else begun + 1
            print(f"{number - first} cases, {len(wrong)} went wrong", file=sys.stderr, flush=True)
            continue
        if begun is None:
            raise subprocess.CalledProcessError(code, command)
        configuration, path, _ = case(known, seed, begun)
        died = Wrong(number=begun, repository=configuration.name, path=path, what=f"the process ended with {code}")
        tell(died)
        wrong.append(died)
        number = begun + 1
    return wrong, number - first


def work(known: list[Configuration], seed: int, first: int, cases: int, end: float) -> None:
    """Run cases one after the other in this process, and print each that begins and each that goes wrong."""
    with tempfile.TemporaryDirectory() as folder:
        roots: dict[str, Path] = {}
        for number in range(first, cases):
            if time.monotonic() > end:
                return
            configuration, path, content = case(known, seed, number)
            if configuration.name not in roots:
                roots[configuration.name] = Path(folder, str(len(roots)))
                configuration.write(roots[configuration.name])
            root = roots[configuration.name]
            print(json.dumps({"begin": number}), flush=True)
            (root / path).write_bytes(content)
            what = judge(root, FORMATS[number % len(FORMATS)])
            (root / path).write_bytes(configuration.files[path])
            if what:
                document = {"number": number, "repository": configuration.name, "path": path, "what": what}
                print(json.dumps(document), flush=True)


def judge(root: Path, output: str, seconds: float = HANG, memory: int = MEMORY) -> str | None:
    """Scan a repository; what is wrong with that, None where nothing is."""
    begin = time.process_time()
    try:
        with _ended_after(seconds):
            result = CliRunner().invoke(app, ["scan", str(root), "--format", output, "-v", "--exit-zero"])
    except Hang:
        return f"no answer after {time.process_time() - begin:.1f} s, --format {output}"
    if isinstance(result.exception, Hang):
        return f"no answer after {time.process_time() - begin:.1f} s, --format {output}"
    if result.exit_code == INTERNAL_ERROR or (result.exception and not isinstance(result.exception, SystemExit)):
        return f"--format {output}: {result.exception!r} {result.stderr[-1500:]}"
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{used} MiB of memory, --format {output}" if used > memory else None


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


if __name__ == "__main__":
    os.environ.pop("COLUMNS", None)
    sys.exit(main())
