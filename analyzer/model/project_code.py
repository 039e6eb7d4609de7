"""What the project's own files say beside its settings: migrations, style sheets, code, and the Dockerfile it has."""

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationStep:
    """One operation of a migration that changes what a former version of the code relies on."""

    operation: str
    """Its class: "RemoveField"."""
    subject: str
    """What it is about: "order.total", or "order.total -> order.sum"."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class AppMigrations:
    """The migrations of one installed app of the repository that has models."""

    label: str
    models: tuple[Evidence, ...]
    """Classes that get a table, each with its name as the note; one is enough where the app has migrations."""
    folder: RepoPath
    """Where its migrations belong, whether or not there is such a folder."""
    is_package: bool
    """Whether the folder has an `__init__.py`, without which Django passes over it."""
    files: tuple[RepoPath, ...]
    """The migrations."""
    leaves: tuple[Evidence, ...] = ()
    """Those that no other one of the app comes after, each with its name as the note; none where it cannot be told."""
    lost: tuple[Evidence, ...] = ()
    """Dependencies on migrations of the repository's apps that are not there, each with "label.name" as the note."""
    newest: tuple[MigrationStep, ...] = ()
    """What the last one does to tables that a former one made."""
    made_on: str = ""
    """The day on which Django wrote the last one, "2026-01-15"; empty where the file does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationFacts:
    """The migrations of the repository's apps."""

    apps: tuple[AppMigrations, ...] = ()
    ignored: Evidence | None = None
    """The line of a .gitignore that keeps migrations out of the repository."""
    made: tuple[Evidence, ...] = ()
    """Lines of files of a deployment that run makemigrations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTrace:
    """A place of the project's code where something is done that is told by its name."""

    kind: str
    """scheduler | hand-over | media-root | serve | static-helper | file-field (facts/data/code_traces.toml)
    | file-sent: a task that is given a file which the same function makes"""
    text: str
    """What stands there: "BackgroundScheduler"."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingReference:
    """A file that a style sheet or script of the static files names and that is not among them."""

    source: str
    """The name of the file that names it, as collectstatic has it ("css/site.css")."""
    target: str
    """The name that is missing ("img/logo.png")."""
    beside: bool
    """Whether the repository has other static files in the folder of the missing one."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFile:
    """A Python file that the project's own image build puts where the tree has none."""

    place: RepoPath
    """Where it will be: "settings/config.py"."""
    origin: RepoPath
    """What is copied there: "docker/config.py"."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltDockerfile:
    """What the last stage of the project's own Dockerfile has that App Platform treats otherwise than a laptop does."""

    path: RepoPath
    entrypoint: Evidence | None = None
    """Its ENTRYPOINT, with the text as the note."""
    script: RepoPath | None = None
    """The script of the repository that ENTRYPOINT runs."""
    script_sets: tuple[Evidence, ...] = ()
    """Its lines that set a variable, wait for a service or change files, with the line as the note."""
    script_runs: tuple[Evidence, ...] = ()
    """Its lines that run a command of Django, with the command's name as the note ("migrate")."""
    health_check: Evidence | None = None
    mounts: tuple[Evidence, ...] = ()
    """RUN instructions with `--mount`, of any stage."""
