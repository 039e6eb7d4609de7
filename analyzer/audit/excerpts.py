"""Lines of the repository as reports show them."""

from collections.abc import Callable, Iterable, Sequence

from analyzer.model.evidence import RepoPath
from analyzer.model.finding import Excerpt
from analyzer.snapshot.repository import RepositorySnapshot

AROUND = 2
"""Lines shown before and behind the one that is meant."""
LOOK_BACK = 60
"""Lines above that decide whether a shown one goes on with a secret."""
LONGEST = 200
"""Characters of a line; what lies behind them is left out."""

Redact = Callable[[RepoPath, Sequence[str], int], Iterable[str]]
"""Takes secrets out of consecutive lines of a file; so many at the beginning are not shown."""


class Excerpts:
    """Lines of files, read once, redacted."""

    def __init__(self, repository: RepositorySnapshot, redact: Redact) -> None:
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
        first, last = max(1, number - AROUND), min(number + AROUND, len(lines))
        begin = max(1, first - LOOK_BACK)
        near = [line[: 2 * LONGEST] for line in lines[begin - 1 : last]]
        shown = tuple(map(_cut, self._redact(path, near, first - begin)))
        meant = shown[number - first]
        stripped = meant.strip()
        column = len(meant) - len(meant.lstrip()) + 1 if stripped else 1
        return Excerpt(first_line=first, lines=shown, column=column, end_column=column + max(len(stripped), 1))

    def _of(self, path: RepoPath) -> tuple[str, ...]:
        if path not in self._lines:
            text = self._repository.text(path)
            self._lines[path] = tuple(text.split("\n")) if text is not None else ()
        return self._lines[path]


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} ..."
