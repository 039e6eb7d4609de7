"""Files so large that they weigh on every build that is given them."""

from analyzer.model.facts import LargeFile
from analyzer.snapshot.repository import RepositorySnapshot

LARGE_BYTES = 10_000_000
MAX_FILES = 50
_SOURCES = (".py", ".html", ".css", ".scss", ".ts", ".tsx", ".vue", ".po", ".rst", ".md", ".yml", ".yaml", ".toml")
"""What people write by hand is not asked for its size: there is much of it, and none of it is large."""


def large_files(repo: RepositorySnapshot) -> tuple[LargeFile, ...]:
    """The files of at least `LARGE_BYTES`, the largest first."""
    sizes = ((repo.size(path), path) for path in repo.files if not path.endswith(_SOURCES))
    found = sorted(((size, path) for size, path in sizes if size >= LARGE_BYTES), key=lambda one: (-one[0], one[1]))
    return tuple(LargeFile(path=path, bytes=size) for size, path in found[:MAX_FILES])
