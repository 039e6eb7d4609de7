"""The git checkout that the scanned folder belongs to."""

from collections.abc import Callable
from pathlib import Path

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern

_HASH = lazy_pattern(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REFERENCE = "ref: "


def folder_in_checkout(root: Path) -> RepoPath:
    """The scanned folder as a path of the nearest checkout above it, "." where it is the checkout or in none.

    Only the name `.git` is looked for above the folder: nothing there is read.
    """
    folder = root.resolve()
    for above in (folder, *folder.parents):
        if (above / ".git").exists():
            return folder.relative_to(above).as_posix()
    return "."


def checked_out_commit(git_text: Callable[[str], str | None]) -> str | None:
    """The hash of the commit that `HEAD` names; None without git data in the folder.

    Args:
        git_text: gives a text file of the git data (`HEAD`, `refs/heads/main`, `packed-refs`).
    """
    head = (git_text("HEAD") or "").strip()
    if not head.startswith(_REFERENCE):
        return head if _HASH.fullmatch(head) else None
    name = head.removeprefix(_REFERENCE)
    if not name.startswith("refs/") or ".." in name.split("/"):
        return None
    found = (git_text(name) or "").strip()
    if _HASH.fullmatch(found):
        return found
    for line in (git_text("packed-refs") or "").splitlines():
        commit, _, reference = line.partition(" ")
        if reference == name and _HASH.fullmatch(commit):
            return commit
    return None
