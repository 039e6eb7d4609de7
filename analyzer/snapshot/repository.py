"""A repository as the scan sees it: the names of its files, and their content when somebody asks for it."""

import os
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, cast

from analyzer.model.evidence import RepoPath
from analyzer.model.facts import SkippedFile
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.generated import without_generated
from analyzer.snapshot.git_repository import GitRepository
from analyzer.snapshot.limits import Limits
from analyzer.snapshot.needles import Needles, rare_bytes
from analyzer.snapshot.paths import parent
from analyzer.snapshot.reading import Unreadable, read_source
from analyzer.snapshot.text import decode, decode_python
from analyzer.snapshot.walk import Listing, ignored_by, list_files

T = TypeVar("T")

KEPT_BYTES = 32_000_000
"""Content that is kept, so that files are read once; in a larger repository, later files are read when asked for."""

KEPT_RARE_BYTES = 8_000_000
"""Of analyzer.snapshot.needles: those of more code than is kept."""


@dataclass(slots=True)
class Parsed:
    """How much was parsed, in the measures of analyzer.snapshot.python_size and document_size."""

    blocks: int = 0
    """Of trees that are kept."""
    signs: int = 0
    """Of parts of files of Python."""
    document_blocks: int = 0
    """Of documents that are kept."""


class RepositorySnapshot:
    """The files of a folder, with the parsed documents that readers keep in `cache`.

    A link to a file inside the folder is a file. A link to a folder inside is followed when its path is asked for, but
    what lies behind it is listed in one place only, so that links make neither copies nor circles. Folders without
    files that are read do not exist, as in git.
    """

    def __init__(self, root: str, listing: Listing, limits: Limits) -> None:
        self.files = listing.files
        """Every file, sorted by code point."""
        self.cache: dict[tuple[str, RepoPath], object] = {}
        """What was read, by kind and path: above all the documents of analyzer.snapshot.documents."""
        self.parsed = Parsed()
        self.latest: RepoPath | None = None
        """The file that was asked for last: after a fault of ours, the one that it is about."""
        self._root = root
        self._limits = limits
        self._file_links = listing.file_links
        self._folder_links = listing.folder_links
        self._skips = listing.skips
        self._left_out: dict[str, set[RepoPath]] = {}
        """Paths by reason."""
        self._known = frozenset(listing.files)
        self._names: dict[str, list[RepoPath]] | None = None
        self._children: dict[RepoPath, tuple[str, ...]] = {}
        self._content: dict[RepoPath, bytes] = {}
        self._rare: dict[RepoPath, bytes] = {}
        """Of the files in which words were looked for, so that those whose content is not kept are read once, too."""
        self._rare_left = KEPT_RARE_BYTES
        self._readable: dict[RepoPath, bool] = {}
        """Whether a file could be read when it was first asked for."""
        self._git: GitRepository | None = None
        self._read_bytes = 0
        self._kept_bytes = 0

    @classmethod
    def open(
        cls, root: Path, limits: Limits = Limits(), *, generated: bool = False, named: Iterable[RepoPath] = ()
    ) -> "RepositorySnapshot":
        """The repository in the folder `root`, which is only read. What cannot be listed is in `skipped`.

        Args:
            generated: whether the files that doctor wrote are among them.
            named: files that are there although git ignores them.
        """
        place = os.path.realpath(root)
        listing = list_files(place, limits)
        ignored = {path for path in named if os.path.isfile(f"{place}/{path}")}.difference(listing.files)
        listing = replace(listing, files=tuple(sorted(ignored.union(listing.files)))) if ignored else listing
        return cls(place, listing if generated else without_generated(place, listing), limits)

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """What is not read, and why, by path; files that turn out unreadable are added when they are asked for."""
        return self._skips.entries()

    def leave_out(self, path: RepoPath, reason: str) -> None:
        """Record that a reader left out a part of a file, or that it is beyond one of the reader's own bounds."""
        known = self._left_out.setdefault(reason, set())
        if path not in known:
            known.add(path)
            self._skips.add(path, reason)

    def is_file(self, path: RepoPath) -> bool:
        """Whether there is a file at `path`."""
        return path in self._known or self._inside(path) in self._known

    def is_dir(self, path: RepoPath) -> bool:
        """Whether `path` is the root or a folder with files."""
        return path == "." or bool(self.children(path))

    def named(self, basename: str) -> tuple[RepoPath, ...]:
        """The files of that name, those with the fewest folders above them first."""
        return tuple(self._by_name().get(basename, ()))

    def matching(self, accepts: Callable[[str], object]) -> tuple[RepoPath, ...]:
        """The files whose basename is accepted, in no order; of a large repository, many have the same."""
        return tuple(path for name, paths in self._by_name().items() if accepts(name) for path in paths)

    def under(self, directory: RepoPath) -> tuple[RepoPath, ...]:
        """All files in a folder and the folders in it; those behind a link when `directory` is one."""
        real = self._inside(directory)
        if real == ".":
            found = self.files
        else:
            begin = bisect_left(self.files, f"{real}/")
            found = self.files[begin : bisect_left(self.files, f"{real}0", begin)]  # "0" comes after "/"
        if real == directory:
            return found
        skip = 0 if real == "." else len(real) + 1
        return tuple(f"{directory}/{path[skip:]}" for path in found)

    def children(self, directory: RepoPath) -> tuple[str, ...]:
        """The names of the files and folders in a folder, sorted; none when there is no such folder."""
        real = self._inside(directory)
        if real not in self._children:
            self._children[real] = self._names_in(real)
        return self._children[real]

    def read(self, path: RepoPath) -> bytes | None:
        """The bytes of a file; None when there is none, or none that can be read."""
        real = path if path in self._known else self._inside(path)
        if real not in self._known:
            return None
        real = self.latest = self._file_links.get(real, real)
        content = self._content.get(real)
        if content is None and self._readable.get(real, True):
            content = self._load(real)
        return content

    def text(self, path: RepoPath) -> str | None:
        """The text of a file with "\\n" between its lines; None when it is no text or cannot be read."""
        content = self.read(path)
        if content is None:
            return None
        return decode_python(content) if path.endswith(".py") else decode(content)

    def once(self, kind: str, path: RepoPath, make: Callable[[], T]) -> T:
        """What `make` returns, which is called when the first one asks for this kind of thing about this path."""
        key = (kind, path)
        if key not in self.cache:
            self.cache[key] = make()
        return cast("T", self.cache[key])

    def holds(self, path: RepoPath, needles: Needles) -> bool:
        """Whether one of the words is in the bytes of a file; not where there is none, or none that can be read."""
        rare = self._rare.get(path)
        if rare is None:
            rare = rare_bytes(self.read(path) or b"")
            if len(rare) <= self._rare_left:
                self._rare[path] = rare
                self._rare_left -= len(rare)
        content: bytes | None = None
        for beginning, word in needles.words:
            if beginning in rare:
                content = self.read(path) or b"" if content is None else content
                if word in content:
                    return True
        return False

    def size(self, path: RepoPath) -> int:
        """The bytes of a file, which is not read; 0 where there is none."""
        real = self._inside(path)
        try:
            return os.lstat(f"{self._root}/{self._file_links.get(real, real)}").st_size if real in self._known else 0
        except OSError:
            return 0

    def is_committed(self, folder: RepoPath) -> bool:
        """Whether a folder, be it read here or not, is part of the repository: git tracks a file in it. Where the root
        has no git data, everything is that no ignore file leaves out."""
        git = self._git_data()
        return git.tracks_in(folder) if git.is_there else ignored_by(self._root, f"{folder}/.") is None

    def git_text(self, name: str) -> str | None:
        """The text of a file of the root's git data (`config`, `HEAD`); None where there is none inside the root."""
        return self._git_data().text(name)

    def is_tracked(self, path: RepoPath) -> bool:
        """Whether git tracks the file, be it read here or not; no file is where the root has no git data."""
        return self._git_data().is_tracked(path)

    def _git_data(self) -> GitRepository:
        if self._git is None:
            self._git = GitRepository(self._root, ".")
        return self._git

    def _by_name(self) -> dict[str, list[RepoPath]]:
        if self._names is None:
            self._names = _by_name(self.files)
        return self._names

    def _load(self, path: RepoPath) -> bytes | None:
        content = read_source(f"{self._root}/{path}", self._root, self._limits.file_bytes)
        if isinstance(content, bytes) and path not in self._readable:
            if self._read_bytes + len(content) > self._limits.total_bytes:
                content = Unreadable(f"beyond {self._limits.total_bytes:,} bytes of all files together")
            else:
                self._read_bytes += len(content)
        self._readable[path] = isinstance(content, bytes)
        if isinstance(content, Unreadable):
            self._skips.add(path, content.reason)
            return None
        if self._kept_bytes + len(content) <= KEPT_BYTES:
            self._content[path] = content
            self._kept_bytes += len(content)
        return content

    def _names_in(self, folder: RepoPath) -> tuple[str, ...]:
        prefix = "" if folder == "." else f"{folder}/"
        names = []
        at, end = bisect_left(self.files, prefix), len(self.files)
        while at < end and self.files[at].startswith(prefix):
            name, below, _ = self.files[at][len(prefix) :].partition("/")
            names.append(name)
            at = bisect_left(self.files, f"{prefix}{name}0", at) if below else at + 1
        names += [link.rpartition("/")[2] for link in self._folder_links if parent(link) == folder]
        return tuple(sorted(names))

    def _inside(self, path: RepoPath) -> RepoPath:
        """The path that `path` is when the links to folders in it are followed: those lead to paths without links."""
        if not self._folder_links:
            return path
        real = "."
        for part in path.split("/"):
            real = part if real == "." else f"{real}/{part}"
            real = self._folder_links.get(real, real)
        return real


def _by_name(files: tuple[RepoPath, ...]) -> dict[str, list[RepoPath]]:
    names: dict[str, list[RepoPath]] = {}
    for path in files:
        names.setdefault(path.rpartition("/")[2], []).append(path)
    for paths in names.values():
        if len(paths) > 1:
            paths.sort(key=lambda path: (path.count("/"), path))
    return names
