"""An app spec as a file says it, written by doctor or by hand. Absent keys have the platform's defaults.

Source: the app spec reference, and the platform's own Go types where that is silent.
"""

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass

DEFAULT_PORT = 8080
JOB_TIMEOUT = 1800
BUILD_SCOPES = ("BUILD_TIME", "RUN_AND_BUILD_TIME")
RUN_SCOPES = ("RUN_TIME", "RUN_AND_BUILD_TIME")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecVariable:
    """One of `envs`; `value` None is a secret that the panel asks for."""

    name: str
    value: str | None
    scope: str
    secret: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecHealthCheck:
    """The readiness check of a service; `path` None is a TCP check. Times in seconds."""

    path: str | None = None
    port: int | None = None
    initial_delay: int = 0
    period: int = 10
    timeout: int = 1
    success_threshold: int = 1
    failure_threshold: int = 9
    evidence: Evidence

    @property
    def budget(self) -> int:
        """Seconds after which the platform gives a container up."""
        return self.initial_delay + self.period * self.failure_threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecComponent:
    """A service, worker, job or static site."""

    name: str
    kind: str
    """services | workers | jobs | static_sites"""
    job_kind: str = "POST_DEPLOY"
    source_dir: RepoPath = "."
    dockerfile: RepoPath | None = None
    """Relative to the repository; None where a buildpack or a ready image is used."""
    dockerfile_line: int = 1
    """Line of the spec that names it, or that begins the component."""
    run_command: str | None = None
    port: int = DEFAULT_PORT
    instances: int = 1
    size: str | None = None
    health_check: SpecHealthCheck | None = None
    grace_period: int = 120
    """Seconds between TERM and KILL."""
    timeout: int = JOB_TIMEOUT
    """Seconds after which a job is given up."""
    routes: tuple[str, ...] = ()
    """Prefixes of the paths that lead to it, by the app's ingress or its own `routes`."""
    output_dir: str | None = None
    """Of a static site: the folder of its image with what it serves."""
    variables: tuple[SpecVariable, ...] = ()
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecDatabase:
    """A database; `engine` as the platform calls it (PG, MYSQL, REDIS, VALKEY, …)."""

    name: str
    engine: str
    version: str | None = None
    production: bool = False
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSpec:
    """A whole app spec."""

    path: RepoPath
    name: str
    components: tuple[SpecComponent, ...]
    databases: tuple[SpecDatabase, ...]
    variables: tuple[SpecVariable, ...]
    """Of the whole app; a component's own win."""

    def serving(self, path: str) -> tuple[SpecComponent, str] | None:
        """The component to which a path of the app leads, and the longest prefix that leads there; None without one."""
        found = [
            (component, prefix)
            for component in self.components
            for route in component.routes
            if path == (prefix := route.rstrip("/")) or path.startswith(f"{prefix}/")
        ]
        return max(found, key=lambda pair: len(pair[1]), default=None)
