"""What the audit says: rules, their outcomes, findings, and the score."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Literal, TypeAlias

from analyzer.model.evidence import Certainty, Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass


class Severity(StrEnum):
    """What a finding means for the move, worst first: the build or the start fails on the target; the app runs and
    loses data, shows what it should not, or falls over; it would be better otherwise."""

    BLOCKER = "blocker"
    RISK = "risk"
    ADVICE = "advice"


SEVERITIES = tuple(Severity)
"""Worst first."""


class Effort(StrEnum):
    """How long the remedy takes."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class Category(StrEnum):
    """What a rule is about; rules stand in a folder of that name."""

    BUILD = "build"
    BUILDPACKS = "buildpacks"
    PYTHON = "python"
    STATIC_FILES = "static-files"
    MEDIA = "media"
    DATABASE = "database"
    REDIS = "redis"
    CELERY = "celery"
    PROCESSES = "processes"
    HEALTH = "health"
    SECURITY = "security"
    CONFIGURATION = "configuration"
    LOGGING = "logging"
    EMAIL = "email"
    SESSIONS = "sessions"
    MIGRATIONS = "migrations"
    SCHEDULING = "scheduling"
    ASGI = "asgi"
    FRONT_END = "front-end"
    PLATFORM = "platform"


class Area(StrEnum):
    """Parts of the readiness score."""

    BUILD = "build"
    BOOT = "boot"
    DATA = "data"
    CONFIGURATION = "config"
    OPERATIONS = "operations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Files laid over a small project that is in order (tests/rules/example_project); one without a text is taken away,
    one that begins with a byte order mark is in UTF-16.

    A bad one has `line`, where the rule finds something: of `path`, or of the first file where that is None.
    """

    files: Mapping[RepoPath, str | None]
    line: int | None = None
    path: RepoPath | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInfo:
    """A rule as people read about it."""

    id: str
    """In kebab case; the name of its module."""
    title: str
    """The fact, at most 60 characters, without a full stop."""
    severity: Severity
    category: Category
    area: Area
    effort: Effort
    rationale: str
    """What happens on the target, and why."""
    remediation: str
    """What to do: one way first, others behind it."""
    commands: tuple[str, ...] = ()
    """Lines to copy: shell commands, or lines of a file with its name in a comment above them."""
    references: tuple[str, ...]
    """Addresses of documentation."""
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    notes: tuple[str, ...] = ()
    """Codes of the plan's notes that it is made from: those are shown as its findings alone."""
    modes: tuple[str, ...] = ()
    """Failure modes of buildpacks that it covers (fixtures/buildpack_failures): "A1"."""
    security: bool = False
    """Whether it is about what an attacker could use."""


FailOn: TypeAlias = Literal["blocker", "risk", "advice", "never"]
"""Least severity of an open finding with which `doctor scan` ends with exit code 1."""
MinSeverity: TypeAlias = Literal["blocker", "risk", "advice"]
MinCertainty: TypeAlias = Literal["certain", "likely", "guess"]

# --- outcomes of a rule ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One place where a rule found something."""

    message: str
    """One sentence or two: what is there, with the names and values found, and what comes of it on the target."""
    evidence: tuple[Evidence, ...]
    """The place to change first."""
    certainty: Certainty = Certainty.CERTAIN
    severity: Severity | None = None
    """Where it is not the rule's own."""
    remediation: str | None = None
    """Where it is not the rule's own."""
    commands: tuple[str, ...] | None = None
    """Where they are not the rule's own."""


def commands_of(problem: Problem, rule: RuleInfo) -> tuple[str, ...]:
    """The problem's commands; the rule's own belong to the rule's own remedy."""
    if problem.commands is not None:
        return problem.commands
    return rule.commands if problem.remediation is None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The rule found something."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """All is well, as the evidence says; a word on why."""

    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """The rule is about something that the project does not have."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undetermined:
    """Only a person can tell: the question, the line to look at, and the key of the configuration that answers it."""

    question: str
    evidence: tuple[Evidence, ...]
    override: str | None = None


RuleOutcome: TypeAlias = Failed | Passed | NotApplicable | Undetermined


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """What one rule said of a project."""

    rule: RuleInfo
    outcome: RuleOutcome


# --- findings -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """Why a finding does not count, and where that is written."""

    reason: str
    source: Evidence
    until: str | None = None
    """ISO date of the last day on which it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreRule:
    """An entry of `[[tool.doctor.ignore]]`."""

    rule: str
    reason: str
    path: str | None = None
    """A file, or a pattern with `*`; every file where it is None."""
    until: str | None = None
    """ISO date of the last day on which it holds; the finding comes back on the next."""
    source: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Lines of the repository around a place, secrets redacted; columns count characters from 1, the end is behind the
    last."""

    first_line: int
    lines: tuple[str, ...]
    column: int
    end_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem as reports show it."""

    rule: str
    severity: Severity
    certainty: Certainty
    message: str
    evidence: tuple[Evidence, ...]
    """The place to change first; never empty, and that place is a file of the repository."""
    remediation: str
    commands: tuple[str, ...]
    fingerprint: str
    """The same as long as rule, file and the text of the line stay: other lines may come and go."""
    excerpt: Excerpt | None = None
    """Of the first place; None for a file without text."""
    ignored: Ignore | None = None
    known: bool = False
    """Whether the baseline has it."""
    patch: str | None = None
    """A unified diff after which the finding is gone, where there is one and it was asked for."""

    @property
    def counts(self) -> bool:
        """Whether it is open: neither ignored nor in the baseline."""
        return self.ignored is None and not self.known


# --- score ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScore:
    """The points of one rule that applies."""

    rule: str
    points: float
    of: int
    undetermined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaScore:
    """One area; `points` of `weight`, from the rules that apply. None where none does."""

    area: Area
    weight: int
    points: float | None
    rules: tuple[RuleScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How ready the project is, from 0 to 100."""

    version: int
    total: int
    capped: bool
    """Whether open blockers keep the total down."""
    areas: tuple[AreaScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All that the rules say, findings worst first, then by place."""

    findings: tuple[Finding, ...]
    results: tuple[RuleResult, ...]
    """Of every rule that was asked, by id."""
    score: Score
    expired_ignores: tuple[IgnoreRule, ...] = ()
    """Entries of the configuration whose last day is over, and whose findings are back."""
    unused_ignores: tuple[IgnoreRule, ...] = ()
    """Entries of the configuration that no finding needs."""
    patch: str | None = None
    """One unified diff of all changes that findings have, where patches were asked for."""
    patch_holds_secrets: bool = False
    """Whether that diff has lines with secrets: to be applied, it has to name the lines that are there."""
    excerpts: Mapping[tuple[RepoPath, int], Excerpt] = field(default_factory=dict)
    """Lines that questions and further evidence of findings name."""

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that count."""
        return tuple(one for one in self.findings if one.counts)

    def rule(self, rule_id: str) -> RuleInfo:
        """The rule of this id, which is one of those that were asked."""
        return next(one.rule for one in self.results if one.rule.id == rule_id)
