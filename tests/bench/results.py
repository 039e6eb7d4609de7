"""What was measured, and the goals that it is held against."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median, quantiles

from tests.bench.process import Sample


class Command(StrEnum):
    """What is run on a repository; the value is its name in the tables."""

    SCAN = "scan"
    DETECT = "detect"
    EMIT = "emit --stdout"
    BARE = "lower bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """The samples of one repository, by command."""

    name: str
    samples: Mapping[Command, Sample]
    python_files: int | None = None
    """Of a generated one."""

    @property
    def ratio(self) -> float:
        """How many times the lower bound a scan takes."""
        return self.samples[Command.SCAN].seconds / self.samples[Command.BARE].seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All samples; `start` has those without a repository, by command line."""

    start: Mapping[str, Sample]
    generated: tuple[Repository, ...]
    """By size."""
    fixtures: tuple[Repository, ...]
    corpus: tuple[Repository, ...]
    profile: str
    """The table of `scan --profile` of the generated repository named in `profiled`."""
    profiled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A figure that must stay below a limit; None where it was not measured."""

    name: str
    limit: float
    unit: str
    measured: float | None

    @property
    def verdict(self) -> str:
        """Whether it is met, and how far away the figure is."""
        if self.measured is None:
            return "not measured"
        share = self.measured / self.limit
        if share < 1:
            return f"met, {1 - share:.0%} below"
        return f"missed by {share - 1:.0%}" if share < 2 else f"missed, {share:.1f} times as much"


def goals(results: Results) -> Iterator[Goal]:
    """The goals for doctor, in the order in which they are shown."""
    start, sizes = results.start, {one.python_files: one for one in results.generated}
    corpus = [one.samples[Command.SCAN].seconds for one in results.corpus]
    for name, limit in (("--version", 0.15), ("--help", 0.25)):
        yield Goal(name=f"`doctor {name}`", limit=limit, unit="s", measured=start[f"doctor {name}"].seconds)
    yield Goal(name="scan, median repository of the corpus", limit=0.35, unit="s", measured=_median(corpus))
    for size, limit in ((200, 0.5), (4600, 1.2)):
        seconds = sizes[size].samples[Command.SCAN].seconds if size in sizes else None
        yield Goal(name=f"scan, {size:,} Python files", limit=limit, unit="s", measured=seconds)
    everything = (*results.generated, *results.fixtures, *results.corpus)
    memory = max(one.samples[Command.SCAN].memory for one in everything)
    yield Goal(name="peak memory of a scan, the largest", limit=120, unit="MB", measured=memory)
    yield Goal(name="growth of a scan with the files, exponent", limit=1.1, unit="", measured=growth(results.generated))
    for size in (200, 4600, 10000):
        ratio = sizes[size].ratio if size in sizes else None
        yield Goal(name=f"scan / lower bound, {size:,} Python files", limit=3, unit="", measured=ratio)
    ratios = [one.ratio for one in results.corpus]
    yield Goal(name="scan / lower bound, median of the corpus", limit=3, unit="", measured=_median(ratios))


def growth(generated: Iterable[Repository]) -> float | None:
    """The exponent with which a scan grows from 1,000 files to the largest repository, that of the smallest taken off.

    1 is linear, 2 quadratic. None where there are too few sizes.
    """
    points = sorted((one.python_files or 0, one.samples[Command.SCAN].seconds) for one in generated)
    if len(points) < 3 or not points[0][0] < 1000 < points[-1][0] or 1000 not in dict(points):
        return None
    (fewest, least), (most, longest) = points[0], points[-1]
    middle = dict(points)[1000]
    if not least < middle < longest:
        return None
    return math.log((longest - least) / (middle - least)) / math.log((most - fewest) / (1000 - fewest))


def ninth_decile(values: Iterable[float]) -> float:
    """What nine of ten are below."""
    found = list(values)
    return quantiles(found, n=10, method="inclusive")[8] if len(found) > 1 else found[0]


def _median(values: list[float]) -> float | None:
    return median(values) if values else None
