"""Configurations of Fly.io: `fly.toml` (fly.io/docs/reference/configuration)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import at, table_assignments, table_command
from analyzer.facts.existing.images import Image
from analyzer.facts.existing.places import Place
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import TomlDocument, read_toml
from analyzer.snapshot.repository import RepositorySnapshot

_NAME = lazy_pattern(r"fly(?:[._-][\w-]+)?\.toml")
_DEFAULT_PROCESS = "app"


def fly_apps(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The processes, the release command and the environment of every `fly.toml`."""
    for path in project_files(repo, django_dir, lambda name: _NAME.fullmatch(name) is not None):
        document = read_toml(repo, path)
        if isinstance(document, TomlDocument):
            file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="fly.toml")
            yield from _declarations(file, document)


def _declarations(file: DeploymentFile, document: TomlDocument) -> Iterator[Declaration]:
    image = _image(file, document)
    place: Place = file.place() if image is None else image.files()
    environment = (*(() if image is None else image.environment), *table_assignments(document, "env"))
    release = table_command(document, "deploy", "release_command")
    if release is not None:  # runs in the image, with its entry point
        words = release if image is None else image.starts(command=release)
        yield file.declare("release", words, place=place, hint=ProcessType.RELEASE, firm=True, environment=environment)
    processes = at(document.data, "processes")
    serving = _serving(document)
    for name in processes if isinstance(processes, dict) else ():
        words = table_command(document, "processes", name)
        if words is not None:
            yield file.declare(
                name,
                words if image is None else image.starts(command=words),
                place=place,
                hint=ProcessType.WEB if name in serving else None,
                environment=environment,
            )
    if not processes:
        words = None if image is None else image.starts(command=table_command(document, "experimental", "cmd"))
        line = document.line_of("env") if at(document.data, "env") else 1
        yield file.declare(
            _DEFAULT_PROCESS, words, line=line, place=place, hint=ProcessType.WEB, environment=environment
        )


def _image(file: DeploymentFile, document: TomlDocument) -> Image | None:
    """The image that is built; none with another builder or with an image from elsewhere."""
    build = at(document.data, "build")
    if isinstance(build, dict) and ("image" in build or "builder" in build or "buildpacks" in build):
        return None
    dockerfile, target = at(document.data, "build", "dockerfile"), at(document.data, "build", "build-target")
    return file.image(
        dockerfile if isinstance(dockerfile, str) else "Dockerfile", target=target if isinstance(target, str) else None
    )


def _serving(document: TomlDocument) -> frozenset[str]:
    """The processes that get requests."""
    services = document.data.get("services")
    tables = [document.data.get("http_service"), *(services if isinstance(services, list) else ())]
    named = [at(table, "processes") or [_DEFAULT_PROCESS] for table in tables if isinstance(table, dict)]
    return frozenset(name for names in named if isinstance(names, list) for name in names if isinstance(name, str))
