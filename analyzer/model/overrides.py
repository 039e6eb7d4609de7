"""What the configuration decides instead of the planner; None and empty mean that it says nothing.

The names of the classes' fields are the keys of `[tool.doctor]`: `image.python_version`, `components.web.size`.
"""

from collections.abc import Mapping
from dataclasses import field

from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AppOverrides:
    """`[tool.doctor.app]`."""

    name: str | None = None
    region: str | None = None
    git_repo: str | None = None
    """"owner/name" or a clone URL."""
    branch: str | None = None
    domain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageOverrides:
    """`[tool.doctor.image]`."""

    context: RepoPath | None = None
    python_version: str | None = None
    debian: str | None = None
    base_image: str | None = None
    system_packages: tuple[str, ...] | None = None
    """Run-time packages in addition to those that are found."""
    build_packages: tuple[str, ...] | None = None
    install_command: str | None = None
    """In place of the commands of the dependency layer."""
    node_version: str | None = None
    assets: bool | None = None
    compilemessages: bool | None = None
    collectstatic: bool | None = None
    build_environment: Mapping[str, str] = field(default_factory=dict)
    """Throw-away values for management commands at build, by variable."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables of the run-time image in addition to the planner's."""
    writable: tuple[RepoPath, ...] | None = None
    ignore: tuple[str, ...] | None = None
    """Lines of .dockerignore behind the planner's own; `!path` lets a file in again."""
    port: int | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentOverrides:
    """`[tool.doctor.components.NAME]`."""

    enabled: bool | None = None
    command: str | None = None
    size: str | None = None
    instances: int | None = None
    health_check_path: str | None = None
    grace_period: int | None = None
    schedule: str | None = None
    route: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseOverrides:
    """`[tool.doctor.databases.NAME]`."""

    enabled: bool | None = None
    version: str | None = None
    production: bool | None = None
    cluster_name: str | None = None
    size: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableOverrides:
    """`[tool.doctor.environment.NAME]`."""

    enabled: bool | None = None
    value: str | None = None
    secret: bool | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """All of them."""

    file: str = "doctor.toml"
    """The file that says so, for the evidence of a decision."""
    app: AppOverrides = field(default_factory=AppOverrides)
    image: ImageOverrides = field(default_factory=ImageOverrides)
    components: Mapping[str, ComponentOverrides] = field(default_factory=dict)
    databases: Mapping[str, DatabaseOverrides] = field(default_factory=dict)
    environment: Mapping[str, VariableOverrides] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each key that the file sets ("image.python_version": 4)."""
