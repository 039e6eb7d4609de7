"""Lists the files of a repository: what git would check out or show, without copies of other people's work."""

import contextlib
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.git_repository import GitRepository
from analyzer.snapshot.ignore import (
    MAX_ALL_PATTERNS,
    MAX_COMPARED,
    MAX_IGNORE_BYTES,
    TOO_MANY,
    IgnoreFile,
    ignored_in,
    parse_ignore_file,
)
from analyzer.snapshot.limits import MAX_PATH_BYTES, Limits, Room
from analyzer.snapshot.paths import parent
from analyzer.snapshot.reading import read_regular_file
from analyzer.snapshot.skipped_folders import skipped_folders
from analyzer.snapshot.skips import Skips

MAX_ENTRIES = 500_000
"""Entries of one folder that are looked at."""
MAX_CHARACTERS = 20_000_000
"""Of the names of those entries."""
_UNSAFE = lazy_pattern("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, and bytes of a name that is not UTF-8 as Python passes them on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The files of a repository, and the links among them with what they lead to."""

    files: tuple[RepoPath, ...]
    """Sorted by code point, with the links to files."""
    file_links: dict[RepoPath, RepoPath]
    folder_links: dict[RepoPath, RepoPath]
    skips: Skips


@dataclass(slots=True, kw_only=True)
class _Folder:
    """A folder that waits for its turn."""

    path: RepoPath
    prefix: str
    """Of the paths of what is in it."""
    depth: int
    git: GitRepository | None = None
    rules: tuple[IgnoreFile, ...] = ()
    """Ignore files that apply, the one that goes first last."""
    ignored: RepoPath | None = None
    """The ignore file that leaves the folder out; then only what git tracks counts."""


@dataclass(slots=True, kw_only=True)
class _Entries:
    """Names in a folder by kind."""

    files: list[str]
    folders: list[str]
    links: list[str]


def list_files(root: str, limits: Limits) -> Listing:
    """The files below `root`, a path without links; nothing is read but ignore files and git's index."""
    walk = _Walk(root, limits)
    walk.run()
    found = sorted(walk.files)
    file_links: dict[RepoPath, RepoPath] = {}
    folder_links: dict[RepoPath, RepoPath] = {}
    if walk.links:
        known = {path: path for path in found}  # targets are kept as the same texts, however many links lead there
        folders = {path: path for path in _folders(known)}
        for link, target in _targets(root, sorted(walk.links), walk.skips):
            if target in known:
                file_links[link] = known[target]
            elif target in folders:
                folder_links[link] = folders[target]
            else:
                walk.skips.add(link, "a link to something that is not read")
    if file_links:
        found = sorted([*found, *file_links])
    return Listing(files=tuple(found), file_links=file_links, folder_links=folder_links, skips=walk.skips)


def ignored_by(root: str, path: RepoPath) -> RepoPath | None:
    """The file by which git ignores the file `path`, which need not exist; None where it does not, or tracks it.

    `root` is a path without links.
    """
    walk, folder = _Walk(root, Limits()), _Folder(path=".", prefix="", depth=0)
    *folders, name = path.split("/")
    for part in folders:
        inner, source = folder.prefix + part, walk.source_of(folder, part, is_folder=True)
        if source is not None and not (folder.git is not None and folder.git.tracks_in(inner)):
            return source
        folder = replace(folder, path=inner, prefix=f"{inner}/", ignored=source)
    source = walk.source_of(folder, name, is_folder=False)
    return None if folder.git is not None and folder.git.is_tracked(path) else source


def _targets(root: str, links: Iterable[RepoPath], skips: Skips) -> Iterator[tuple[RepoPath, RepoPath]]:
    """Links that lead to something inside `root`, and what they lead to, itself without links."""
    for link in links:
        try:
            target = os.path.realpath(f"{root}/{link}", strict=True)
        except OSError as error:
            skips.add(link, f"a link that leads nowhere: {error.strerror}")
            continue
        inside = os.path.relpath(target, root).replace(os.sep, "/")
        if inside == ".." or inside.startswith("../"):
            skips.add(link, "a link that leads out of the repository")
        else:
            yield link, inside


def _folders(files: Iterable[RepoPath]) -> set[RepoPath]:
    found = {"."}
    for path in files:
        folder = parent(path)
        while folder not in found:
            found.add(folder)
            folder = parent(folder)
    return found


class _Walk:
    """Goes through the folders, near ones first, so that a limit cuts off the far ones."""

    def __init__(self, root: str, limits: Limits) -> None:
        self.files: list[RepoPath] = []
        self.links: list[RepoPath] = []
        self.skips = Skips()
        self._root = root.rstrip("/")
        self._limits = limits
        self._room = Room()
        self._patterns = MAX_ALL_PATTERNS
        self._comparing = float(MAX_COMPARED)
        self._table = skipped_folders()
        self._telling = self._table.telling_names | {".git", ".gitignore"}
        """Names of files and folders that say something about the folder they are in; most folders have none."""

    def run(self) -> None:
        """Fill the lists."""
        waiting = deque([_Folder(path=".", prefix="", depth=0)])
        visited = 0
        while waiting:
            visited += 1
            waiting += self._visit(waiting.popleft())
            if self._room.left < 0:
                self.skips.add(".", f"files beyond the first {MAX_PATH_BYTES:,} bytes of paths")
                return
            if max(len(self.files) + len(self.links), visited) > self._limits.files:
                self.skips.add(".", f"files beyond the first {self._limits.files:,}")
                self.files = sorted(self.files, key=lambda path: (path.count("/"), path))[: self._limits.files]
                self.links = sorted(self.links)[: self._limits.files - len(self.files)]
                return

    def _visit(self, folder: _Folder) -> Iterator[_Folder]:
        """List a folder -> the folders in it."""
        prefix = folder.prefix
        place = f"{self._root}/{prefix}"
        try:
            entries = self._entries(place, prefix)
        except OSError as error:
            self.skips.add(folder.path, error.strerror or "cannot be listed")
            return
        if not (self._telling.isdisjoint(entries.files) and self._telling.isdisjoint(entries.folders)):
            if folder.path != ".":
                self._leave_out_environment(folder, entries, place)
            self._add_rules(folder, entries, place)
        if folder.rules:
            self._count_comparisons(folder, entries)
        ignored = _ignored(folder, entries)
        if ignored:
            entries.files = self._without_ignored(folder, entries.files, ignored)
            entries.links = self._without_ignored(folder, entries.links, ignored)
        self.files += self._room.paths(prefix, entries.files)
        if entries.links:
            self.links += self._room.paths(prefix, entries.links)
        if entries.folders:
            yield from self._below(folder, sorted(entries.folders), ignored)

    def _entries(self, place: str, prefix: str) -> _Entries:
        """The names in a folder that can be shown, by kind. Raises OSError when it cannot be listed."""
        files: list[str] = []
        folders: list[str] = []
        links: list[str] = []
        others: list[str] = []
        characters = 0
        with os.scandir(place) as found:
            for entry in islice(found, MAX_ENTRIES):
                characters += len(entry.name)
                if characters > MAX_CHARACTERS:
                    break
                if entry.is_symlink():
                    links.append(entry.name)
                elif entry.is_file():
                    files.append(entry.name)
                elif entry.is_dir():
                    folders.append(entry.name)
                else:
                    others.append(entry.name)
            if next(found, None) is not None:
                count = len(files) + len(folders) + len(links) + len(others)
                self.skips.add(prefix.rstrip("/") or ".", f"entries beyond the first {count:,}")
        if not "".join([*files, *folders, *links, *others]).isprintable():
            for names in (files, folders, links, others):
                names[:] = self._showable(names, prefix)
        for name in others:
            self.skips.add(prefix + name, "a pipe, socket or device")
        return _Entries(files=files, folders=folders, links=links)

    def _showable(self, names: list[str], prefix: str) -> Iterator[str]:
        for name in names:
            if _UNSAFE.search(name):
                self.skips.add(prefix + _escaped(name), "a name with control characters, or that is not UTF-8")
            else:
                yield name

    def _leave_out_environment(self, folder: _Folder, entries: _Entries, place: str) -> None:
        environment = self._table.environment(place, entries.files, entries.folders)
        if environment is None:
            return
        self.skips.add(folder.path, environment.reason)
        entries.files, entries.links = [], []
        standard = environment.standard_folders
        entries.folders = [] if standard is None else [name for name in entries.folders if name not in standard]

    def _add_rules(self, folder: _Folder, entries: _Entries, place: str) -> None:
        """Add the rules of the folder's own files; a working tree of git starts without those from above."""
        is_linked = ".git" in entries.files  # in a submodule, that file says where the data is
        if is_linked or ".git" in entries.folders:
            git = GitRepository(self._root, folder.path)
            folder.git, folder.rules, folder.ignored = git, git.excludes(), None
        if is_linked:
            entries.files.remove(".git")
            self.skips.add(f"{folder.prefix}.git", self._table.reasons[".git"])
        if ".gitignore" in entries.files and not folder.ignored and self._patterns <= 0:
            self.skips.add(f"{folder.prefix}.gitignore", TOO_MANY)
        elif ".gitignore" in entries.files and not folder.ignored:
            content = read_regular_file(f"{place}.gitignore", self._root, MAX_IGNORE_BYTES)
            if isinstance(content, bytes):
                own = parse_ignore_file(f"{folder.prefix}.gitignore", folder.path, content)
                if own is not None:
                    self._patterns -= own.patterns
                    folder.rules = (*folder.rules, own)

    def _count_comparisons(self, folder: _Folder, entries: _Entries) -> None:
        """Leave out the rules of the folder, and of all in it, where to compare them took too long already."""
        effort = sum(rule.effort for rule in folder.rules)
        if effort:
            self._comparing -= effort * sum(map(len, (*entries.files, *entries.folders, *entries.links)))
            if self._comparing < 0:
                for rule in folder.rules:
                    self.skips.add(rule.source, TOO_MANY)
                folder.rules = ()

    def source_of(self, folder: _Folder, name: str, *, is_folder: bool) -> RepoPath | None:
        """The ignore file that leaves out what is called `name` in a folder, to which its own rules are added."""
        place = f"{self._root}/{folder.prefix}"
        with contextlib.suppress(OSError):  # a folder that is not there yet has no rules
            self._add_rules(folder, self._entries(place, folder.prefix), place)
        named = _Entries(files=[] if is_folder else [name], folders=[name] if is_folder else [], links=[])
        return _ignored(folder, named).get(name)

    def _without_ignored(self, folder: _Folder, names: list[str], ignored: Mapping[str, RepoPath]) -> list[str]:
        """The files among `names` that are not ignored, or tracked all the same; the others are recorded."""
        kept = []
        for name in names:
            path = folder.prefix + name
            if name not in ignored or (folder.git is not None and folder.git.is_tracked(path)):
                kept.append(name)
            else:
                self.skips.add(path, f"ignored by {ignored[name]}")
        return kept

    def _below(self, folder: _Folder, names: list[str], ignored: Mapping[str, RepoPath]) -> Iterator[_Folder]:
        """The folders `names` in a folder but those that are left out, which are recorded."""
        for path in self._room.paths(folder.prefix, names):
            name = path[len(folder.prefix) :]
            source = ignored.get(name)
            reason = self._table.reasons.get(name)
            if reason is None and folder.depth >= self._limits.depth:
                reason = f"more than {self._limits.depth:,} folders deep"
            if reason is None and source is not None and not (folder.git is not None and folder.git.tracks_in(path)):
                reason = f"ignored by {source}"
            if reason is not None:
                self.skips.add(path, reason)
            else:
                yield _Folder(
                    path=path,
                    prefix=f"{path}/",
                    depth=folder.depth + 1,
                    git=folder.git,
                    rules=folder.rules,
                    ignored=source,
                )


def _ignored(folder: _Folder, entries: _Entries) -> dict[str, RepoPath]:
    """What is ignored in a folder, with the file that says so."""
    if folder.ignored is not None:
        return dict.fromkeys((*entries.files, *entries.links, *entries.folders), folder.ignored)
    if not folder.rules:
        return {}
    return ignored_in(folder.rules, folder.path, [*entries.files, *entries.links], entries.folders)


def _escaped(name: str) -> str:
    """A name in characters that can be printed."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSAFE.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
