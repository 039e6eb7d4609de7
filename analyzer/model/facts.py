"""Everything the scan observes about a repository. Observations only: no judgement, no decision."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from analyzer.model.evidence import Answer, Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file or folder that the snapshot did not read, and why."""

    path: RepoPath
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDirectory:
    """A folder with a Django `manage.py`; `score` ranks the candidates, best first."""

    path: RepoPath
    manage_py: RepoPath
    score: int
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryFacts:
    """The shape of the repository: where Django is, how much there is, what was not read."""

    django_dir: RepoPath | None
    candidates: tuple[ProjectDirectory, ...]
    files: int
    python_files: int
    skipped: tuple[SkippedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonVersionFact:
    """A Python version as one file requests it: `spec` as written ("3.12", "3.12.4", ">=3.10")."""

    spec: str
    source: str
    """What declares it: `.python-version`, `runtime.txt`, `pyproject.toml`, `Pipfile`, `Dockerfile`, …"""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """One requirement of the project, as declared and, where a lock file says so, as locked."""

    name: str
    """Canonical name (PEP 503)."""
    specifier: str
    """PEP 440 specifier set as text, "" when any version will do."""
    locked: str | None = None
    extras: tuple[str, ...] = ()
    marker: str | None = None
    group: str | None = None
    """None for what production installs; else "dev", "test", an extra or a group name."""
    vcs: str | None = None
    """URL of a VCS, archive or local-path requirement, credentials removed."""
    editable: bool = False
    direct: bool = True
    """False for what only a lock file names."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageIndex:
    """An index other than the default one, credentials removed."""

    url: str
    extra: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class DependencyFacts:
    """How Python and the packages are asked for."""

    python_version: Answer[str | None]
    python_source: str | None
    python_declared: tuple[PythonVersionFact, ...]
    """Every declaration, strongest first."""
    package_manager: Answer[str | None]
    """pip | pipenv | poetry | uv | pdm | conda | setuptools"""
    package_managers_found: tuple[str, ...]
    files: Answer[tuple[RepoPath, ...]]
    """The files that a production install reads, includes first, in the order read."""
    dependencies: tuple[Dependency, ...]
    indexes: tuple[PackageIndex, ...]
    django_version: Answer[str | None]
    problems: tuple[Evidence, ...] = ()
    """Lines that could not be understood, each with the reason in its note."""

    def has(self, name: str) -> bool:
        """Whether production installs the package of this canonical name, directly or by lock."""
        return any(d.name == name and d.group is None for d in self.dependencies)

    def get(self, name: str) -> Dependency | None:
        """The requirement of this canonical name, a production one first."""
        found = [d for d in self.dependencies if d.name == name]
        return min(found, key=lambda d: d.group is not None) if found else None


# --- settings -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A part of a setting that the scan could not tell, inside a value that it could."""

    reason: str


Plain: TypeAlias = "bool | int | float | str | Unknown | tuple[Plain, ...] | Mapping[str, Plain] | None"
"""A setting's value as data: lists, tuples and sets are tuples, keys are text, paths are relative to the repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One name of the production settings.

    `bare` is its value with only the required variables set, `configured` with every variable that is read set
    and debugging off. `env` names the variables that decide it.
    """

    name: str
    bare: Plain
    configured: Plain
    env: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsModules:
    """Which settings module each entry point chooses (dotted names)."""

    production: Answer[str | None]
    manage: Answer[str | None]
    wsgi: Answer[str | None]
    asgi: Answer[str | None]
    celery: Answer[str | None]
    candidates: tuple[str, ...]
    files: tuple[RepoPath, ...] = ()
    """Files that the production module loads, itself included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseFact:
    """One alias of DATABASES; `engine` None when only a run can tell; `env` the variables that it needs."""

    engine: str | None
    env: tuple[str, ...]
    configured_engine: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheFact:
    """One alias of CACHES."""

    backend: str | None
    env: tuple[str, ...]
    configured_backend: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFacts:
    """Static files."""

    url: Answer[str | None]
    root: Answer[str | None]
    storage: Answer[str | None]
    whitenoise: Answer[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFacts:
    """Uploaded files."""

    url: Answer[str | None]
    root: Answer[str | None]
    storage: Answer[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredVariable:
    """A variable without which loading the settings fails; `how` names the exception ("KeyError: … is not set")."""

    name: str
    how: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """The settings that a management command such as collectstatic loads during a build: manage.py's own default,
    with no variable set."""

    manage_py: RepoPath
    module: Answer[str | None]
    required: tuple[RequiredVariable, ...]
    """In the order in which Django would stop."""
    static_root: Answer[str | None]
    staticfiles: Answer[bool]
    """Whether `django.contrib.staticfiles` is installed, without which there is no collectstatic."""
    storage: Answer[str | None]
    absent_apps: tuple[Evidence, ...]
    """Where INSTALLED_APPS names an app of a package that only another group (dev, test, …) installs; the note is its
    top-level module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DjangoFacts:
    """The Django project as its production settings configure it."""

    settings_modules: SettingsModules
    settings: Mapping[str, Setting]
    """Every upper-case name of the production settings."""
    wsgi_application: Answer[str | None]
    asgi_application: Answer[str | None]
    root_urlconf: Answer[str | None]
    installed_apps: Answer[tuple[str, ...]]
    middleware: Answer[tuple[str, ...]]
    databases: Answer[Mapping[str, DatabaseFact]]
    caches: Answer[Mapping[str, CacheFact]]
    channel_layers: Answer[Mapping[str, str | None]]
    static: StaticFacts
    media: MediaFacts
    debug: Answer[bool]
    allowed_hosts: Answer[tuple[str, ...]]
    csrf_trusted_origins: Answer[tuple[str, ...]]
    secret_key: Answer[str]
    """"environment NAME", "hard-coded", "random at start", … never the key itself."""
    session_engine: Answer[str]
    email_backend: Answer[str]
    auth_user_model: Answer[str]
    secure: Mapping[str, Answer[Plain]]
    """SECURE_*, SESSION_COOKIE_SECURE, CSRF_COOKIE_SECURE where set."""
    logging_files: Answer[tuple[str, ...]]
    """File names that LOGGING handlers write to."""
    compilemessages: Answer[bool]
    """Whether `.po` files have no committed `.mo` beside them."""
    geodjango: Answer[bool]
    build_settings: BuildSettings


# --- processes ------------------------------------------------------------------------------------------------------


class ProcessType(StrEnum):
    """What a declared process is for."""

    WEB = "web"
    WORKER = "worker"
    BEAT = "beat"
    RELEASE = "release"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A process declared by a file of the repository; `source` names the kind of file (Procfile, compose, …)."""

    name: str
    type: ProcessType
    command: str
    source: str
    evidence: Evidence
    environment: Mapping[str, str] = field(default_factory=dict)
    """Values that the declaring file sets for the process; secrets redacted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskQueueFacts:
    """The background task system."""

    kind: Answer[str | None]
    """celery | rq | huey | dramatiq | django-q | django-tasks | None"""
    app: Answer[str | None]
    broker: Answer[str | None]
    """redis | amqp | sqs | memory | …"""
    broker_env: tuple[str, ...]
    result_backend: Answer[str | None]
    beat: Answer[bool]
    beat_scheduler: Answer[str | None]
    beat_entries: Answer[tuple[str, ...]]
    queues: Answer[tuple[str, ...]]
    started_by: tuple[Process, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentVariable:
    """A variable that the code reads."""

    name: str
    required: bool
    secret: bool
    kind: str
    """url | bool | int | float | list | dict | json | text"""
    default: str | None
    """As text; None when there is none, or when it is a secret."""
    phases: tuple[str, ...]
    """build (collectstatic reads it) and/or run"""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontendFacts:
    """A JavaScript build beside or inside the Django project."""

    package_json: Answer[RepoPath | None]
    build_command: Answer[str | None]
    output_dir: Answer[str | None]
    package_manager: Answer[str | None]
    bundlers: tuple[str, ...] = ()
    separate_site: bool = False
    """True when the output is a site of its own rather than static files of Django."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPackage:
    """A Debian package and the requirement (or file) because of which it is needed.

    `package` is its name in the newest Debian release that has it, or as the file names it.
    """

    package: str
    because: str
    evidence: Evidence
    names: tuple[tuple[str, str], ...] = ()
    """(release, name there), newest first, without the releases that do not have it; empty where a file names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """All facts about one Django project in a repository."""

    repository: RepositoryFacts
    dependencies: DependencyFacts
    django: DjangoFacts
    task_queue: TaskQueueFacts
    processes: tuple[Process, ...]
    environment: tuple[EnvironmentVariable, ...]
    frontend: FrontendFacts
    build_packages: tuple[SystemPackage, ...]
    run_packages: tuple[SystemPackage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDjangoProject:
    """The answer for a folder without a Django project: what was looked for, and what came nearest."""

    looked_for: tuple[str, ...]
    """What would have made it one, in words, each as a phrase ("a manage.py that names a settings module")."""
    files: int
    python_files: int
    skipped: tuple[SkippedFile, ...] = ()
    hints: tuple[Evidence, ...] = ()
    """Places that come near: a manage.py outside the chosen folder, a requirement of Django, …"""
