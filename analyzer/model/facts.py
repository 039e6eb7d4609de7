"""Everything the scan observes about a repository. Observations only: no judgement, no decision."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from analyzer.model.connections import Connection, SettingText, UrlFacts
from analyzer.model.evidence import Answer, Evidence, Fact, RepoPath
from analyzer.model.existing import ExistingSpec, GitRemote, ScheduledCommand, ServiceImage
from analyzer.model.project_code import BuiltDockerfile, CodeTrace, MigrationFacts, MissingReference, PlacedFile
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file or folder that the snapshot did not read, and why."""

    path: RepoPath
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeFile:
    """A file that weighs on every build that is given it."""

    path: RepoPath
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDirectory:
    """A folder with a Django `manage.py`; `score` ranks the candidates, best first."""

    path: RepoPath
    manage_py: RepoPath
    score: int
    evidence: Evidence


class SecretKind(StrEnum):
    """How a secret of the repository was recognised."""

    PRIVATE_KEY = "private key"
    ENVIRONMENT_FILE = "environment file"
    TOKEN = "token"
    """By its shape, which its issuer documents."""
    SETTING = "setting"
    """By the name and the look of a setting's value, which no variable changes; SECRET_KEY is not one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedSecret:
    """A secret that stands in a file of the repository: where and what it is, never the secret itself."""

    kind: SecretKind
    name: str
    """The variable of an environment file, the issuer of a token, the setting; "" for a private key."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryFacts:
    """The shape of the repository: where Django is, how much there is, what was not read."""

    django_dir: RepoPath | None
    candidates: tuple[ProjectDirectory, ...]
    files: int
    python_files: int
    skipped: tuple[SkippedFile, ...]
    paths: tuple[RepoPath, ...] = ()
    """Every file of the snapshot; what a build context holds is told from them."""
    private_keys: tuple[RepoPath, ...] = ()
    """Those that hold a private key."""
    committed_packages: tuple[SkippedFile, ...] = ()
    """Folders of installed packages that are part of the repository, with what they are."""
    large_files: tuple[LargeFile, ...] = ()
    """Files of 10 MB and more, the largest first."""
    secrets: tuple[CommittedSecret, ...] = ()
    """By path and line, without those of tests, examples and documentation."""
    absent_submodules: tuple[Evidence, ...] = ()
    """Lines of .gitmodules that name a folder of which the checkout has nothing; the note is the folder."""
    ignored_files: tuple[RepoPath, ...] = ()
    """Of the files that remedies write into the root, those that its .gitignore keeps out of git."""


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
    login: bool = False
    """Whether the address came with a login, or with a variable in place of one."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildProgram:
    """A program that the build of the project starts and that a slim image does not have."""

    name: str
    in_place: bool
    """Whether an installation in place (editable), which builds no wheel, starts it as well."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPackage:
    """The project as a package that a build backend makes of it."""

    directory: RepoPath
    extras: tuple[str, ...]
    """Those that production installs, as written."""
    reads: tuple[RepoPath, ...]
    """Files that its metadata names (README, licence), without which it cannot be built."""
    apart: Evidence | None
    """Where it keeps modules that manage.py does not find beside itself, so that the project has to be installed."""
    version_variable: str | None
    """The variable that stands in for the version which the backend would ask git for."""
    evidence: Evidence
    starts: tuple[BuildProgram, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallFacts:
    """What an installer of the production requirements reads and is told."""

    directory: RepoPath
    """The folder of the manifests, in which the installer is run."""
    manifests: tuple[RepoPath, ...]
    """Every file that it reads: manifest, lock, includes, constraints, manifests of workspace members."""
    lock: RepoPath | None
    requirements: tuple[RepoPath, ...] = ()
    """Requirements files that pip is given; their includes are not named."""
    constraints: tuple[RepoPath, ...] = ()
    """Constraints files that pip is given."""
    hashes: bool = False
    """Whether the requirements files have hashes."""
    utf_16: tuple[RepoPath, ...] = ()
    """Those of `manifests` that are in UTF-16."""
    exported: Mapping[RepoPath, str] = field(default_factory=dict)
    """Those of `requirements` that a package manager writes from its own files -> the command that does so."""
    extras: tuple[str, ...] = ()
    """Extras of the project that production installs, as written."""
    groups: tuple[str, ...] = ()
    """Groups (of Pipenv: categories) that production installs beside the main one, as written."""
    unwanted_groups: tuple[str, ...] = ()
    """Groups of development that the installer takes unless it is told not to, as written."""
    needed: Mapping[str, Evidence] = field(default_factory=dict)
    """Groups and extras of development (canonical names) that production needs all the same -> the line that loads
    what only they bring, with its import name as the note."""
    local: tuple[RepoPath, ...] = ()
    """Folders and archives of the repository that are installed as packages."""
    required_version: str | None = None
    """The versions of the installer that the project accepts (PEP 440)."""
    conda: tuple[str, ...] = ()
    """Canonical names of the packages that conda itself would install."""
    static_metadata: bool = False
    """Whether pyproject.toml lists the requirements itself, so that they are known without building the project."""
    package: ProjectPackage | None = None
    scripts: Mapping[str, str] = field(default_factory=dict)
    """Programs of the project itself (`[project.scripts]`): name -> "module:function", as written."""


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
    install: InstallFacts
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
    places: Mapping[str, Evidence] = field(default_factory=dict)
    """Lines of the keys of a dictionary, those inside it behind dots ("default.OPTIONS.sslmode"); of the items of
    INSTALLED_APPS and MIDDLEWARE."""
    bare_places: Mapping[str, Evidence] = field(default_factory=dict)
    """Those of `bare`, where it is written in other lines than `configured`."""

    def place(self, *keys: str) -> tuple[Evidence, ...]:
        """The line of a key, or of the nearest one around it; then where the setting is written, first of all at first
        where no line of a key is known.
        """
        paths = (".".join(keys[:number]) for number in range(len(keys), 0, -1))
        found = next((self.places[path] for path in paths if path in self.places), None)
        return (found, *self.evidence) if found is not None else self.evidence[::-1]


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
    """A variable without which a management command fails while nothing else is set."""

    name: str
    how: str
    """The last line of the traceback, "KeyError: 'SECRET_KEY'"."""
    direct: bool
    """Whether its absence itself is refused; false where something else fails for want of it (`.split` of None)."""
    kind: str
    """url | bool | int | float | list | dict | json | text, as of `EnvironmentVariable`"""
    dummy: str | None
    """A throw-away value with which, together with those of the others, the settings load: no secret and no service
    behind it. None where none of those tried is accepted."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """The settings that collectstatic loads during a build: manage.py's own default, with no variable set."""

    manage_py: RepoPath
    module: Answer[str | None]
    required: tuple[RequiredVariable, ...]
    """Those without which collectstatic fails with the project's Django, in the order in which it would stop."""
    static_root: Answer[str | None]
    staticfiles: Answer[bool]
    """Whether `django.contrib.staticfiles` is installed, without which there is no collectstatic."""
    storage: Answer[str | None]
    debug_off: Mapping[str, str]
    """Variables, with values, that turn DEBUG off where it is on without them."""
    debug: Answer[bool]
    """DEBUG with the values of `required` and `debug_off`."""
    absent_apps: tuple[Evidence, ...]
    """Where INSTALLED_APPS names an app of a package that only another group (dev, test, …) installs; the note is its
    top-level module."""
    refusal: Evidence | None = None
    """Where the settings raise an exception whatever variables are set, such as for a file that is not in the tree; the
    note is the last line of the traceback. None where they do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DjangoFacts:
    """The Django project as its production settings configure it."""

    settings_modules: SettingsModules
    settings: Mapping[str, Setting]
    """Every upper-case name of the production settings, with or without the variables of services."""
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
    image_settings: BuildSettings
    """The same with DJANGO_SETTINGS_MODULE (and DJANGO_CONFIGURATION) naming the production settings, as an image
    names them, and DEBUG off."""
    entry_variables: Mapping[str, str]
    """DJANGO_SETTINGS_MODULE, and DJANGO_CONFIGURATION where there is one, of the production settings; and the variable
    that makes them so."""
    production_switch: SettingText | None = None
    """The variable without which the settings keep to an SQLite file, or refuse every domain; the facts are those with
    it."""
    switches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names that the settings assign inside an `if` -> the variables that decide it, whichever branch is taken."""
    at_hand: frozenset[str] = frozenset()
    """What a further line of the production settings could use: "os" where they import the module, "BASE_DIR" where
    they have one, "BASE_DIR /" where that is a path of pathlib."""
    absent_files: tuple[Evidence, ...] = ()
    """Lines where the settings read a file where there is one, and go on without it as in the repository; the note is
    the end of its path ("conf/secrets.json")."""
    storage_classes: Mapping[str, str] = field(default_factory=dict)
    """Storage classes of the repository -> the class of a library that each is made from."""
    setting_texts: tuple[SettingText, ...] = ()
    """What variables must be so that the deployment's domain gets into the settings that list hosts and origins."""
    address_schemes: Mapping[str, str] = field(default_factory=dict)
    """Variables of DATABASES -> the scheme that the settings look for in their text, where another is not as good."""


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
    wrappers: tuple[str, ...] = ()
    """Words of programs that only run the program (`newrelic-admin run-program`, `poetry run`), as written."""
    program: str = ""
    """What is run in the end, without its folder ("gunicorn"); "manage.py" for management commands."""
    arguments: tuple[str, ...] = ()
    """Its arguments without quotes, variables as written."""
    paths: Mapping[str, RepoPath] = field(default_factory=dict)
    """Arguments, or values of `--option=value`, that name files of the repository -> those files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueOption:
    """One option of Celery's configuration, with the variables of services set."""

    value: Plain
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDelay:
    """Seconds after which something is due: a task that is sent ahead, or the next run of a periodic one."""

    name: str
    """What the code calls it: `countdown`, `eta`, or the entry of the schedule."""
    seconds: int
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSetting:
    """A setting of the configuration file of gunicorn or uWSGI; `value` is None where only a run can tell it."""

    name: str
    value: bool | int | float | str | None
    evidence: Evidence


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
    always_eager: tuple[Evidence, ...] = ()
    """Where tasks are told to run in the process that calls them; empty where they are not."""
    time_limit: Fact[int] | None = None
    """Seconds after which a task is killed; None where nothing says so."""
    options: Mapping[str, QueueOption] = field(default_factory=dict)
    """Celery's options that something sets, by their names since Celery 4 ("task_acks_late")."""
    unread: tuple[Evidence, ...] = ()
    """Settings that are named like Celery's and that its configuration does not read; the note is the name."""
    read_instead: Mapping[str, str] = field(default_factory=dict)
    """By those names, the names that it reads."""
    namespace: str | None = None
    """What Celery's names in Django's settings begin with ("CELERY"); "" for nothing, None where it reads others."""
    delays: tuple[TaskDelay, ...] = ()
    """How far ahead the code sends tasks, as far as it is written as a number."""
    intervals: tuple[TaskDelay, ...] = ()
    """Entries of Celery's schedule that are due after a time, rather than at one."""


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
    named_elsewhere: bool = True
    """Whether a file beside the code names it (.env.example, README, Compose file, …); looked up for required ones."""
    spared_by: tuple[str, ...] = ()
    """Variables with which DATABASES is an address that leaves this one, which is required without them, unread."""


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
    install_files: tuple[RepoPath, ...] = ()
    """What the package manager reads: package.json, lock file, configuration, manifests of workspaces."""
    install_directory: RepoPath | None = None
    """Where it is run: the folder of package.json, or of the workspace that it belongs to."""
    install_reads_source: bool = False
    """Whether the installation runs scripts of the project itself."""
    lock: RepoPath | None = None
    manager_version: str | None = None
    """What `packageManager` says ("9.1.0")."""
    node_version: Answer[str | None] | None = None
    """The version or range that the project asks for."""
    packages: Mapping[str, str] = field(default_factory=dict)
    """The packages that package.json asks for, those for development included, with their ranges."""
    locked: Mapping[str, str] = field(default_factory=dict)
    """Those of which the lock file has a version, with it."""
    scans: tuple[RepoPath, ...] = ()
    """Folders outside its own whose files the build reads, as its configuration says; "." for all."""


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
class WheelGap:
    """A requirement without a wheel for some version of Python."""

    requirement: str
    """`psycopg2-binary==2.9.3`"""
    buildable: bool
    """Whether there is a source distribution to build it from."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPython:
    """What the requirements need with one version of Python."""

    gaps: tuple[WheelGap, ...]
    build_packages: tuple[SystemPackage, ...]
    run_packages: tuple[SystemPackage, ...]


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
    connections: tuple[Connection, ...] = ()
    """How the settings reach databases, caches, brokers and object storage."""
    urls: UrlFacts = field(default_factory=UrlFacts)
    schedules: tuple[ScheduledCommand, ...] = ()
    services: tuple[ServiceImage, ...] = ()
    """What Compose files run from images of others."""
    existing_spec: ExistingSpec | None = None
    git: GitRemote | None = None
    code_uses: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """What lines of the project's own code use, by names of analyzer/facts/data/code_uses.toml."""
    server_settings: tuple[ServerSetting, ...] = ()
    """Of the configuration file that gunicorn or uWSGI reads, in the order of its lines."""
    on_python: Mapping[str, OnPython] = field(default_factory=dict)
    """By minor version ("3.12"), ascending: those about whose wheels something is known."""
    migrations: MigrationFacts = field(default_factory=MigrationFacts)
    code_traces: tuple[CodeTrace, ...] = ()
    """What the project's own code does that is told by a name in it."""
    missing_references: tuple[MissingReference, ...] = ()
    """Where a storage with a manifest would stop."""
    missing_static: Mapping[RepoPath, tuple[Evidence, ...]] = field(default_factory=dict)
    """Folders of STATICFILES_DIRS that the repository lacks -> lines of templates that load files from them, with the
    file's name as the note."""
    placed_files: tuple[PlacedFile, ...] = ()
    """What the settings may be read from, and the tree does not have."""
    dockerfile: BuiltDockerfile | None = None
    """The Dockerfile that App Platform would build as it stands."""
    deployed: "ProjectFacts | None" = None
    """The same with `django.production_switch` set, where it takes a variable to make the settings production's."""

    @property
    def as_deployed(self) -> "ProjectFacts":
        """What the deployment goes by."""
        return self.deployed or self


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
