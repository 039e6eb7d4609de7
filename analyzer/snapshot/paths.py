"""Arithmetic on paths inside the repository: relative, with `/`, the root itself being `.`."""

from analyzer.model.evidence import RepoPath


def join(base: RepoPath, relative: str) -> RepoPath | None:
    """The path that `relative` means in the folder `base`, without `.` and `..`; None when it leaves the root.

    An absolute `relative` leaves the root.
    """
    if relative.startswith("/"):
        return None
    parts = [] if base == "." else base.split("/")
    for part in relative.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or "."


def parent(path: RepoPath) -> RepoPath:
    """The folder that holds `path`; the root is its own parent."""
    return path.rpartition("/")[0] or "."


def basename(path: RepoPath) -> str:
    """The last part of `path`."""
    return path.rpartition("/")[2]
