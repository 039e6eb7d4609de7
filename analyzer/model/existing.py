"""What files of other deployments and of the checkout already say about the app."""

from collections.abc import Mapping
from dataclasses import field

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingVariable:
    """A variable of an app spec. `value` is None for a secret that the file does not, or should not, hold."""

    name: str
    value: str | None
    encrypted: bool
    """Whether the value is the platform's own ciphertext (`EV[1:…]`), which is kept as it is."""
    secret: bool
    scope: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingComponent:
    """A component of an app spec; numbers and texts that it does not give are None."""

    name: str
    kind: str
    """services | workers | jobs | static_sites | functions"""
    job_kind: str | None = None
    source_dir: RepoPath = "."
    run_command: str | None = None
    size: str | None = None
    instances: int | None = None
    autoscales: bool = False
    port: int | None = None
    health_check_path: str | None = None
    health_check_times: Mapping[str, int] = field(default_factory=dict)
    """Numbers of the health check, by the app spec's keys ("period_seconds")."""
    grace_period: int | None = None
    """Seconds between TERM and KILL."""
    cron: str | None = None
    time_zone: str | None = None
    routes: tuple[str, ...] = ()
    variables: tuple[ExistingVariable, ...] = ()
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingDatabase:
    """A database of an app spec."""

    name: str
    engine: str
    version: str | None = None
    production: bool = False
    cluster_name: str | None = None
    db_name: str | None = None
    db_user: str | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingDomain:
    """A domain of an app spec."""

    domain: str
    type: str | None = None
    zone: str | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecKey:
    """A key of an app spec."""

    kind: str
    """The list that it stands in ("services", "domains"), or "app" or "ingress"."""
    owner: str
    """Name of the element that has it; "" for the app."""
    key: str
    """"http_port", or of a mapping "health_check.http_path"."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingSpec:
    """The app spec that the repository already has: the first of its files that is about the project."""

    path: RepoPath
    name: str | None
    region: str | None
    components: tuple[ExistingComponent, ...]
    databases: tuple[ExistingDatabase, ...]
    domains: tuple[ExistingDomain, ...]
    variables: tuple[ExistingVariable, ...]
    alerts: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """Lines of name and region."""
    keys: tuple[SpecKey, ...] = ()
    """All that it has, but for variables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledCommand:
    """A command that some file has run at fixed times."""

    name: str
    cron: str
    """Five fields; "" where only a console outside the repository knows the time."""
    command: str
    """Shell text; "" where only that console knows it."""
    source: str
    """django-crontab | django-cron | crontab | app.json | render.yaml | app spec | Heroku Scheduler"""
    evidence: Evidence
    time_zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceImage:
    """A service that a Compose file runs from somebody else's image ("postgres", "15-alpine")."""

    name: str
    image: str
    tag: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class GitRemote:
    """Where the checkout came from, credentials removed."""

    host: str
    """"github.com"."""
    path: str
    """"owner/name"."""
    branch: str | None
    """The remote's default branch where the checkout knows it, else the branch that is checked out."""
    evidence: Evidence
