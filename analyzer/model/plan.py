"""The deployment that is decided from the facts.

Whatever somebody could want otherwise is a `Decision`: the value, the rule that led to it, the lines of the repository
that speak for it, what else was possible, and the configuration key that changes it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic

from analyzer.model.evidence import Evidence, RepoPath, T_co
from analyzer.model.quick_dataclass import dataclass

HANDING_ON_TERM = "timeout --foreground 0 "
"""Before a command that ignores TERM as the first process of a container; `timeout` (coreutils) passes it on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What could have been chosen instead, and why it was not ("no wheel of Pillow 9.0.1", "set it to change this")."""

    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Generic[T_co]):
    """A value of the plan and why it is so.

    `rule` is one sentence in the present tense that a reviewer can agree or disagree with; `evidence` is empty where
    nothing in the repository says anything and the rule is a default.
    """

    value: T_co
    rule: str
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    override: str | None = None
    """Key of `[tool.doctor]` ("image.python_version", "components.web.size"); None where nothing else would work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNote:
    """Something that the plan cannot repair and that somebody has to look at; `code` is stable and in kebab case."""

    code: str
    message: str
    evidence: tuple[Evidence, ...] = ()
    remedy: str = ""


# --- the image ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallPlan:
    """How the dependencies get into the virtual environment; all paths are relative to the build context."""

    manager: str
    """pip | pipenv | poetry | uv | pdm | setuptools | conda"""
    tools: tuple[str, ...]
    """Requirements of the installer itself, pinned ("poetry==2.2.1"); empty where pip of the base image does it."""
    copies: tuple[RepoPath, ...]
    """Files and folders that the dependency layer needs, nothing of the source that changes daily among them."""
    environment: Mapping[str, str]
    """Variables of the builder stage for the installer (UV_PROJECT_ENVIRONMENT, …)."""
    folders: tuple[RepoPath, ...] = ()
    """Which of `copies` are folders (of local packages)."""
    commands: tuple[str, ...]
    """Shell commands of the dependency layer, in order; `/opt/venv/bin` is first in PATH."""
    unpinned: str = ""
    """Why the last of them names packages without versions, as a sentence; empty where it does not."""
    project_commands: tuple[str, ...] = ()
    """Commands that need the source (`pip install --no-deps .`); run after it is copied."""
    needs_source: bool = False
    """True when even the dependencies cannot be installed without the source (local path requirements)."""
    caches: tuple[str, ...] = ()
    """Absolute folders of its downloads, which BuildKit keeps between builds; none for the other builders."""
    pip_caches: tuple[str, ...] = ()
    """Those of pip, which installs `tools` and what no file asks for."""
    pip: bool = True
    """Whether the virtual environment has pip until everything is installed; other installers need none in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPackage:
    """A package that no file of the repository asks for and that the image needs (a web server)."""

    requirement: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AptPackage:
    """A Debian package, by its name in the chosen release, and who needs it."""

    name: str
    because: str
    folder: str = ""
    """Absolute folder without which it cannot be set up, and that slim images do not have."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetsPlan:
    """The front-end build, in a stage of its own; paths are relative to the build context."""

    image: str
    """"node:22-slim"."""
    directory: RepoPath
    """The folder of package.json."""
    copies: tuple[RepoPath, ...]
    install: str
    build: str
    outputs: tuple[RepoPath, ...]
    """Files or folders that the build writes and that collectstatic or Django reads."""
    sources: tuple[RepoPath, ...] = ()
    """What the build reads beside its own folder (templates that Tailwind scans); empty: the folder is enough."""
    caches: tuple[str, ...] = ()
    """Absolute folders of downloads, which BuildKit keeps between builds; none for the other builders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementCommand:
    """A `manage.py` command that runs at build, with throw-away values of the variables without which it stops."""

    command: str
    variables: Mapping[str, str]
    evidence: tuple[Evidence, ...] = ()
    outside: tuple[str, ...] = ()
    """Absolute folders beside the source that it writes and the image needs."""
    leftovers: tuple[str, ...] = ()
    """Absolute folders that it fills and nothing needs afterwards (a program that it downloads)."""
    unreadable: tuple[str, ...] = ()
    """Absolute folders in which it writes what the user of the image could not read."""
    collected: bool = True
    """Whether collectstatic takes what it writes, so that it runs before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCopy:
    """A file of the source that the image has a second time, in another place; both are relative to the context."""

    origin: RepoPath
    place: RepoPath


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageVariable:
    """A variable of the run-time image; never a secret."""

    name: str
    value: str
    because: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnorePattern:
    """A line of .dockerignore, relative to the context; `group` is the heading that it stands under."""

    pattern: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePlan:
    """One image for all components of the Django project."""

    context: Decision[RepoPath]
    """The folder that is built (`source_dir`), where Dockerfile and .dockerignore stand."""
    working_dir: Decision[str]
    """Absolute folder in the image in which processes start; it holds manage.py."""
    python_version: Decision[str]
    """"3.12"."""
    debian: Decision[str]
    """"trixie" or "bookworm"."""
    base_image: Decision[str]
    """"python:3.12-slim-trixie"."""
    buildkit: Decision[bool]
    """Whether the Dockerfile has cache mounts, which no builder but BuildKit knows."""
    install: Decision[InstallPlan]
    added_packages: Decision[tuple[AddedPackage, ...]]
    build_packages: Decision[tuple[AptPackage, ...]]
    run_packages: Decision[tuple[AptPackage, ...]]
    assets: Decision[AssetsPlan | None]
    compilemessages: Decision[ManagementCommand | None]
    collectstatic: Decision[ManagementCommand | None]
    """None where it is skipped; the rule says why (no staticfiles app, or the storage uploads)."""
    tailwind: Decision[ManagementCommand | None]
    compilescss: Decision[ManagementCommand | None]
    compress: Decision[ManagementCommand | None]
    variables: Decision[tuple[ImageVariable, ...]]
    writable: Decision[tuple[RepoPath, ...]]
    """Folders of the source that processes must be able to write to (a local MEDIA_ROOT); empty as a rule."""
    user_id: Decision[int]
    port: Decision[int]
    ignored: Decision[tuple[IgnorePattern, ...]]
    """What the builder does not get; patterns that would hide what the build reads are the alternatives."""
    command: Decision[str]
    """The web process, as `sh -c` gets it, without the leading `exec`; `$PORT` is honoured."""
    placed: Decision[tuple[PlacedCopy, ...]]
    """Modules that the project's own image build copies within the source; mostly none."""
    env_file: Decision[str] | None = None
    """Absolute in the image: a file of variables that the settings open and the context does not have, left empty."""

    def front_end_commands(self, *, collected: bool) -> tuple[Decision[ManagementCommand | None], ...]:
        """Those of Tailwind, Sass and django-compressor that run before collectstatic, or after it."""
        choices = (self.tailwind, self.compilescss, self.compress)
        return tuple(one for one in choices if one.value is not None and one.value.collected is collected)

    def in_context(self, name: str) -> RepoPath:
        """A file of the build context, as the repository has it."""
        context = self.context.value
        return name if context == "." else f"{context}/{name}"


