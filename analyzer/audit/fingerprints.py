"""What makes a finding the same in the next version of the repository."""

import hashlib
from collections import Counter

from analyzer.model.evidence import RepoPath

LENGTH = 16
"""Hexadecimal digits."""


class Fingerprints:
    """Fingerprints from rule, path, text of the line without its white space, and a number among equal ones.

    Line numbers have no part in them, so that a finding stays known when lines are added above it.
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, RepoPath, str]] = Counter()

    def of(self, rule: str, path: RepoPath, line: str) -> str:
        """The fingerprint of the next finding with this rule and line."""
        key = (rule, path, "".join(line.split()))
        self._seen[key] += 1
        text = "\0".join((*key, str(self._seen[key])))
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:LENGTH]
