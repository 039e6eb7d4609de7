"""A bar whose parts stand side by side, as wide as their shares."""

from collections.abc import Iterable

from analyzer.model.quick_dataclass import dataclass

WIDTH = 1000.0
SMALLEST = 0.01
"""The share below which a part is added to the rest."""
MOST = 14
"""Parts of a bar, the rest among them."""
REST = "everything else"
DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar; `x` and `width` are of a bar of WIDTH."""

    label: str
    value: float
    share: float
    """From 0 to 1."""
    x: float
    width: float


def stack(values: Iterable[tuple[str, float]]) -> tuple[Part, ...]:
    """The parts in the order given; what is too small to be seen comes last, as one part.

    Args:
        values: label and value, which is not negative, of each part.
    """
    given = [(label, value) for label, value in values if value > 0]
    total = sum(value for _, value in given)
    largest = sorted((value for _, value in given), reverse=True)[: MOST - 1]
    least = max(SMALLEST * total, largest[-1] if len(given) > MOST else 0.0)
    shown = [one for one in given if one[1] >= least][: MOST - 1 if len(given) > MOST else MOST]
    rest = total - sum(value for _, value in shown)
    if len(shown) < len(given):
        shown.append((REST, rest))
    parts: list[Part] = []
    before = 0.0
    for label, value in shown:
        x, share = WIDTH * before / total, value / total
        parts.append(
            Part(label=label, value=value, share=share, x=round(x, DIGITS), width=round(WIDTH * share, DIGITS))
        )
        before += value
    return tuple(parts)
