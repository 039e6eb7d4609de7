"""What is kept of each repository of a fleet, and what all of them say together."""

from collections.abc import Mapping
from enum import StrEnum

from analyzer.model.finding import Effort, Severity
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Tool


class ScanOutcome(StrEnum):
    """How the scan of one repository ended."""

    SCANNED = "scanned"
    NO_PROJECT = "no Django project"
    REFUSED = "refused"
    """There is no such folder, or its configuration cannot be followed."""
    CRASHED = "crashed"
    """A fault of doctor itself, or the end of the process."""
    TIMED_OUT = "timed out"

    @property
    def is_answer(self) -> bool:
        """Whether doctor could say something."""
        return self in (ScanOutcome.SCANNED, ScanOutcome.NO_PROJECT)


class BuildpackOutcome(StrEnum):
    """What one buildpack would make of a repository."""

    STARTS = "builds and starts"
    """As far as files can tell: nothing is predicted to go wrong."""
    FAILS = "fails"
    """The build or the start."""
    OVERRULED = "Dockerfile first"
    """It would take the folder, and the platform builds the Dockerfile in it instead."""
    REFUSES = "not taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildpackVerdict:
    """One buildpack and one repository."""

    buildpack: str
    title: str
    outcome: BuildpackOutcome
    failure: str | None = None
    """Id of the first thing that goes wrong, "boot::fixed-port"."""
    message: str = ""
    """What it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """Open findings of one rule with one severity in one repository."""

    rule: str
    title: str
    severity: Severity
    effort: Effort
    count: int
    path: str
    line: int
    """Of the first."""


class VerificationOutcome(StrEnum):
    """How the verification of one repository ended."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"

    @property
    def is_answer(self) -> bool:
        """Whether it came to its end."""
        return self in (VerificationOutcome.PASSED, VerificationOutcome.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedCheck:
    """A check of `doctor verify` that does not hold."""

    id: str
    component: str | None
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedEntry:
    """What came out when the emitted files of a repository were tried."""

    outcome: VerificationOutcome
    reason: str = ""
    """Why there are no checks; empty where there are."""
    engine: str = ""
    failed: tuple[FailedCheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetEntry:
    """One repository: a line of the results file."""

    repository: str
    """Its path as it was given, or relative to the folder that was."""
    key: str | None
    """Which files, which doctor and which configuration the answer is of; None where the scan did not come so far."""
    outcome: ScanOutcome
    reason: str = ""
    """Why there is no report; empty where there is one."""
    django_version: str | None = None
    python_version: str | None = None
    """As requested."""
    buildpacks: tuple[BuildpackVerdict, ...] = ()
    findings: tuple[RuleCount, ...] = ()
    """Worst first."""
    questions: int = 0
    score: int | None = None
    components: tuple[str, ...] = ()
    """Names of the planned components: "web", "worker"."""
    databases: tuple[str, ...] = ()
    """Engines of the planned databases: PG | MYSQL | VALKEY."""
    currency: str = ""
    cents: int = 0
    """Of a month, an estimate."""
    verification: VerifiedEntry | None = None


# --- all together ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureTotal:
    """Something that goes wrong with a buildpack, first of all, in some repositories."""

    id: str
    message: str
    """Of one of them."""
    repositories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildpackTotal:
    """One buildpack and the whole fleet."""

    buildpack: str
    title: str
    numbers: Mapping[BuildpackOutcome, int]
    """Repositories by outcome; every outcome is a key."""
    failures: tuple[FailureTotal, ...]
    """Most frequent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTotal:
    """One rule with one severity and the whole fleet."""

    rule: str
    title: str
    severity: Severity
    effort: Effort
    repositories: tuple[str, ...]
    alone: int
    """Repositories where no other rule has findings of that severity: what its remedy frees at once."""
    findings: int


class Wave(StrEnum):
    """How far a repository is from its move: what the longest of its blockers takes."""

    NOW = "no blocker"
    MINUTES = "blockers of minutes"
    HOURS = "blockers of hours"
    DAYS = "blockers of days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One repository in the order of migration."""

    entry: FleetEntry
    wave: Wave
    reason: str
    """Why it stands where it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetSummary:
    """What a fleet says as a whole."""

    tool: Tool
    target: str
    """Name of the folder or list, without the path to it."""
    entries: tuple[FleetEntry, ...]
    """By repository."""
    buildpacks: tuple[BuildpackTotal, ...]
    rules: tuple[RuleTotal, ...]
    """Worst severity first, then what most repositories have."""
    moves: tuple[Move, ...]
    """Easiest first."""
    currency: str
    cents: int
    """Of all repositories together, a month."""

    def ended(self, outcome: ScanOutcome) -> tuple[FleetEntry, ...]:
        """The repositories whose scan ended so."""
        return tuple(entry for entry in self.entries if entry.outcome is outcome)
