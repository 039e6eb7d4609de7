"""What the checklist is made of."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Effort
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do."""

    text: str
    detail: str = ""
    """What to know about it, in a sentence or two."""
    commands: tuple[str, ...] = ()
    """Shell commands that do it, or begin it."""
    effort: Effort | None = None
    """None where it depends on the project."""
    rule: str | None = None
    """The rule that asks for it."""
    evidence: tuple[Evidence, ...] = ()
    """Where to begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Steps that belong together, in their order."""

    title: str
    intent: str
    """What holds while they are done."""
    steps: tuple[Step, ...]
