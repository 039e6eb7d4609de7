"""The results as Markdown."""

import os
import platform
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from textwrap import fill

from tests.bench.plot import Series, plot
from tests.bench.results import Command, Goal, Repository, Results, goals, ninth_decile
from tests.markdown_table import table

TITLE = "Time of a scan by number of files"
REMARKS = "## Remarks"
WIDTH = 120
SLOWEST = 3
"""Repositories of a group that are named."""
GROWTH = """\
Written by `tests/bench/generate.py`: the same Django project with as many applications as it takes, about 4 KB per
Python file. All commands run in turn. The *lower bound* starts an interpreter, lists the folders that the scan lists
and reads the files that it reads, and does nothing else; *ratio* is scan / lower bound."""
SUMMARY = (
    "The time of a repository is the median of its runs; the columns are the median and the 90th percentile of those "
    "times over all repositories, then the slowest ones."
)


def machine() -> str:
    """Processor, cores, system, Python, and how busy all that is."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
        name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    return (
        f"{name}, {os.cpu_count()} cores, {platform.system()}, {platform.python_implementation()} "
        f"{platform.python_version()}; load before the first run {os.getloadavg()[0]:.1f}"
    )


def remarks(file: Path) -> str:
    """What people added to an earlier document, which a new one keeps; "" where there is none."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return text.partition(f"\n{REMARKS}\n")[2].strip()


def document(
    results: Results, *, command: str, machine: str, runs: int, day: date, image: str | None, remarks: str
) -> str:
    """All tables.

    Args:
        command: what made it.
        image: the name of the plot's file beside the document; None where there is none.
        remarks: what people say about the figures, above all why a goal is missed.
    """
    method = (
        f"Written by `{command}` on {day.isoformat()}: {machine}. Each command is a whole process, start of the "
        f"interpreter included; it runs once unmeasured, so that its files are in the cache, and then {runs} times. "
        "Seconds are medians on the clock. Memory is the peak, in MB of 1,000,000 bytes; the system counts at least "
        "that of the program that measures, which is what the first row of the start-up shows."
    )
    parts = [
        "# Benchmarks",
        _wrapped(method),
        "## Goals",
        table(("goal", "limit", "measured", "verdict"), [_goal(goal) for goal in goals(results)]),
        "## Start-up",
        table(
            ("whole process", "median s", "fastest", "slowest", "processor s", "peak MB"),
            [
                (name, *_three(s.seconds, s.fastest, s.slowest, s.processor), f"{s.memory:.0f}")
                for name, s in results.start.items()
            ],
        ),
        *_generated(results, image),
        *_group("Fixtures", f"The {len(results.fixtures)} repositories in fixtures/. {SUMMARY}", results.fixtures),
        *_group("Public repositories", f"{len(results.corpus)} of them. {SUMMARY}", results.corpus),
    ]
    if remarks:
        parts += [REMARKS, remarks]
    return "\n\n".join(parts) + "\n"


def drawing(results: Results) -> str:
    """The plot of the generated repositories."""
    scans = [(one.python_files or 0, one.samples[Command.SCAN].seconds) for one in results.generated]
    bounds = [(one.python_files or 0, one.samples[Command.BARE].seconds) for one in results.generated]
    return plot(
        TITLE,
        (
            Series(name="doctor scan", points=tuple(scans)),
            Series(name="3 × lower bound", points=tuple((files, 3 * s) for files, s in bounds), dashed=True),
            Series(name="lower bound", points=tuple(bounds)),
        ),
    )


def _generated(results: Results, image: str | None) -> Iterator[str]:
    if not results.generated:
        return
    yield "## Generated repositories"
    if image is not None:
        yield f"![{TITLE}]({image})"
    yield GROWTH
    head = ("Python files", *(f"{one.value}, s" for one in Command), "ratio", "ms/file", "processor s", "scan, peak MB")
    rows = []
    before: tuple[int, float] | None = None
    for one in results.generated:
        scan, files = one.samples[Command.SCAN], one.python_files or 0
        each = "" if before is None else f"{1000 * (scan.seconds - before[1]) / (files - before[0]):.3f}"
        before = files, scan.seconds
        seconds = _three(*(one.samples[command].seconds for command in Command))
        rows.append((f"{files:,}", *seconds, f"{one.ratio:.1f}", each, f"{scan.processor:.3f}", f"{scan.memory:.0f}"))
    yield table(head, rows)
    yield "*ms/file* is what each file more than in the row above adds to a scan; *processor s* are those of the scan."
    yield f"Where the time of one scan went ({results.profiled}, `doctor scan --profile`):"
    yield f"```\n{results.profile}\n```"


def _group(title: str, text: str, repositories: Sequence[Repository]) -> Iterator[str]:
    if not repositories:
        return
    yield f"## {title}"
    yield _wrapped(text)
    rows = []
    for command in Command:
        seconds = {one.name: one.samples[command].seconds for one in repositories}
        slowest = sorted(seconds, key=lambda name: -seconds[name])[:SLOWEST]
        rows.append(
            (
                command.value,
                *_three(median(seconds.values()), ninth_decile(seconds.values())),
                f"{max(one.samples[command].memory for one in repositories):.0f}",
                ", ".join(f"{name} {seconds[name]:.3f}" for name in slowest),
            )
        )
    yield table(("", "median s", "90 % below", "peak MB", "slowest, s"), rows)
    ratios = [one.ratio for one in repositories]
    yield f"Scan / lower bound: median {median(ratios):.1f}, nine of ten below {ninth_decile(ratios):.1f}."


def _goal(goal: Goal) -> tuple[str, ...]:
    unit = f" {goal.unit}" if goal.unit else ""
    measured = "" if goal.measured is None else f"{goal.measured:.{0 if goal.unit == 'MB' else 2}f}{unit}"
    return goal.name, f"{goal.limit:g}{unit}", measured, goal.verdict


def _wrapped(text: str) -> str:
    return fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _three(*seconds: float) -> tuple[str, ...]:
    """With three digits behind the point."""
    return tuple(f"{one:.3f}" for one in seconds)
