"""Patterns of .dockerignore, matched as the builders match them.

Source: moby/patternmatcher (patternmatcher.go): `*` and `?` stay inside one name, `**` is any number of folders, a
pattern that matches a folder takes all that is in it.
"""

import re
from collections.abc import Sequence
from functools import cache

from analyzer.model.evidence import RepoPath


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts: list[str] = []
    position = 0
    while position < len(pattern):
        character = pattern[position]
        if pattern.startswith("**/", position):
            parts.append("(?:.*/)?")
            position += 3
        elif pattern.startswith("**", position):
            parts.append(".*")
            position += 2
        elif character == "[" and "]" in pattern[position + 2 :]:
            end = pattern.index("]", position + 2)
            parts.append(f"[{re.escape(pattern[position + 1 : end]).replace(chr(92) + '-', '-')}]")
            position = end + 1
        else:
            parts.append({"*": "[^/]*", "?": "[^/]"}.get(character, re.escape(character)))
            position += 1
    return re.compile("".join(parts) + "(?:/.*)?", re.DOTALL)


class Paths:
    """Files that patterns are tried on, many patterns on many files."""

    def __init__(self, paths: Sequence[RepoPath]) -> None:
        self._paths = paths
        self._text = "\n".join(paths)

    def first(self, pattern: str) -> RepoPath | None:
        """The first file that the pattern takes; None where it takes none."""
        if _literal(pattern) not in self._text:
            return None
        return next((path for path in self._paths if matches(pattern, path)), None)


@cache
def _literal(pattern: str) -> str:
    """The longest text that is in every path that the pattern takes."""
    return max((part.strip("/") for part in re.split("[*?]", pattern.partition("[")[0])), key=len)


def matches(pattern: str, path: RepoPath) -> bool:
    """Whether the pattern, which has no `!`, takes the file or a folder above it."""
    return _literal(pattern) in path and _compiled(pattern.rstrip("/")).fullmatch(path) is not None
