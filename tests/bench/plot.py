"""A plot of time against number of files, both logarithmic, as an SVG that suits light and dark pages."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 160, 50, 60
"""Margins; the names of the series stand in the right one."""
LETTER = 16
"""Height that a name takes."""
STEPS = (1, 2, 5)
STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1f2933; }
.title { font-weight: 600; font-size: 15px; }
.grid { stroke: #d5dbe3; stroke-width: 1; }
.series { fill: none; stroke-width: 2; }
.dashed { stroke-dasharray: 6 5; }
.s0 { stroke: #1d5fbf; } .s1 { stroke: #9a5b00; } .s2 { stroke: #1d7a4b; } .s3 { stroke: #6b7480; }
circle.s0 { fill: #1d5fbf; } circle.s1 { fill: #9a5b00; } circle.s2 { fill: #1d7a4b; } circle.s3 { fill: #6b7480; }
@media (prefers-color-scheme: dark) {
  text { fill: #e5e9ef; }
  .grid { stroke: #333d49; }
  .s0 { stroke: #8cbcff; } .s1 { stroke: #f0b45b; } .s2 { stroke: #74d393; } .s3 { stroke: #a3adb9; }
  circle.s0 { fill: #8cbcff; } circle.s1 { fill: #f0b45b; } circle.s2 { fill: #74d393; } circle.s3 { fill: #a3adb9; }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A line; `points` are (files, seconds), all above 0, in the order of the files."""

    name: str
    points: tuple[tuple[float, float], ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis from one value to another, at places of the drawing."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return round(self.start + share * (self.end - self.start), 1)


def plot(title: str, series: Sequence[Series]) -> str:
    """The drawing of at most four series."""
    x = _Axis(*_bounds(p[0] for s in series for p in s.points), LEFT, WIDTH - RIGHT)
    y = _Axis(*_bounds(p[1] for s in series for p in s.points), HEIGHT - BOTTOM, TOP)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title">',
        f'<title id="title">{escape(title)}</title>',
        f"<style>\n{STYLE}\n</style>",
        f'<text class="title" x="{LEFT}" y="24">{escape(title)}</text>',
        *_grid(x, y),
        *_lines(x, y, series),
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:g}" y="{HEIGHT - 14}" text-anchor="middle">Python files</text>',
        f'<text x="{LEFT}" y="{TOP - 8}" text-anchor="end">seconds</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _lines(x: _Axis, y: _Axis, series: Sequence[Series]) -> Iterator[str]:
    for number, one in enumerate(series):
        places = [(x.place(files), y.place(seconds)) for files, seconds in one.points]
        path = " ".join(f"{across:g},{down:g}" for across, down in places)
        yield f'<polyline class="series s{number}{" dashed" if one.dashed else ""}" points="{path}"/>'
        if not one.dashed:
            yield from (f'<circle class="s{number}" cx="{a:g}" cy="{d:g}" r="3.5"/>' for a, d in places)
    ends = sorted((y.place(one.points[-1][1]), number) for number, one in enumerate(series))
    last = -math.inf
    for place, number in ends:
        last = max(place, last + LETTER)
        one = series[number]
        yield f'<text x="{x.place(one.points[-1][0]) + 10:g}" y="{last + 4:g}">{escape(one.name)}</text>'


def _grid(x: _Axis, y: _Axis) -> Iterator[str]:
    for value in _ticks(x.low, x.high, (1,)):
        at = x.place(value)
        yield f'<line class="grid" x1="{at:g}" y1="{y.start:g}" x2="{at:g}" y2="{y.end:g}"/>'
        yield f'<text x="{at:g}" y="{y.start + 20:g}" text-anchor="middle">{value:,.0f}</text>'
    for value in _ticks(y.low, y.high, STEPS):
        at = y.place(value)
        yield f'<line class="grid" x1="{x.start:g}" y1="{at:g}" x2="{x.end:g}" y2="{at:g}"/>'
        yield f'<text x="{x.start - 8:g}" y="{at + 4:g}" text-anchor="end">{value:g}</text>'


def _bounds(values: Iterable[float]) -> tuple[float, float]:
    """The ticks around all values."""
    found = list(values)
    low, high = min(found), max(found)
    around = list(_ticks(low / 10, high * 10, STEPS))
    return max(tick for tick in around if tick <= low), min(tick for tick in around if tick > high)


def _ticks(low: float, high: float, steps: Iterable[int]) -> Iterator[float]:
    """Powers of ten, and the given steps between them, from `low` to `high`."""
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for step in steps:
            value = float(f"{step}e{power}")
            if low <= value <= high:
                yield value
