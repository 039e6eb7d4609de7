"""Configurations of Platform.sh and Upsun: `.platform.app.yaml`, `.upsun/config.yaml` (docs.upsun.com, create-apps)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import child, items, scalar, yaml_assignments, yaml_command, yaml_root
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import YamlNode
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

_PATH = lazy_pattern(r"(?:^|/)(?:\.platform\.app\.ya?ml|\.platform/applications\.ya?ml|\.upsun/[\w.-]+\.ya?ml)$")
_HOOKS = ("build", "deploy", "post_deploy")


def platform_sh_applications(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """Start command, workers and hooks of every application."""
    for path in project_files(repo, django_dir, lambda name: name.endswith((".yaml", ".yml"))):
        if not _PATH.search(path):
            continue
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="platform.sh")
        root = yaml_root(repo, path)
        several = [node for _, node, _ in items(root, "applications")]
        for application in several if child(root, "applications") is not None else [root]:
            if application is not None:
                yield from _application(file, application)


def _application(file: DeploymentFile, application: YamlNode) -> Iterator[Declaration]:
    folder = join(".", scalar(application, "source", "root").strip("/")) or "."
    place = file.place(folder)
    environment = tuple(yaml_assignments(child(application, "variables", "env"), file.path))
    start = yaml_command(file.repo, file.path, child(application, "web", "commands", "start"))
    if start is not None:
        hint = ProcessType.WEB if file.is_about_project(folder) else ProcessType.OTHER
        yield file.declare("web", start, place=place, hint=hint, environment=environment)
    for name, worker, _ in items(application, "workers"):
        words = yaml_command(file.repo, file.path, child(worker, "commands", "start"))
        if words is not None:
            yield file.declare(name, words, place=place, environment=environment)
    for hook in _HOOKS:
        words = yaml_command(file.repo, file.path, child(application, "hooks", hook))
        if words is not None:
            yield file.declare(hook, words, place=place, prepares=True, environment=environment)
