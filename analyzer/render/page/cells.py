"""The cells of the table of builders."""

from collections.abc import Iterable

from analyzer.model.quick_dataclass import dataclass
from analyzer.render.page.places import Link

NOTHING = "–"
NAMED = 4
"""Variables that a cell names; all of them are behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that a builder does, the lines because of which it does so, and the program that says it."""

    text: str
    places: tuple[Link, ...]
    sources: tuple[Link, ...] = ()
    tone: str = ""
    """bad | fair, where something goes wrong or is warned of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one builder does in a step; `differs` says that the Dockerfile does something else."""

    text: str
    differs: bool
    tone: str
    reasons: tuple[Reason, ...]


def names(environment: Iterable[str]) -> str:
    """Some names, and how many more there are."""
    first, more = list(environment)[:NAMED], list(environment)[NAMED:]
    return f"{', '.join(first)} and {len(more)} more" if more else ", ".join(first) or NOTHING


def minor(version: str) -> str:
    """The first two numbers of a version."""
    return ".".join(version.split(".")[:2])
