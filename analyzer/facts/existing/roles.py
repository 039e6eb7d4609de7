"""Says whether a deployment file is for production or for development, by its name, its folders and its neighbours."""

from enum import StrEnum
from functools import cache, lru_cache

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import basename, parent
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

MAX_NEIGHBOURS = 300
"""Files of a folder that are looked at."""

_WORD = lazy_pattern(r"[a-z0-9]+")
_SAME_ENDING = {"yaml": "yml"}


class Role(StrEnum):
    """What a deployment file is for."""

    PRODUCTION = "production"
    STAGING = "staging"
    DEVELOPMENT = "development"
    """Development, tests, continuous integration, documentation."""
    UNSTATED = "unstated"


def role_of(repo: RepositorySnapshot, path: RepoPath, django_dir: RepoPath = ".") -> Role:
    """The role of the file at `path`.

    The words of the file's name decide before those of its folders, near folders before far ones; folders above the
    Django project say nothing. A file without such a word is for development when its neighbour of the same name
    says production (`docker-compose.yml` beside `docker-compose.prod.yml`).
    """
    role = role_by_name(path, django_dir)
    if role is not Role.UNSTATED:
        return role
    folder, kind = parent(path), _kind(basename(path))
    for name in repo.children(folder)[:MAX_NEIGHBOURS]:
        neighbour = name if folder == "." else f"{folder}/{name}"
        if neighbour != path and word_role(name) is Role.PRODUCTION and _kind(name) == kind and repo.is_file(neighbour):
            return Role.DEVELOPMENT
    return Role.UNSTATED


def is_production(repo: RepositorySnapshot, path: RepoPath, django_dir: RepoPath = ".") -> bool:
    """Whether the file may describe production: its role is production, or nothing says otherwise."""
    return role_of(repo, path, django_dir) in (Role.PRODUCTION, Role.UNSTATED)


def role_by_name(path: RepoPath, django_dir: RepoPath = ".") -> Role:
    """The role by the words of the path alone."""
    above = _ancestors(django_dir)
    found, at = Role.UNSTATED, path
    while at != ".":
        if at not in above:
            if (
                at != path
                and basename(at).startswith(".")
                and basename(at).lower() not in _tables()["deployment_folders"]
            ):
                return Role.DEVELOPMENT
            if found is Role.UNSTATED:
                found = word_role(basename(at))
        at = parent(at)
    return found


@cache
def _tables() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_table("analyzer.facts.existing", "roles").items()}


def _ancestors(directory: RepoPath) -> frozenset[RepoPath]:
    found = {directory}
    while directory != ".":
        directory = parent(directory)
        found.add(directory)
    return frozenset(found)


@lru_cache(maxsize=4_096)  # every file asks for its neighbours
def word_role(name: str) -> Role:
    """The role by the words of one name."""
    words = set(_WORD.findall(name.lower()))
    for role in (Role.DEVELOPMENT, Role.STAGING, Role.PRODUCTION):
        if words & _tables()[role.value]:
            return role
    return Role.UNSTATED


def _kind(name: str) -> frozenset[str]:
    """The words of a name without those that say a role: what kind of file it is."""
    words = {_SAME_ENDING.get(word, word) for word in _WORD.findall(name.lower())}
    return frozenset(words - _tables()["production"] - _tables()["staging"] - _tables()["development"])
