"""Which deployment files of a repository are about the chosen Django project."""

from collections.abc import Callable, Iterator

from analyzer.model.evidence import RepoPath
from analyzer.snapshot.paths import basename, parent
from analyzer.snapshot.repository import RepositorySnapshot


def upward(folder: RepoPath) -> tuple[RepoPath, ...]:
    """The folder and those above it, the root last."""
    found = [folder]
    while found[-1] != ".":
        found.append(parent(found[-1]))
    return tuple(found)


def project_files(
    repo: RepositorySnapshot, django_dir: RepoPath, accepts: Callable[[str], bool], *, beside: bool = True
) -> tuple[RepoPath, ...]:
    """Files whose basename is accepted and that are not about another Django project.

    First those in the folders from the root down to the project, then (unless `beside` is False) all others,
    shallow before deep.
    """
    above = upward(django_dir)
    foreign = _foreign_folders(repo, above)
    accepted = [path for path in repo.files if accepts(basename(path)) and (beside or parent(path) in above)]
    mine = [path for path in accepted if foreign.isdisjoint(upward(parent(path)))]
    return tuple(sorted(mine, key=lambda path: (parent(path) not in above, path.count("/"), path)))


def named_files(repo: RepositorySnapshot, django_dir: RepoPath, *names: str, beside: bool = True) -> Iterator[RepoPath]:
    """`project_files` by exact names, in the order of the names."""
    wanted = frozenset(names)
    found = project_files(repo, django_dir, lambda name: name in wanted, beside=beside)
    return iter(sorted(found, key=lambda path: names.index(basename(path))))


def _foreign_folders(repo: RepositorySnapshot, above: tuple[RepoPath, ...]) -> frozenset[RepoPath]:
    """The folders of other Django projects."""
    return frozenset(parent(path) for path in repo.named("manage.py")) - frozenset(above)
