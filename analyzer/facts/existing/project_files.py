"""Which deployment files of a repository are about the chosen Django project."""

from collections.abc import Callable, Iterable, Iterator

from analyzer.model.evidence import RepoPath
from analyzer.snapshot.paths import parent
from analyzer.snapshot.repository import RepositorySnapshot

MAX_FILES = 2_000
"""Of one kind."""


def upward(folder: RepoPath) -> tuple[RepoPath, ...]:
    """The folder and those above it, the root last."""
    found = [folder]
    while found[-1] != ".":
        found.append(parent(found[-1]))
    return tuple(found)


def project_files(
    repo: RepositorySnapshot, django_dir: RepoPath, accepts: Callable[[str], bool]
) -> tuple[RepoPath, ...]:
    """Files whose basename is accepted and that are not about another Django project.

    First those in the folders from the root down to the project, then all others, shallow before deep.
    """
    return about_project(repo, django_dir, repo.matching(accepts))


def named_files(repo: RepositorySnapshot, django_dir: RepoPath, *names: str, beside: bool = True) -> Iterator[RepoPath]:
    """`project_files` by exact names, in the order of the names; unless `beside`, only those in folders above."""
    for name in names:
        found = about_project(repo, django_dir, repo.named(name))
        yield from (path for path in found if beside or parent(path) in upward(django_dir))


def about_project(repo: RepositorySnapshot, django_dir: RepoPath, paths: Iterable[RepoPath]) -> tuple[RepoPath, ...]:
    """Those of the files that are not about another Django project, in the order of `project_files`."""
    above = upward(django_dir)
    foreign = frozenset(parent(path) for path in repo.named("manage.py")) - frozenset(above)
    mine = (path for path in paths if not foreign or foreign.isdisjoint(upward(parent(path))))
    found = sorted(mine, key=lambda path: (parent(path) not in above, path.count("/"), path))
    if len(found) > MAX_FILES:
        repo.leave_out(".", f"deployment files of one kind beyond the first {MAX_FILES:,}")
    return tuple(found[:MAX_FILES])
