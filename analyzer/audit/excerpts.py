"""Lines of the repository as reports show them."""

from collections.abc import Callable

from analyzer.model.evidence import RepoPath
from analyzer.model.finding import Excerpt
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.repository import RepositorySnapshot

AROUND = 2
"""Lines shown before and behind the one that is meant."""
LONGEST = 200
"""Characters of a line; what lies behind them is left out."""
_KEY_BEGIN = lazy_pattern(r"-----BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY")
_KEY_END = lazy_pattern(r"-----END ")


class Excerpts:
    """Lines of files, read once, redacted."""

    def __init__(self, repository: RepositorySnapshot, redact: Callable[[str], str]) -> None:
        self._repository = repository
        self._redact = redact
        self._lines: dict[RepoPath, tuple[str, ...]] = {}

    def line(self, path: RepoPath, number: int) -> str:
        """A line as the file has it; "" where there is none. Not to be shown."""
        lines = self._of(path)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def around(self, path: RepoPath, number: int) -> Excerpt | None:
        """The line with its neighbours; None where there is none."""
        lines = self._of(path)
        if not 0 < number <= len(lines):
            return None
        first = max(1, number - AROUND)
        shown = tuple(self._shown(lines, one) for one in range(first, min(number + AROUND, len(lines)) + 1))
        meant = shown[number - first]
        stripped = meant.strip()
        column = len(meant) - len(meant.lstrip()) + 1 if stripped else 1
        return Excerpt(first_line=first, lines=shown, column=column, end_column=column + max(len(stripped), 1))

    def _shown(self, lines: tuple[str, ...], number: int) -> str:
        if _inside_key(lines, number):
            return "***"
        line = lines[number - 1]
        shown = self._redact(line[: LONGEST + 1])
        return shown if len(line) <= LONGEST else f"{shown[:LONGEST]} ..."

    def _of(self, path: RepoPath) -> tuple[str, ...]:
        if path not in self._lines:
            text = self._repository.text(path)
            self._lines[path] = tuple(text.split("\n")) if text is not None else ()
        return self._lines[path]


def _inside_key(lines: tuple[str, ...], number: int) -> bool:
    """Whether a line is part of a private key, which may stand in the middle of any file."""
    for line in reversed(lines[max(0, number - 120) : number]):
        if _KEY_BEGIN.search(line):
            return True
        if _KEY_END.search(line):
            return False
    return False
