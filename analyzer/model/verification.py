"""What came out when the files were tried on a real engine."""

from enum import StrEnum

from analyzer.model.evidence import Evidence
from analyzer.model.quick_dataclass import dataclass


class Outcome(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"

    @property
    def mark(self) -> str:
        """A short word for a list of checks."""
        return {Outcome.PASSED: "ok", Outcome.FAILED: "FAIL"}.get(self, "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check saw: how it ended and why. `cause` and `fix` say something only where it failed."""

    outcome: Outcome
    detail: str = ""
    """A status, a size, a reason, in a phrase."""
    cause: str = ""
    """What went wrong, as a statement."""
    fix: str = ""
    """The smallest change that mends it."""
    command: str = ""
    log: tuple[str, ...] = ()
    """The last lines of the log, secrets hidden."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was tried, and what was found."""

    id: str
    title: str
    component: str | None
    """None for what is about the whole app."""
    seconds: float
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer of an image, and the instruction that made it."""

    instruction: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageResult:
    """An image that was built, once for all the components that need the same."""

    components: tuple[str, ...]
    dockerfile: str
    seconds: float
    bytes: int
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentUsage:
    """The most memory that a component took, in bytes, against what its size gives."""

    component: str
    peak: int
    limit: int | None
    size: str | None
    """Slug of the size that the spec gives."""
    advised: str | None
    """Slug of the smallest size of the same kind with room to spare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a service that was left running is reached from this machine."""

    component: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Everything that one run found out."""

    spec: str
    engine: str
    checks: tuple[Check, ...]
    images: tuple[ImageResult, ...]
    usage: tuple[ComponentUsage, ...]
    addresses: tuple[Address, ...] = ()
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return all(check.finding.outcome is not Outcome.FAILED for check in self.checks)


def passed(detail: str = "", **more: object) -> Finding:
    """The finding of a check that holds."""
    return Finding(outcome=Outcome.PASSED, detail=detail, **more)  # type: ignore[arg-type]


def failed(cause: str, fix: str, **more: object) -> Finding:
    """The finding of a check that does not hold: what went wrong, and the smallest change that mends it."""
    return Finding(outcome=Outcome.FAILED, cause=cause, fix=fix, **more)  # type: ignore[arg-type]


def not_applicable(reason: str) -> Finding:
    """The finding of a check that says nothing about this app."""
    return Finding(outcome=Outcome.NOT_APPLICABLE, detail=reason)
