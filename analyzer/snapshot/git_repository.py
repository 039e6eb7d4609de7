"""The git data of a working tree: which files are tracked, what `info/exclude` says, where it came from."""

import os
from functools import cached_property

from analyzer.model.evidence import RepoPath
from analyzer.snapshot.git_index import MAX_INDEX_BYTES, TrackedFiles, parse_index
from analyzer.snapshot.ignore import MAX_IGNORE_BYTES, IgnoreFile, parse_ignore_file
from analyzer.snapshot.reading import read_regular_file

_POINTER = b"gitdir: "
_MAX_POINTER_BYTES = 5_000
MAX_TEXT_BYTES = 200_000


class GitRepository:
    """The repository whose working tree is the folder `base` of the scanned folder `root`.

    Its data is read where it lies inside `root`, so not that of a linked working tree.
    """

    def __init__(self, root: str, base: RepoPath) -> None:
        self._root = root
        self._base = base
        self._prefix = "" if base == "." else f"{base}/"
        self._place = self._find()

    @property
    def is_there(self) -> bool:
        """Whether there is git data that can be read."""
        return self._place is not None

    @cached_property
    def tracked(self) -> TrackedFiles:
        """The files of the index; none when there is no index, or none that can be read."""
        content = self._read("index", MAX_INDEX_BYTES)
        return (parse_index(content) if content is not None else None) or TrackedFiles([])

    def is_tracked(self, path: RepoPath) -> bool:
        """Whether the file `path`, below the working tree, is tracked."""
        return path.removeprefix(self._prefix) in self.tracked

    def tracks_in(self, folder: RepoPath) -> bool:
        """Whether `folder`, below the working tree, holds a tracked file or is a submodule."""
        return self.tracked.any_in(folder.removeprefix(self._prefix))

    def excludes(self) -> tuple[IgnoreFile, ...]:
        """The patterns of `info/exclude`, none without that file."""
        content = self._read("info/exclude", MAX_IGNORE_BYTES)
        if content is None:
            return ()
        patterns = parse_ignore_file(f"{self._prefix}.git/info/exclude", self._base, content)
        return () if patterns is None else (patterns,)

    def text(self, name: str) -> str | None:
        """A small text file of the data, such as `config` or `HEAD`; None without it."""
        content = self._read(name, MAX_TEXT_BYTES)
        return None if content is None else content.decode("utf-8", "replace")

    def _read(self, name: str, max_bytes: int) -> bytes | None:
        if self._place is None:
            return None
        content = read_regular_file(f"{self._place}/{name}", self._root, max_bytes)
        return content if isinstance(content, bytes) else None

    def _find(self) -> str | None:
        """The folder with the data: `.git`, or what the file `.git` of a submodule points to; None outside `root`."""
        place = f"{self._root}/{self._prefix}.git"
        if os.path.isdir(place):
            return place
        content = read_regular_file(place, self._root, _MAX_POINTER_BYTES)
        if not isinstance(content, bytes) or not content.startswith(_POINTER) or b"\0" in content:
            return None
        target = os.fsdecode(content.removeprefix(_POINTER).rstrip(b"\r\n"))
        found = os.path.realpath(os.path.join(os.path.dirname(place), target))
        return found if found.startswith(self._root.rstrip("/") + "/") else None
