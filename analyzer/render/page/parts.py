"""An architecture: a drawing, and the table that says the same."""

from analyzer.model.quick_dataclass import dataclass
from analyzer.render.drawings.columns import Drawing
from analyzer.render.page.places import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row of the table: what a box says, in full, and why it is there."""

    id: str
    kind: str
    name: str
    detail: str
    because: str
    places: tuple[Link, ...]
    override: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """A drawing and the table beside it."""

    drawing: Drawing
    parts: tuple[Part, ...]
