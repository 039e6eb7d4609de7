"""Everything that the deployment files of a repository declare."""

from collections.abc import Callable, Iterable

from analyzer.facts.existing.compose import compose_services
from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.heroku import app_json, heroku_yml, procfiles
from analyzer.facts.existing.images import container_images
from analyzer.model.evidence import RepoPath
from analyzer.snapshot.repository import RepositorySnapshot

Reader = Callable[[RepositorySnapshot, RepoPath], Iterable[Declaration]]

READERS: tuple[Reader, ...] = (procfiles, app_json, heroku_yml, compose_services, container_images)
"""The platforms' own files before containers, and those before files of single servers."""


def read_declarations(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[Declaration, ...]:
    """The declarations of all files about the project, those for production first, then in the order of READERS."""
    found = [declaration for reader in READERS for declaration in reader(repo, django_dir)]
    return tuple(sorted(found, key=lambda declaration: not declaration.production))
