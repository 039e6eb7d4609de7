"""The configuration of repositories: small copies of them, one file of which can be changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = re.compile(
    r"(.*/)?("
    r"manage\.py|settings[^/]*\.py|(settings|conf|config|django|envs?)/[^/]*\.py|celery[^/]*\.py|[aw]sgi\.py|__init__\.py|"
    r"setup\.(py|cfg)|[^/]*requirements[^/]*\.(txt|in)|requirements/[^/]*|constraints[^/]*\.txt|Pipfile(\.lock)?|"
    r"[^/]*\.(toml|lock|ya?ml|ini|cfg|conf|env|service|json|sh|properties)|Procfile[^/]*|runtime\.txt|\.python-version|"
    r"Aptfile|apt\.txt|[^/]*Dockerfile[^/]*|\.env[^/]*|\.(git|docker|slug)ignore|\.gitmodules|Makefile|Justfile|crontab|"
    r"\.tool-versions|package-lock\.json|\.npmrc|\.nvmrc"
    r")"
)
"""Paths of files that some reader may read."""
MAX_FILES = 150
MAX_BYTES = 60_000


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a repository says of itself: bytes by path."""

    name: str
    files: dict[str, bytes]

    def write(self, folder: Path) -> None:
        """Write all files below a folder."""
        for path, content in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def configurations(folders: list[Path]) -> list[Configuration]:
    """Those of the repositories in folders that hold them, as fixtures/ or a folder of checked-out ones, by name."""
    found = {}
    for folder in folders:
        for root in sorted(folder.iterdir()):
            repository = root / "repo" if (root / "repo").is_dir() else root
            if repository.is_dir() and (files := dict(_files(repository))):
                found[root.name] = Configuration(root.name, files)
    return [found[name] for name in sorted(found)]


def _files(repository: Path) -> Iterator[tuple[str, bytes]]:
    paths = (path for path in repository.rglob("*") if CONFIGURATION.fullmatch(path.relative_to(repository).as_posix()))
    near = sorted(paths, key=lambda path: (len(path.parts), path.as_posix()))
    usable = (path for path in near if path.is_file() and not path.is_symlink() and ".git" not in path.parts)
    for path in list(usable)[:MAX_FILES]:
        if path.stat().st_size <= MAX_BYTES:
            yield path.relative_to(repository).as_posix(), path.read_bytes()
