"""How much of a repository is read at most."""

from collections.abc import Sequence

from analyzer.model.quick_dataclass import dataclass

MAX_PATH_BYTES = 30_000_000
"""Memory of all paths that are kept: of 200,000 files with 90 characters each. Patterns take their time by character,
too."""
_ASCII = (60, 1)
_OTHER = (90, 4)
"""Bytes of a text without its characters, in a list; and of each character, where one is beyond the basic plane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one snapshot. What lies beyond one is recorded as skipped; reaching one is never an error."""

    files: int = 200_000
    """Files in the index."""
    file_bytes: int = 5_000_000
    """Bytes of one file; a larger one is not read at all."""
    total_bytes: int = 400_000_000
    """Bytes of all files that are read."""
    depth: int = 60
    """Folders below the root, one inside the other."""


class Room:
    """What is left of the memory for paths."""

    def __init__(self, size: int = MAX_PATH_BYTES) -> None:
        self.left = size

    def paths(self, prefix: str, names: Sequence[str]) -> list[str]:
        """The names with the folder before them: as many as there is room for, which is then less than none."""
        text = "".join(names)
        each, width = _ASCII if text.isascii() and prefix.isascii() else _OTHER
        each += width * len(prefix)
        size = len(names) * each + width * len(text)
        if size <= self.left:
            self.left -= size
            return [prefix + name for name in names]
        kept = []
        for name in sorted(names):
            self.left -= each + width * len(name)
            if self.left < 0:
                break
            kept.append(prefix + name)
        return kept
