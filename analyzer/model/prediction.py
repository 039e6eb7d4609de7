"""What a buildpack would do with a repository: what it detects, installs and starts, and where it stops."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.quick_dataclass import dataclass


class Step(StrEnum):
    """The steps of a build, in their order; each is a row of the comparison table."""

    DETECT = "detect"
    CHECKS = "checks"
    HOOKS = "hooks"
    PACKAGE_MANAGER = "package manager"
    PYTHON = "python"
    SYSTEM_PACKAGES = "system packages"
    INSTALL = "install"
    FRONTEND = "front end"
    NLTK = "nltk"
    COLLECTSTATIC = "collectstatic"
    PROCESSES = "processes"
    BOOT = "boot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a buildpack does in a step, and the lines because of which it does so."""

    step: Step
    text: str
    evidence: tuple[Evidence, ...]
    source: str = ""
    """File and lines of the upstream program that hold the rule ("lib/package_manager.sh 8-186")."""
    mode: str | None = None
    """The failure mode of the project's catalogue (fixtures/buildpack_failures) that this is a case of, "A9"; None where
    it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildWarning:
    """A warning of the build log, by the buildpack's own name for it."""

    id: str
    message: str
    step: Step
    evidence: tuple[Evidence, ...]
    mode: str | None = None
    """The failure mode of the project's catalogue that this is a case of, "B9"; None where it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedFailure:
    """Where the build or the start fails."""

    id: str
    """The buildpack's own identifier or title."""
    mode: str | None
    """The failure mode of the project's catalogue that this is a case of, "B3"; None where it is none."""
    message: str
    step: Step
    log: str
    """What the platform's log says, in the program's own words, shortened."""
    fix: str
    """The smallest change that makes the step pass."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedPython:
    """The Python that the build takes: `requested` as the file says, `resolved` to a release by the version table."""

    requested: str | None = None
    resolved: str | None = None
    origin: str | None = None
    """The file that decides, or "default"."""
    evidence: tuple[Evidence, ...] = ()


class Outcome(StrEnum):
    """What becomes of collectstatic."""

    RUNS = "runs"
    SKIPPED = "skipped"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedCollectstatic:
    """Whether static files are collected during the build; `manage_py` is the file that the buildpack would run."""

    outcome: Outcome
    reason: str
    manage_py: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildpackPrediction:
    """What one buildpack (or builder) does with one folder."""

    buildpack: str
    """heroku-classic-v322 | heroku-classic | heroku-cnb | paketo | google-22 | google-24"""
    title: str
    """For people: "DigitalOcean App Platform (Heroku classic v322)"."""
    version: str
    read_on: str
    """ISO date on which the rules and tables were read from the upstream source."""
    detected: Fact[bool]
    group: tuple[str, ...] | None = None
    """Names of the buildpacks that take part, in order, where a builder chooses among groups."""
    package_manager: str | None = None
    install_command: str | None = None
    python: PredictedPython = field(default_factory=PredictedPython)
    error: PredictedFailure | None = None
    """The failure with which the buildpack stops by its own checks of the files and variables that it is given.

    What would come after it is still predicted where it can be told. What hooks, installers, Django and other
    buildpacks of the group make fail is in `failures` alone.
    """
    failures: tuple[PredictedFailure, ...] = ()
    """Everything that goes wrong, `error` first: a build that passes with a useless image, what fails at the start."""
    warnings: tuple[BuildWarning, ...] = ()
    collectstatic: PredictedCollectstatic | None = None
    processes: Mapping[str, str] = field(default_factory=dict)
    default_process: str | None = None
    build_environment: Mapping[str, str] = field(default_factory=dict)
    run_environment: Mapping[str, str] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
