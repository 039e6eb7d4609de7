"""App specs of DigitalOcean App Platform: `.do/app.yaml`, `.do/deploy.template.yaml` (app-spec reference)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Assigned, Declaration
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import child, elements, scalar, yaml_assignments, yaml_command, yaml_root
from analyzer.facts.existing.places import Place
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import YamlNode
from analyzer.snapshot.paths import basename, join
from analyzer.snapshot.repository import RepositorySnapshot

_NAME = lazy_pattern(r"(?:deploy\.template|app|(?:[\w-]*[._-])?app[._-]?spec(?:[._-][\w-]+)?)\.ya?ml")
_FOLDER = lazy_pattern(r"(?:^|/)\.do/")
_COMPONENTS = {"services": ProcessType.WEB, "workers": None, "jobs": ProcessType.OTHER}
_RELEASE_KINDS = ("", "UNSPECIFIED", "PRE_DEPLOY", "POST_DEPLOY")
"""Of jobs; without a kind a job is a post-deploy job."""
ENCRYPTED = "EV["
"""Beginning of a value that the platform has encrypted."""


def app_specs(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The components of every app spec; a pre- or post-deploy job is a release process."""
    for path in app_spec_files(repo, django_dir):
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="app spec")
        root = yaml_root(repo, path)
        spec = child(root, "spec") or root
        shared = tuple(_environment(child(spec, "envs"), path))
        for kind, hint in _COMPONENTS.items():
            for component in elements(spec, kind):
                releases = kind == "jobs" and scalar(component, "kind") in _RELEASE_KINDS
                yield _component(file, component, ProcessType.RELEASE if releases else hint, shared)


def app_spec_files(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[RepoPath]:
    """The files that are app specs by their names or their folder."""
    for path in project_files(repo, django_dir, lambda name: name.endswith((".yaml", ".yml"))):
        if _NAME.fullmatch(basename(path)) or _FOLDER.search(path):
            yield path


def _component(
    file: DeploymentFile, component: YamlNode, hint: ProcessType | None, shared: tuple[Assigned, ...]
) -> Declaration:
    folder = join(".", scalar(component, "source_dir").strip("/")) or "."
    words = yaml_command(file.repo, file.path, child(component, "run_command"))
    place: Place = file.place(folder)
    environment = (*shared, *_environment(child(component, "envs"), file.path))
    dockerfile = scalar(component, "dockerfile_path")
    image = file.image(dockerfile, folder) if dockerfile else None
    if image is not None:
        place, environment = image.files(), (*image.environment, *environment)
        words = words or image.starts()  # a run_command replaces the entry point too
    return file.declare(
        scalar(component, "name"),
        words,
        line=component.line,
        place=place,
        hint=hint if file.is_about_project(folder) else ProcessType.OTHER,
        firm=hint is ProcessType.RELEASE,
        environment=environment,
    )


def _environment(node: YamlNode | None, path: RepoPath) -> Iterator[Assigned]:
    """The variables of a running component; an encrypted value counts as not known."""
    scopes = {e.line: scalar(e, "scope") for e in node.elements()} if node is not None else {}
    for assigned in yaml_assignments(node, path):
        if scopes.get(assigned.evidence.line) != "BUILD_TIME":
            hidden = assigned.value is not None and assigned.value.startswith(ENCRYPTED)
            yield Assigned(name=assigned.name, value=None if hidden else assigned.value, evidence=assigned.evidence)
