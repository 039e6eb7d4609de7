"""Files that git would not take, though somebody is told to write them."""

from analyzer.model.evidence import RepoPath
from analyzer.snapshot.ignore import MAX_IGNORE_BYTES, parse_ignore_file
from analyzer.snapshot.repository import RepositorySnapshot

WRITTEN = (".python-version", "Pipfile.lock")
"""What remedies write into the root and what .gitignore files that are handed round leave out."""


def ignored_files(repo: RepositorySnapshot) -> tuple[RepoPath, ...]:
    """Those that are not there, and that the .gitignore of the root keeps out."""
    content = repo.read(".gitignore")
    patterns = parse_ignore_file(".gitignore", ".", content[:MAX_IGNORE_BYTES]) if content else None
    if patterns is None:
        return ()
    return tuple(path for path, ignored in sorted(patterns.verdicts(".", WRITTEN, ()).items()) if ignored)
