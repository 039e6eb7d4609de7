"""Settings of Zappa, which runs a project on AWS Lambda: `zappa_settings.json` (zappa's README, advanced settings)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Assigned, Declaration
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import at, table_assignments
from analyzer.facts.existing.project_files import named_files
from analyzer.facts.existing.roles import Role, word_role
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.snapshot.documents import JsonDocument, read_json
from analyzer.snapshot.repository import RepositorySnapshot


def zappa_stages(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The environment of every stage: it starts no process, but names the settings module."""
    for path in named_files(repo, django_dir, "zappa_settings.json"):
        document = read_json(repo, path)
        if not isinstance(document, JsonDocument) or not isinstance(document.data, dict):
            continue
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="zappa")
        for stage in document.data:
            environment = list(table_assignments(document, stage, "environment_variables"))
            module = at(document.data, stage, "django_settings")
            if isinstance(module, str):
                evidence = Evidence(path=path, line=document.line_of(stage, "django_settings"))
                environment.append(Assigned(name="DJANGO_SETTINGS_MODULE", value=module, evidence=evidence))
            if environment:
                line = environment[-1].evidence.line
                develops = word_role(stage) is Role.DEVELOPMENT
                yield file.declare(stage, None, line=line, environment=tuple(environment), production=not develops)
