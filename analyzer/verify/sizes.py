"""What a container of a size gets, and the size that a component needs."""

from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.tables import table

MIB = 1024 * 1024
ROOM = 0.75
"""Share of a size's memory that the peak of a quiet app may take: requests and tasks need the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Memory in bytes, processors, US cents a month."""

    slug: str
    memory: int
    cpus: int
    cents: int


def size_of(slug: str | None) -> Size | None:
    """The size of that slug, the default one where there is none; None for a slug that is not in the table."""
    sizes = table("instance_sizes")
    row = sizes["sizes"].get(slug or sizes["default"])
    return _size(slug or sizes["default"], row) if row is not None else None


def advised(peak: int) -> Size | None:
    """The cheapest size in which `peak` bytes leave room; None where none is large enough."""
    rows = table("instance_sizes")["sizes"].items()
    fitting = [size for size in (_size(slug, row) for slug, row in rows) if peak <= size.memory * ROOM]
    return min(fitting, key=lambda size: (size.cents, size.slug), default=None)


def _size(slug: str, row: dict[str, int]) -> Size:
    return Size(slug=slug, memory=row["memory"] * MIB, cpus=row["cpus"], cents=row["cents"])
