"""What is not to be reported: by the configuration, and by comments beside the lines.

    # doctor: ignore[rule-id] reason

on the line of a finding or on a line of its own above it, in a file whose comments begin with `#`, or with `//`.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from analyzer.audit.excerpts import Excerpts
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.finding import Ignore, IgnoreRule
from analyzer.model.lazy_pattern import lazy_pattern

_COMMENT = lazy_pattern(r"(?:#|//)\s*doctor:\s*ignore\[([a-z0-9, -]+)\]\s*(.*)$")


class Ignores:
    """Which findings are ignored, and which entries were of no use."""

    def __init__(self, rules: Iterable[IgnoreRule], excerpts: Excerpts | None, today: str) -> None:
        self._rules = tuple(rules)
        self._excerpts = excerpts
        self._today = today
        self._used: set[IgnoreRule] = set()

    def of(self, rule: str, place: Evidence) -> Ignore | None:
        """Why a finding is ignored; None where it is not."""
        for number in (place.line, place.line - 1):
            comment = self._comment(rule, place.path, number, own_line=number != place.line)
            if comment is not None:
                return Ignore(reason=comment, source=Evidence(path=place.path, line=number))
        for entry in self._rules:
            if entry.rule == rule and (entry.path is None or fnmatchcase(place.path, entry.path)):
                self._used.add(entry)
                if not self._is_over(entry):
                    return Ignore(reason=entry.reason, source=entry.source, until=entry.until)
        return None

    @property
    def expired(self) -> tuple[IgnoreRule, ...]:
        """Entries that would be of use, were their last day not over."""
        return tuple(one for one in self._rules if one in self._used and self._is_over(one))

    @property
    def unused(self) -> tuple[IgnoreRule, ...]:
        """Entries that no finding needs."""
        return tuple(one for one in self._rules if one not in self._used)

    def _is_over(self, entry: IgnoreRule) -> bool:
        return entry.until is not None and entry.until < self._today

    def _comment(self, rule: str, path: RepoPath, number: int, *, own_line: bool) -> str | None:
        """The reason in a comment about the rule; a comment without a reason is none."""
        line = self._excerpts.line(path, number) if self._excerpts is not None else ""
        match = _COMMENT.search(line)
        if match is None or (own_line and line[: match.start()].strip()):
            return None
        rules = {name.strip() for name in match[1].split(",")}
        return match[2].strip() or None if rule in rules else None
