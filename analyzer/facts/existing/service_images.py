"""Services that Compose files run from images of others: databases, brokers, stores (compose-spec, 05-services.md)."""

from collections.abc import Iterator

from analyzer.facts.commands.variables import is_resolved, substitute
from analyzer.facts.existing.document_values import items, scalar, yaml_root
from analyzer.facts.existing.project_files import project_files
from analyzer.facts.existing.roles import is_production
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.existing import ServiceImage
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.repository import RepositorySnapshot

MAX_FILES = 60
_NAME = lazy_pattern(r"(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml|(?:local|production|prod|dev)\.ya?ml")


def service_images(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[ServiceImage, ...]:
    """Each image once: as the files that may be for production name it, else as the others do."""
    paths = project_files(repo, django_dir, lambda name: _NAME.fullmatch(name) is not None)[:MAX_FILES]
    ranked = sorted(paths, key=lambda path: not is_production(repo, path, django_dir))
    found: dict[str, ServiceImage] = {}
    for path in ranked:
        for service in _services(repo, path):
            found.setdefault(service.image, service)
    return tuple(found.values())


def _services(repo: RepositorySnapshot, path: RepoPath) -> Iterator[ServiceImage]:
    for name, node, _ in items(yaml_root(repo, path), "services"):
        image = node.get("image")
        reference = substitute(scalar(node, "image"), {})
        if image is None or node.get("build") is not None or not is_resolved(reference):
            continue
        base, _, tag = reference.partition("@")[0].rpartition("/")[2].partition(":")
        if base:
            evidence = Evidence(path=path, line=image.line, note=name)
            yield ServiceImage(name=name, image=base, tag=tag, evidence=evidence)
