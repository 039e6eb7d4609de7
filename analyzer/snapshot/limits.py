"""How much of a repository is read at most."""

from analyzer.model.quick_dataclass import dataclass


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
