"""Railway's files and those of its builders: `railway.json`, `railway.toml`, `nixpacks.toml`, `railpack.json`."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import at, table_assignments, table_command
from analyzer.facts.existing.places import Place
from analyzer.facts.existing.project_files import named_files
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import ProcessType
from analyzer.snapshot.documents import JsonDocument, TomlDocument, read_json, read_toml
from analyzer.snapshot.repository import RepositorySnapshot


def railway_services(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """Start, pre-deploy and build command of every configuration (docs.railway.com/reference/config-as-code)."""
    for path in named_files(repo, django_dir, "railway.json", "railway.toml"):
        document = _read(repo, path)
        if document is not None:
            file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source=path.rsplit("/", 1)[-1])
            yield from _declarations(file, document)


def builder_configurations(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """Start and build commands of Nixpacks and of Railpack (nixpacks.com/docs/configuration, railpack.com/config)."""
    for path in named_files(repo, django_dir, "nixpacks.toml", "railpack.json"):
        document = _read(repo, path)
        if document is None:
            continue
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source=path.rsplit("/", 1)[-1])
        environment = (*table_assignments(document, "variables"), *table_assignments(document, "deploy", "variables"))
        phases = at(document.data, "phases")
        for name in phases if isinstance(phases, dict) else ():
            words = table_command(document, "phases", name, "cmds")
            if words is not None:
                yield file.declare(name, words, prepares=True, environment=environment)
        words = table_command(document, "start", "cmd") or table_command(document, "deploy", "startCommand")
        if words is not None or environment:
            line = environment[0].evidence.line if environment else 1
            yield file.declare("web", words, line=line, hint=ProcessType.WEB, environment=environment)


def _read(repo: RepositorySnapshot, path: RepoPath) -> TomlDocument | JsonDocument | None:
    document = read_toml(repo, path) if path.endswith(".toml") else read_json(repo, path)
    return document if isinstance(document, TomlDocument | JsonDocument) and isinstance(document.data, dict) else None


def _declarations(file: DeploymentFile, document: TomlDocument | JsonDocument) -> Iterator[Declaration]:
    dockerfile = at(document.data, "build", "dockerfilePath")
    image = file.image(dockerfile if isinstance(dockerfile, str) else "Dockerfile")
    builder = at(document.data, "build", "builder")
    if builder not in (None, "DOCKERFILE"):
        image = None
    place: Place = file.place() if image is None else image.files()
    environment = () if image is None else image.environment
    words = table_command(document, "deploy", "startCommand")
    if words is not None:  # replaces the entry point of an image too
        scheduled = at(document.data, "deploy", "cronSchedule") is not None
        hint = ProcessType.OTHER if scheduled else ProcessType.WEB
        yield file.declare("web", words, place=place, hint=hint, environment=environment)
    elif image is not None and isinstance(dockerfile, str):
        yield file.declare("web", image.starts(), place=place, hint=ProcessType.WEB, environment=environment)
    release: Words | None = table_command(document, "deploy", "preDeployCommand")
    if release is not None:
        yield file.declare(
            "release", release, place=place, hint=ProcessType.RELEASE, firm=True, environment=environment
        )
    build = table_command(document, "build", "buildCommand")
    if build is not None:
        yield file.declare("build", build, place=place, prepares=True, environment=environment)
