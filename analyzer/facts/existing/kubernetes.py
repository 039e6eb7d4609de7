"""Kubernetes manifests: the containers of workloads (Kubernetes API reference, workload resources).

Templates of Helm are no YAML until they are rendered. The word "deployment" in the name of a manifest is its kind, so
only the folders say what it is for.
"""

import re
from collections.abc import Iterator
from itertools import islice

from analyzer.facts.existing.declaration import Declaration, Words, shell_words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.document_values import child, content_line, elements, scalar, yaml_assignments, yaml_roots
from analyzer.facts.existing.project_files import project_files
from analyzer.facts.existing.roles import Role, role_by_name
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import YamlNode
from analyzer.snapshot.repository import RepositorySnapshot

MAX_FILES = 200

_KINDS = ("Deployment", "StatefulSet", "DaemonSet", "Pod", "Job", "CronJob")
_KIND = lazy_pattern(rf"^[ -]*kind:[ \t]*[\"']?(?:{'|'.join(_KINDS)})\b".encode(), re.MULTILINE)
_PODS = (("spec", "template", "spec"), ("spec", "jobTemplate", "spec", "template", "spec"), ("spec",))


def kubernetes_workloads(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The containers that workloads run; an init container prepares, and a cron job is none of the usual processes."""
    paths = project_files(repo, django_dir, lambda name: name.endswith((".yml", ".yaml")))
    for path in islice((path for path in paths if _KIND.search(repo.read(path) or b"")), MAX_FILES):
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="kubernetes")
        for workload in _workloads(repo, path):
            pod = next((found for keys in _PODS if (found := child(workload, *keys)) is not None), None)
            name = scalar(workload, "metadata", "name")
            for container in elements(pod, "initContainers"):
                yield _container(file, container, name, prepares=True)
            for container in elements(pod, "containers"):
                hint = ProcessType.OTHER if scalar(workload, "kind") == "CronJob" else None
                yield _container(file, container, name, hint=hint)


def _workloads(repo: RepositorySnapshot, path: RepoPath) -> Iterator[YamlNode]:
    """The workloads of all documents of a file, also those inside a `List`."""
    for root in yaml_roots(repo, path):
        listed = elements(root, "items") if scalar(root, "kind") == "List" else [root]
        yield from (node for node in listed if scalar(node, "kind") in _KINDS)


def _container(
    file: DeploymentFile,
    container: YamlNode,
    workload: str,
    *,
    prepares: bool = False,
    hint: ProcessType | None = None,
) -> Declaration:
    words = [*elements(container, "command"), *elements(container, "args")]
    text = shell_words(tuple(word.text or "" for word in words))
    line = content_line(file.repo, file.path, words[-1 if text == words[-1].text else 0]) if words else container.line
    return file.declare(
        workload or scalar(container, "name"),
        Words(text=text, evidence=file.evidence(line)) if words else None,
        line=line,
        place=file.place(file.django_dir),
        hint=hint,
        prepares=prepares,
        production=role_by_name(file.folder, file.django_dir) is not Role.DEVELOPMENT,
        environment=tuple(yaml_assignments(child(container, "env"), file.path)),
    )
