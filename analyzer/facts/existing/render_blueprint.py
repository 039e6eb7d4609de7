"""Blueprints of Render: `render.yaml` (render.com/docs/blueprint-spec)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Assigned, Declaration
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import child, elements, scalar, yaml_assignments, yaml_command, yaml_root
from analyzer.facts.existing.places import Place
from analyzer.facts.existing.project_files import named_files
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import ProcessType
from analyzer.snapshot.documents import YamlNode
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

_TYPES = {"web": ProcessType.WEB, "worker": None, "cron": ProcessType.OTHER, "pserv": ProcessType.OTHER}
_DOCKER = ("docker", "image")


def render_blueprints(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The services of every blueprint with their build and pre-deploy commands."""
    for path in named_files(repo, django_dir, "render.yaml", "render.yml"):
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="render.yaml")
        root = yaml_root(repo, path)
        groups = {
            scalar(g, "name"): tuple(yaml_assignments(child(g, "envVars"), path))
            for g in elements(root, "envVarGroups")
        }
        for service in elements(root, "services"):
            if scalar(service, "type") in _TYPES:
                used = [groups.get(scalar(e, "fromGroup"), ()) for e in elements(service, "envVars")]
                shared = tuple(assigned for group in used for assigned in group)
                yield from _service(file, service, (*shared, *yaml_assignments(child(service, "envVars"), path)))


def _service(file: DeploymentFile, service: YamlNode, environment: tuple[Assigned, ...]) -> Iterator[Declaration]:
    folder = join(".", scalar(service, "rootDir").strip("/")) or "."
    place: Place = file.place(folder)
    words = yaml_command(file.repo, file.path, child(service, "startCommand"))
    if scalar(service, "runtime") in _DOCKER or scalar(service, "env") in _DOCKER:
        image = file.image(scalar(service, "dockerfilePath") or "Dockerfile", folder)
        words = yaml_command(file.repo, file.path, child(service, "dockerCommand"))
        if image is not None:
            words = image.starts(command=words)
            place, environment = image.files(), (*image.environment, *environment)
    hint = _TYPES[scalar(service, "type")] if file.is_about_project(folder) else ProcessType.OTHER
    yield file.declare(
        scalar(service, "name"), words, line=service.line, place=place, hint=hint, environment=environment
    )
    for key, name in (("buildCommand", "build"), ("preDeployCommand", "release"), ("initialDeployHook", "release")):
        step = yaml_command(file.repo, file.path, child(service, key))
        if step is not None:
            release = key == "preDeployCommand"
            yield file.declare(
                name,
                step,
                place=place,
                hint=ProcessType.RELEASE if release else None,
                firm=release,
                prepares=not release,
                environment=environment,
            )
