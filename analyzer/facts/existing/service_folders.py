"""Services as folders with a `run` script: s6, s6-overlay and runit (skarnet.org/software/s6/servicedir.html)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot

_SERVICE = lazy_pattern(
    r"(?:^|/)(?:s6-rc\.d|services\.d|cont-init\.d|etc/service|etc/sv|runit|s6|service)/([^/]+)/run$"
)


def service_folders(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The `run` script of every service; one of the type `oneshot` prepares."""
    for path in repo.named("run"):
        match = _SERVICE.search(path)
        if match is None:
            continue
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="s6")
        kind = (repo.text(join(parent(path), "type") or "") or "").strip()
        words = Words(text=repo.text(path) or "", evidence=Evidence(path=path))
        yield file.declare(match[1], words, place=file.place(django_dir), prepares=kind == "oneshot")
