"""What a buildpack would do with a repository: what it detects, installs and starts, and where it stops."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.quick_dataclass import dataclass


class Step(StrEnum):
    """The steps of a build, in their order, and the start of what it made."""

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
    """The failure mode of the project's catalogue (fixtures/buildpack_failures) that this is a case of, "A9"; None
    where it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildWarning:
    """What the build log warns of, or should: a buildpack passes over some of it in silence."""

    id: str
    """The buildpack's own identifier; in silence, a name of the project's own in the same style ("uv::dev-group")."""
    message: str
    step: Step
    evidence: tuple[Evidence, ...]
    mode: str | None = None
    """The failure mode of the project's catalogue that this is a case of, "B9"; None where it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedFailure:
    """Where the build or the start fails."""

    id: str
    """The buildpack's own identifier or title, if it has one; otherwise a name of the project's own in the same style
    ("boot::fixed-port")."""
    mode: str | None
    """The failure mode of the project's catalogue that this is a case of, "B3"; None where it is none."""
    message: str
    step: Step
    log: str
    """What the platform's log says, in the program's own words, shortened; in parentheses where it says nothing of
    the kind."""
    fix: str
    """The smallest change that makes the step pass."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedPython:
    """The Python that the build takes; all None where the build does not come to it."""

    requested: str | None = None
    """As the file says, or the buildpack's default."""
    resolved: str | None = None
    """The release by the version table, N.N.N; None where the request stops the build or only a run can tell."""
    origin: str | None = None
    """The file or variable that decides, or "default"."""
    evidence: tuple[Evidence, ...] = ()


class Outcome(StrEnum):
    """What becomes of collectstatic."""

    RUNS = "runs"
    SKIPPED = "skipped"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedCollectstatic:
    """Whether static files are collected during the build."""

    outcome: Outcome
    reason: str
    manage_py: str | None = None
    """The file that the buildpack would run, whatever the outcome; None where it finds none or looks for none."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """Where the program behind a prediction was read."""

    repository: str
    """On GitHub: "heroku/heroku-buildpack-python"."""
    revision: str
    """A commit, or a tag."""
    prefix: str = ""
    """How `Statement.source` begins for its files, in front of the path that the repository has."""


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
    """Whether it takes the folder, with the files because of which it does."""
    overruled_by: Evidence | None = None
    """What makes the platform build something else in spite of `detected`: a Dockerfile, on App Platform. All else
    here is what the buildpack would do without it. None where the buildpack has its turn."""
    group: tuple[str, ...] | None = None
    """Names of the buildpacks that take part, in order; None for a buildpack that works alone, and where none does."""
    package_manager: str | None = None
    """What installs the packages; None where nothing does, or the build stops before."""
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
    """None where the build does not come to static files."""
    processes: Mapping[str, str] = field(default_factory=dict)
    """The command of each type of process, as the platform starts it."""
    default_process: str | None = None
    """The type that starts when nothing else is asked for; None when none does."""
    build_environment: Mapping[str, str] = field(default_factory=dict)
    """The variables that the buildpack sets for the build, with values in which a shell's `$NAME` may stand."""
    run_environment: Mapping[str, str] = field(default_factory=dict)
    """The same for the image."""
    statements: tuple[Statement, ...] = ()
    """All that it does, in the order in which it does so, as far as the steps can be told apart."""
    upstream: tuple[Upstream, ...] = ()
    """The repositories whose files the statements name, longest prefix first."""
