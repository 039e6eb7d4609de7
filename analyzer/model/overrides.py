"""What the configuration decides instead of the planner; None and empty mean that it says nothing.

The names of the classes' fields are the keys of `[tool.doctor]`: `image.python_version`, `components.web.size`.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AppOverrides:
    """`[tool.doctor.app]`: the app as a whole."""

    name: str | None = None
    """Name of the app."""
    region: str | None = None
    """Region of the app and its databases ("fra")."""
    git_repo: str | None = None
    """"owner/name" or a clone URL."""
    branch: str | None = None
    """Branch that is deployed."""
    domain: str | None = None
    """Domain of the app, in place of the platform's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageOverrides:
    """`[tool.doctor.image]`: the image of all components."""

    context: RepoPath | None = None
    """Folder that is built, relative to the scanned one."""
    python_version: str | None = None
    """Python of the image ("3.12")."""
    debian: str | None = None
    """Release of Debian ("trixie", "bookworm")."""
    base_image: str | None = None
    """Image that both stages start from, in place of python:VERSION-slim-RELEASE."""
    buildkit: bool | None = None
    """Whether the Dockerfile may use what only BuildKit knows: cache mounts."""
    system_packages: tuple[str, ...] | None = None
    """Run-time packages in addition to those that are found."""
    build_packages: tuple[str, ...] | None = None
    """Packages of the builder stage in addition to those that are found."""
    install_command: str | None = None
    """In place of the commands of the dependency layer."""
    node_version: str | None = None
    """Node.js of the stage that builds the front end ("22")."""
    assets: bool | None = None
    """Whether a stage with Node.js builds the front end."""
    compilemessages: bool | None = None
    """Whether translations are compiled in the image."""
    collectstatic: bool | None = None
    """Whether static files are collected in the image."""
    tailwind: bool | None = None
    """Whether `manage.py tailwind build` runs in the image."""
    compilescss: bool | None = None
    """Whether Sass is compiled in the image (`manage.py compilescss`)."""
    compress: bool | None = None
    """Whether django-compressor's `manage.py compress` runs in the image."""
    build_environment: Mapping[str, str] = field(default_factory=dict)
    """Throw-away values for management commands at build, by variable."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables of the run-time image in addition to the planner's."""
    writable: tuple[RepoPath, ...] | None = None
    """Folders of the source that processes write to, relative to the build context."""
    ignore: tuple[str, ...] | None = None
    """Lines of .dockerignore behind the planner's own; `!path` lets a file in again."""
    port: int | None = None
    """Port that the web process listens on."""
    user_id: int | None = None
    """Number of the user that processes run as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentOverrides:
    """`[tool.doctor.components.NAME]`: a component of the plan, by its name."""

    enabled: bool | None = None
    """false leaves the component out."""
    command: str | None = None
    """Command that the component runs."""
    size: str | None = None
    """Slug of the instance size ("apps-s-1vcpu-1gb")."""
    instances: int | None = None
    """Number of containers."""
    health_check_path: str | None = None
    """Path that answers 200 when the service is up, in place of a look at the port."""
    grace_period: int | None = None
    """Seconds between TERM and KILL."""
    schedule: str | None = None
    """Five cron fields of a scheduled job."""
    route: str | None = None
    """Path of the app below which a front end of its own is served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseOverrides:
    """`[tool.doctor.databases.NAME]`: a database of the plan, by its name."""

    enabled: bool | None = None
    """false leaves the database out."""
    version: str | None = None
    """Version of the engine ("17")."""
    production: bool | None = None
    """true: an existing managed cluster; false: a development database, which PostgreSQL alone can be."""
    cluster_name: str | None = None
    """Name of the managed cluster."""
    size: str | None = None
    """Size of the cluster's nodes, for the estimate of the cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableOverrides:
    """`[tool.doctor.environment.NAME]`: an environment variable of the app, by its name."""

    enabled: bool | None = None
    """false leaves the variable out."""
    value: str | None = None
    """Value of the variable; adds the variable where nothing of the project reads it."""
    secret: bool | None = None
    """Whether the platform keeps it secret and asks for the value; true adds the variable, too."""
    scope: Literal["RUN_TIME", "BUILD_TIME", "RUN_AND_BUILD_TIME"] | None = None
    """When the variable is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """All of them."""

    file: str = "doctor.toml"
    """The file that says so, for the evidence of a decision."""
    app: AppOverrides = field(default_factory=AppOverrides)
    image: ImageOverrides = field(default_factory=ImageOverrides)
    components: Mapping[str, ComponentOverrides] = field(default_factory=dict)
    """By the names of the plan's components; another name is an error."""
    databases: Mapping[str, DatabaseOverrides] = field(default_factory=dict)
    """By the names of the plan's databases; another name is an error."""
    environment: Mapping[str, VariableOverrides] = field(default_factory=dict)
    """By the names of variables; `value`, or `secret = true`, adds one that nothing of the project reads."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each key that the file sets ("image.python_version": 4)."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Option of the command line that sets a key in place of the file ("image.buildkit": "--buildkit")."""

    def place(self, key: str) -> Evidence:
        """Where the file sets a key, or the first key below it."""
        below = (line for other, line in self.lines.items() if other.startswith(f"{key}."))
        return Evidence(path=self.file, line=self.lines.get(key) or min(below, default=1))
