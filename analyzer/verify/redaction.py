"""Secrets of a run, hidden in whatever is shown of it."""

from collections.abc import Iterable

from analyzer.facts.existing.redaction import redact_text
from analyzer.model.texts import HIDDEN

SHORTEST = 6
"""Characters; a shorter value would be found in half of all words."""


class Redactor:
    """Hides values that were generated or read as secrets, and what looks like one."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def add(self, values: Iterable[str]) -> None:
        """Hide these from now on."""
        self._values.update(value for value in values if len(value) >= SHORTEST)

    def __call__(self, text: str) -> str:
        """The text without secrets; the longest go first, as one may hold another."""
        for value in sorted(self._values, key=len, reverse=True):
            text = text.replace(value, HIDDEN)
        return redact_text(text)
