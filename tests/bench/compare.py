"""Two checkouts of doctor in turn: how many times the seconds of the other one takes this one."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench.generate import write_repository
from tests.bench.process import ROOT, Run, Sample, doctor, in_turn, run
from tests.markdown_table import table

START = ("--version", "--help")
LEGEND = "Ratios are of runs of the same round: the median, the least and the most; below 1, this checkout is quicker."


def compare(other: Path, folder: Path, sizes: tuple[int, ...], runs: int) -> str:
    """The table. Raises CalledProcessError where one of the two gives no answer.

    Args:
        other: the other checkout.
        folder: where the repositories are written.
    """
    rows = []
    for name, arguments in _cases(folder, sizes):
        both: list[Callable[[], Run]] = [partial(run, doctor(*arguments), checkout) for checkout in (ROOT, other)]
        this, that = in_turn(runs, *both)
        rows.append((name, *_seconds(this), *_seconds(that), *_ratio(this, that)))
    head = (
        "whole process",
        "this, s",
        "from - to",
        "other, s",
        "from - to",
        "this / other",
        "from - to",
        "of processor s",
    )
    return f"{table(head, rows)}\n\n{LEGEND}"


def _cases(folder: Path, sizes: tuple[int, ...]) -> Iterator[tuple[str, tuple[str | Path, ...]]]:
    for option in START:
        yield f"doctor {option}", (option,)
    for size in sizes:
        repository = folder / str(size)
        write_repository(repository, size)
        yield f"scan, {size:,} Python files", ("scan", repository, "--fail-on", "never")


def _seconds(sample: Sample) -> tuple[str, str]:
    return f"{sample.seconds:.3f}", f"{sample.fastest:.3f} - {sample.slowest:.3f}"


def _ratio(this: Sample, that: Sample) -> tuple[str, str, str]:
    """Of the runs of the same round, which the same noise hit: the median, the least and the most."""
    pairs = list(zip(this.runs, that.runs, strict=True))
    ratios = [one.seconds / other.seconds for one, other in pairs]
    processor = median(one.processor / other.processor for one, other in pairs)
    return f"{median(ratios):.2f}", f"{min(ratios):.2f} - {max(ratios):.2f}", f"{processor:.2f}"
