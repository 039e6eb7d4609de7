"""The versions of a package.json's own packages that the lock file beside it has (npm, Yarn)."""

import re
from collections.abc import Iterable, Mapping

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot

_YARN = lazy_pattern(r'^"?(@?[^@"\s]+)@[^\n]*:\n\s+version:? "?([\w.+-]+)"?$', re.MULTILINE)
_NPM = lazy_pattern(r'"(?:node_modules/)?((?:@[\w.-]+/)?[\w.-]+)":\s*\{\s*"version":\s*"([\w.+-]+)"')
"""A package of the first level; those inside of another have a longer path, or stand deeper."""
PATTERNS = {"yarn.lock": _YARN, "package-lock.json": _NPM, "npm-shrinkwrap.json": _NPM}


def locked_versions(repo: RepositorySnapshot, lock: RepoPath | None, names: Iterable[str]) -> Mapping[str, str]:
    """-> package: version. Of several the first counts; empty for other lock files, and without one."""
    pattern = PATTERNS.get(basename(lock)) if lock is not None else None
    if lock is None or pattern is None:
        return {}
    wanted = frozenset(names)
    found: dict[str, str] = {}
    for match in pattern.finditer(repo.text(lock) or ""):
        if match[1] in wanted:
            found.setdefault(match[1], match[2])
    return found
