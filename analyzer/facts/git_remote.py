"""Where the checkout came from: the remote and the branch of its git data (git-config(1), FILES and SYNTAX)."""

from urllib.parse import urlsplit

from analyzer.model.evidence import Evidence
from analyzer.model.existing import GitRemote
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.repository import RepositorySnapshot

CONFIG = ".git/config"
_SECTION = lazy_pattern(r'\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]')
_SETTING = lazy_pattern(r"\s*([A-Za-z][\w-]*)\s*=\s*(.*?)\s*$")
_SCP_LIKE = lazy_pattern(r"(?:[^/@:]+@)?([\w.-]+):(?!//)/?(.+)$")
_REFERENCE = "ref: refs/heads/"


def git_remote(repo: RepositorySnapshot) -> GitRemote | None:
    """The remote that the checked-out branch follows, else origin, else the first; None without one on a server."""
    lines = (repo.git_text("config") or "").splitlines()
    remotes: dict[str, tuple[str, int]] = {}
    followed: dict[str, str] = {}
    section, name = "", ""
    for number, line in enumerate(lines, 1):
        heading = _SECTION.match(line.strip())
        setting = _SETTING.match(line)
        if heading is not None:
            section, name = heading[1].lower(), heading[2] or ""
        elif setting is not None and section == "remote" and setting[1].lower() == "url":
            remotes.setdefault(name, (setting[2].strip('"'), number))
        elif setting is not None and section == "branch" and setting[1].lower() == "remote":
            followed[name] = setting[2]
    branch = _branch(repo.git_text("HEAD"), _REFERENCE)
    chosen = next((r for r in (followed.get(branch or ""), "origin", *remotes) if r is not None and r in remotes), None)
    place = None if chosen is None else _place(remotes[chosen][0])
    if chosen is None or place is None:
        return None
    default = _branch(repo.git_text(f"refs/remotes/{chosen}/HEAD"), f"ref: refs/remotes/{chosen}/")
    return GitRemote(
        host=place[0],
        path=place[1],
        branch=default or branch,
        evidence=Evidence(path=CONFIG, line=remotes[chosen][1], note=f"remote {chosen}"),
    )


def _branch(text: str | None, prefix: str) -> str | None:
    return text.strip().removeprefix(prefix) if text is not None and text.startswith(prefix) else None


def _place(url: str) -> tuple[str, str] | None:
    """Host and path of a clone URL, without credentials; None for a path of the machine."""
    scp = _SCP_LIKE.fullmatch(url) if "://" not in url else None
    if scp is not None:
        host, path = scp[1], scp[2]
    else:
        try:
            parts = urlsplit(url)
            host, path = parts.hostname or "", parts.path
        except ValueError:
            return None
        if parts.scheme not in ("https", "http", "ssh", "git"):
            return None
    path = path.strip("/").removesuffix(".git")
    return (host.lower(), path) if host and path else None