# --- the app --------------------------------------------------------------------------------------------------------


class ComponentKind(StrEnum):
    """Kinds of components of an app spec."""

    SERVICE = "service"
    WORKER = "worker"
    JOB = "job"
    STATIC_SITE = "static_site"


class Role(StrEnum):
    """What a component is for."""

    WEB = "web"
    WORKER = "worker"
    BEAT = "beat"
    MIGRATE = "migrate"
    SCHEDULED = "scheduled"
    SITE = "site"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthCheck:
    """A readiness check; `path` None is a TCP check. Times are in seconds."""

    path: str | None
    initial_delay: int
    period: int
    timeout: int
    success_threshold: int
    failure_threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A path prefix of the app's domain that leads to a component."""

    path: str
    preserve_path_prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a SCHEDULED job runs: five cron fields and a time zone name."""

    cron: str
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticBuild:
    """How a static site is built; paths are relative to the repository."""

    source_dir: RepoPath
    build_command: str
    output_dir: str
    environment_slug: str | None = "node-js"
    """None where the image of the app builds it; then `output_dir` is an absolute folder of that image."""
    catchall_document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """An environment variable of the app; a secret has no value, which the platform asks for."""

    name: str
    value: Decision[str | None]
    scope: str
    """RUN_TIME | BUILD_TIME | RUN_AND_BUILD_TIME"""
    secret: bool
    local: str | None = None
    """The value on a laptop, where it is not the same with the addresses of the services there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionalVariable:
    """A variable that the project reads and that the plan leaves alone; `default` is None where none is known."""

    name: str
    default: str | None
    secret: bool
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One component of the app."""

    name: str
    kind: ComponentKind
    role: Role
    because: Decision[str]
    """Why there is such a component; the value is its name."""
    command: Decision[str | None]
    """As the platform's shell gets it; None for a static site and where the image's own CMD serves."""
    size: Decision[str | None]
    """Slug of the instance size; None for a static site."""
    instances: Decision[int] | None = None
    port: Decision[int] | None = None
    health_check: Decision[HealthCheck] | None = None
    grace_period: Decision[int] | None = None
    """Seconds between TERM and KILL."""
    job_kind: str | None = None
    """PRE_DEPLOY | POST_DEPLOY | FAILED_DEPLOY | SCHEDULED"""
    schedule: Decision[Schedule] | None = None
    routes: tuple[Route, ...] = ()
    variables: tuple[Variable, ...] = ()
    static: Decision[StaticBuild] | None = None


class DatabaseEngine(StrEnum):
    """Engines of an app spec that Django projects use."""

    POSTGRESQL = "PG"
    MYSQL = "MYSQL"
    VALKEY = "VALKEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabasePlan:
    """A database of the app; `name` is what bindable variables refer to (`${db.DATABASE_URL}`)."""

    name: str
    engine: Decision[DatabaseEngine]
    version: Decision[str]
    production: Decision[bool]
    """False: a development database, made and deleted with the app; True: an existing managed cluster."""
    cluster_name: Decision[str | None]
    size: Decision[str]
    """The node size that the estimate counts ("db-s-1vcpu-1gb"); the app spec does not carry it."""
    db_name: str | None = None
    db_user: str | None = None
    extensions: tuple[str, ...] = ()
    """Of PostgreSQL: postgis, vector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitSource:
    """Where the platform gets the code from; `placeholder` when nothing in the repository says it."""

    provider: str
    """github | gitlab | bitbucket | git"""
    repository: str
    """"owner/name", or the clone URL for `git`; credentials removed."""
    branch: str
    placeholder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain of the app; `type` is PRIMARY or ALIAS, `zone` a domain that DigitalOcean's name servers serve."""

    domain: str
    type: str
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostItem:
    """What one part of the app costs a month, in cents of the currency."""

    name: str
    cents: int
    note: str
    """"apps-s-1vcpu-0.5gb x 1"."""
    source: str
    as_of: str
    """Day on which the price was read, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyCost:
    """An estimate; traffic, backups and taxes are not in it."""

    currency: str
    items: tuple[CostItem, ...]

    @property
    def cents(self) -> int:
        """The sum."""
        return sum(item.cents for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentPlan:
    """Everything that the emitted files say, and why."""

    app_name: Decision[str]
    region: Decision[str]
    source: Decision[GitSource]
    image: ImagePlan
    components: tuple[Component, ...]
    databases: tuple[DatabasePlan, ...]
    variables: tuple[Variable, ...]
    """Of the whole app; every component sees them."""
    alerts: Decision[tuple[str, ...]]
    cost: MonthlyCost
    domains: Decision[tuple[Domain, ...]] | None = None
    optional_variables: tuple[OptionalVariable, ...] = ()
    notes: tuple[PlanNote, ...] = ()
