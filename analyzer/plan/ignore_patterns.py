"""Patterns of .dockerignore, matched as the builders match them.

Source: moby/patternmatcher (patternmatcher.go): `*` and `?` stay inside one name, `**` is any number of folders, a
pattern that matches a folder takes all that is in it.
"""

import re
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


def matches(pattern: str, path: RepoPath) -> bool:
    """Whether the pattern, which has no `!`, takes the file or a folder above it."""
    return _compiled(pattern).fullmatch(path) is not None
