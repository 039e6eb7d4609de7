"""Where a command runs, and which file of the repository a path means there."""

from typing import Protocol

from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

MAX_PARTS = 20
"""Of a path of a server or an image, counted from its end."""


class Place(Protocol):
    """The files that a command sees. Directories are text whose form is the place's own affair."""

    @property
    def start(self) -> str:
        """The directory that commands start in."""

    def enter(self, directory: str, path: str) -> str:
        """The directory after `cd path`."""

    def locate(self, directory: str, path: str) -> RepoPath | None:
        """The file of the repository that `path` means in `directory`, None when there is none."""


def tails_of(path: str) -> list[str]:
    """The path without its first folders, the longest first; of a very deep one only the last parts."""
    parts = path.strip("/").split("/")[-MAX_PARTS:]
    return ["/".join(parts[start:]) for start in range(len(parts))]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryPlace:
    """A command that runs in a checkout, where paths of a server end like paths of the repository."""

    repo: RepositorySnapshot
    folder: RepoPath
    others: tuple[RepoPath, ...] = ()
    """Further folders that paths may begin at."""

    @property
    def start(self) -> str:
        """The folder itself."""
        return self.folder

    def enter(self, directory: str, path: str) -> str:
        """The folder after `cd path`; an unknown one leaves it as it is."""
        found = None if path.startswith("/") else join(directory, path)
        return found if found is not None and self.repo.is_dir(found) else directory

    def locate(self, directory: str, path: str) -> RepoPath | None:
        """The file of the repository that `path` means in `directory`, None when there is none."""
        for folder in dict.fromkeys((directory, self.folder, *self.others)):
            tails = tails_of(path) if path.startswith("/") else [path]
            for tail in tails:
                found = join(folder, tail)
                if found is not None and self.repo.is_file(found):
                    return found
        return None
