"""What the snapshot leaves out, in a list that stays short however much that is."""

import sys
from collections.abc import Iterator

from analyzer.model.evidence import RepoPath
from analyzer.model.facts import SkippedFile
from analyzer.snapshot.paths import parent

MAX_NAMED = 20
"""Paths of one folder that are named for one reason; the others are counted."""
MAX_ENTRIES = 1_000
MAX_BYTES = 20_000_000
"""Memory of paths and reasons that are kept until they are asked for; folders near the root come first."""


class Skips:
    """Collects paths with reasons."""

    def __init__(self) -> None:
        self._paths: dict[tuple[RepoPath, str], list[RepoPath]] = {}
        self._more: dict[tuple[RepoPath, str], int] = {}
        self._left = MAX_BYTES
        self._beyond = 0
        """Paths that are counted with none of their kind."""

    def add(self, path: RepoPath, reason: str) -> None:
        """Record that `path` was not read."""
        key = (parent(path), reason)
        named = self._paths.get(key, ())
        if len(named) == MAX_NAMED:
            self._more[key] = self._more.get(key, 0) + 1
            return
        self._left -= sys.getsizeof(path) + (0 if named else sys.getsizeof(key[0]) + sys.getsizeof(reason))
        if self._left < 0 and path != ".":  # which says of a limit that it was reached
            self._beyond += 1
        else:
            self._paths.setdefault(key, []).append(path)

    def entries(self) -> tuple[SkippedFile, ...]:
        """All records by path; what is too much to name stands with the folder that holds it, near the root first."""
        found = sorted(self._all(), key=lambda entry: (entry.path.count("/"), entry.path, entry.reason))
        left_out = max(len(found) - MAX_ENTRIES, 0) + self._beyond
        if left_out > 0:
            found[MAX_ENTRIES:] = [SkippedFile(path=".", reason=f"{left_out:,} more paths are not listed")]
        return tuple(sorted(found, key=lambda entry: (entry.path, entry.reason)))

    def _all(self) -> Iterator[SkippedFile]:
        for (folder, reason), paths in self._paths.items():
            yield from (SkippedFile(path=path, reason=reason) for path in paths)
            more = self._more.get((folder, reason), 0)
            if more:
                yield SkippedFile(path=folder, reason=f"{more:,} more here: {reason}")
