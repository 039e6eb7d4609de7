"""Google App Engine's `app.yaml` (cloud.google.com/appengine/docs/standard/reference/app-yaml)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import child, scalar, yaml_assignments, yaml_command, yaml_root
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.repository import RepositorySnapshot

_NAME = lazy_pattern(r"(?:[\w-]+[._-])?app(?:[._-][\w-]+)?\.ya?ml")


def app_engine_services(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The entry point and the environment of every service with a Python runtime."""
    for path in project_files(repo, django_dir, lambda name: _NAME.fullmatch(name) is not None):
        root = yaml_root(repo, path)
        if not scalar(root, "runtime").startswith("python"):
            continue
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="app.yaml")
        runtime, environment = child(root, "runtime"), child(root, "env_variables")
        yield file.declare(
            scalar(root, "service") or "web",
            yaml_command(repo, path, child(root, "entrypoint")),
            line=runtime.line if runtime is not None else 1,
            hint=ProcessType.WEB,
            environment=tuple(yaml_assignments(environment, path)),
        )
