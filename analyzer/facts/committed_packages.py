"""Folders of installed packages that are part of the repository: virtual environments, node_modules."""

from analyzer.model.facts import SkippedFile
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.skipped_folders import skipped_folders

_NAMES = frozenset({"node_modules", "site-packages", "dist-packages", "__pypackages__"})


def committed_packages(repo: RepositorySnapshot) -> tuple[SkippedFile, ...]:
    """The folders that git tracks files of, with what they are; of a folder without git data, those that no ignore
    file leaves out."""
    table = skipped_folders()
    environments = {table.virtual.reason, table.conda.reason}
    found = (one for one in repo.skipped if one.reason in environments or basename(one.path) in _NAMES)
    return tuple(one for one in found if repo.is_committed(one.path))
