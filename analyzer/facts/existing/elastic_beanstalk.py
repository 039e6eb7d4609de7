"""AWS Elastic Beanstalk beside its Procfile: `.ebextensions`, `.platform/hooks` (AWS documentation, ebextensions)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Assigned, Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import (
    child,
    elements,
    items,
    scalar,
    yaml_assignments,
    yaml_command,
    yaml_root,
)
from analyzer.facts.existing.project_files import about_project
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import YamlNode
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot

_ENVIRONMENT = "aws:elasticbeanstalk:application:environment"
_CONFIGURATION = lazy_pattern(r"(?:^|/)\.ebextensions/[^/]+\.config$")
_HOOK = lazy_pattern(r"(?:^|/)\.platform/hooks/(?:predeploy|postdeploy)/[^/]+$")


def elastic_beanstalk(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """Environment, container commands and deploy hooks."""
    named = [path for path in repo.files if ".ebextensions/" in path or ".platform/hooks/" in path]
    for path in about_project(repo, django_dir, named):
        if _CONFIGURATION.search(path):
            file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source=".ebextensions")
            yield from _configuration(file)
        elif _HOOK.search(path):
            file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source=".platform")
            words = Words(text=repo.text(path) or "", evidence=Evidence(path=path))
            yield file.declare(basename(path), words, place=file.place(django_dir), prepares=True)


def _configuration(file: DeploymentFile) -> Iterator[Declaration]:
    root = yaml_root(file.repo, file.path)
    environment = tuple(_environment(child(root, "option_settings"), file.path))
    if environment:
        yield file.declare(
            "web", None, line=environment[0].evidence.line, place=file.place(file.django_dir), environment=environment
        )
    for name, node, _ in items(root, "container_commands"):
        words = yaml_command(file.repo, file.path, child(node, "command"))
        if words is not None:
            place = file.place(file.django_dir)
            yield file.declare(
                name, words, place=place, hint=ProcessType.RELEASE, prepares=True, environment=environment
            )


def _environment(node: YamlNode | None, path: RepoPath) -> Iterator[Assigned]:
    """Variables in the mapping form (by namespace) and in the list form (`namespace`, `option_name`, `value`)."""
    yield from yaml_assignments(child(node, _ENVIRONMENT), path)
    for element in elements(node):
        namespace, name = scalar(element, "namespace"), scalar(element, "option_name")
        if name and namespace in ("", _ENVIRONMENT):
            yield Assigned(name=name, value=scalar(element, "value"), evidence=Evidence(path=path, line=element.line))
