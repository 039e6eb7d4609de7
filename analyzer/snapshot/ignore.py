"""What `.gitignore` files and `.git/info/exclude` leave out, decided entry by entry from the top, as git does.

Sources: gitignore(5); git's dir.c (parse_path_pattern, last_matching_pattern).

A walk asks for every entry of a repository, so little may be done for one. A pattern says something about names, in
the folders that its path fits: all of them, or few. Names that are spelled out are looked up; all names of a folder are
compared with the other patterns in one go, and those that fit with each of these. pathspec answers another question,
whether a file or a folder above it is ignored, takes much longer for it, and is exponential in the stars of a pattern.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.globs import FOLDER, SPECIAL, is_deep, split, translate_folder, translate_part

MAX_IGNORE_BYTES = 500_000
MAX_PATTERNS = 2_000
"""Of one file; later ones are left out."""
MAX_PATTERN_LENGTH = 500
MAX_ALL_PATTERNS = 20_000
"""Of all files of a repository; those that are read when there are as many are left out."""
MAX_COMPARED = 500_000_000
"""Characters of names that are compared with globs, once for each glob: some ten seconds."""
TOO_MANY = "patterns beyond those that are compared in one scan"
_QUICK = 5
"""So many globs that begin with a character of their own, or are a star and an ending, take as long as another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What a line says: of names that fit the glob `name`, in folders that fit the path `folder`."""

    folder: tuple[str, ...] | None
    """Globs of the parts of the path below the folder of the file; None is anywhere."""
    name: str
    negated: bool
    folders_only: bool


class IgnoreFile:
    """The patterns of the file `source`, relative to the folder `base` (`.` is the root)."""

    def __init__(self, source: RepoPath, base: RepoPath, patterns: Sequence[Pattern]) -> None:
        self.source = source
        self._skip = 0 if base == "." else len(base) + 1
        self._patterns = patterns
        anywhere: list[int] = []
        places: dict[str, list[int]] = {}
        deep: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            if pattern.folder is None:
                anywhere.append(number)
            elif any(map(SPECIAL.search, pattern.folder)):
                deep.setdefault(translate_folder(pattern.folder), []).append(number)
            else:
                places.setdefault("".join(f"{part}/" for part in pattern.folder), []).append(number)
        self._anywhere = [_Names(patterns, anywhere)] if anywhere else []
        self._places = {place: _Names(patterns, numbers) for place, numbers in places.items()}
        self._deep = {place: _Names(patterns, numbers) for place, numbers in deep.items()}
        self.patterns = len(patterns)
        self.effort = sum(1 if _is_slow(one.name) else 1 / _QUICK for one in patterns if SPECIAL.search(one.name))
        """What it takes to compare a character of a name with the globs."""

    def verdicts(self, folder: RepoPath, files: Sequence[str], folders: Sequence[str]) -> dict[str, bool]:
        """The entries of `folder` that a pattern mentions: ignored (True) or brought back (False)."""
        inside = f"{folder}/"[self._skip :] if folder != "." else ""
        found: dict[str, int] = {}
        for names in self._that_apply(inside):
            for name, number in names.matches(files, folders):
                if number > found.get(name, -1):
                    found[name] = number
        return {name: not self._patterns[number].negated for name, number in found.items()} if found else {}

    def _that_apply(self, inside: str) -> "list[_Names]":
        """The patterns that count in a folder, whose path below that of the file ends with a slash."""
        apply = self._anywhere
        if inside in self._places:
            apply = [*apply, self._places[inside]]
        if self._deep and self._is_deep.fullmatch(inside):
            apply = [*apply, *(names for place, names in self._deep_places if place.fullmatch(inside))]
        return apply

    @cached_property
    def _is_deep(self) -> re.Pattern[str]:
        """Fits the folders that a glob of a path fits: few, in most repositories."""
        return re.compile("|".join(self._deep), re.DOTALL)

    @cached_property
    def _deep_places(self) -> "list[tuple[re.Pattern[str], _Names]]":
        return [(re.compile(place, re.DOTALL), names) for place, names in self._deep.items()]


def _is_slow(glob: str) -> bool:
    return SPECIAL.match(glob) is not None and not (glob.startswith("*") and SPECIAL.search(glob, 1) is None)


class _Names:
    """Patterns for names, by their numbers among all of a file."""

    def __init__(self, patterns: Sequence[Pattern], numbers: Sequence[int]) -> None:
        self._whole: tuple[dict[str, int], dict[str, int]] = ({}, {})
        """The last pattern that is a name, for files and for folders."""
        self._globs: list[tuple[int, str]] = []
        """The other patterns, the last first."""
        self._endings: dict[str, list[str]] = {}
        """Those of them that are a star and an ending, by the first character of the ending: what follows it."""
        self._others: list[str] = []
        for number in numbers:
            glob, folders_only = patterns[number].name, patterns[number].folders_only
            if SPECIAL.search(glob) is None:
                for table in self._whole[folders_only:]:
                    table[glob] = number
                continue
            end = FOLDER if folders_only else f"{FOLDER}?"
            self._globs.insert(0, (number, translate_part(glob) + end))
            ending = glob[1:] if glob.startswith("*") else ""
            if ending and "*" not in ending and SPECIAL.match(ending) is None:
                self._endings.setdefault(re.escape(ending[0]), []).append(translate_part(ending[1:]) + end)
            else:
                self._others.append(translate_part(glob) + end)

    def matches(self, files: Sequence[str], folders: Sequence[str]) -> Iterator[tuple[str, int]]:
        """The names that patterns fit, with the number of the last, or of the last name and the last glob."""
        for whole, names in zip(self._whole, (files, folders), strict=True):
            for name in whole.keys() & names:
                yield name, whole[name]
        if self._globs:
            entries = f"/{'/'.join([*files, *[name + FOLDER for name in folders]])}/"
            fitting = [fits for fits in self._fits if fits.search(entries)]
            for entry in {entry for fits in fitting for entry in _entries_at(entries, fits)} if fitting else ():
                last = next(number for number, glob in self._globs if re.fullmatch(glob, entry))
                yield entry.removesuffix(FOLDER), last

    @cached_property
    def _fits(self) -> list[re.Pattern[str]]:
        """Expressions that fit a name among many between slashes: the end of it, or all with the slash before.

        Whether any name fits takes few steps for most names, as long as each begins with a character that is known.
        """
        endings = [f"{first}(?:{'|'.join(following)})" for first, following in self._endings.items()]
        kinds = ("", endings), ("/", self._others)
        return [re.compile(f"{start}(?:{'|'.join(found)})(?=/)") for start, found in kinds if found]


def _entries_at(entries: str, fits: re.Pattern[str]) -> Iterator[str]:
    for found in fits.finditer(entries):
        yield entries[entries.rfind("/", 0, found.start() + 1) + 1 : found.end()]


def parse_ignore_file(source: RepoPath, base: RepoPath, content: bytes) -> IgnoreFile | None:
    """The patterns of the file `source`, whose folder is `base`; None when there are none."""
    lines = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
    patterns = [pattern for line in lines if (pattern := _parse_line(line)) is not None]
    return IgnoreFile(source, base, patterns[:MAX_PATTERNS]) if patterns else None


def ignored_in(
    rules: Sequence[IgnoreFile], folder: RepoPath, files: Sequence[str], folders: Sequence[str]
) -> dict[str, RepoPath]:
    """The entries of `folder` that are ignored, with the file that says so.

    Args:
        rules: what applies to the folder; the last that mentions an entry decides.
    """
    decided: dict[str, RepoPath | None] = {}
    for rule in reversed(rules):
        for name, ignored in rule.verdicts(folder, files, folders).items():
            decided.setdefault(name, rule.source if ignored else None)
    return {name: source for name, source in decided.items() if source is not None} if decided else {}


def _parse_line(line: str) -> Pattern | None:
    if not line or line.startswith("#"):
        return None
    text = line.removesuffix("\r")
    stripped = text.rstrip(" ")
    if stripped.endswith("\\") and stripped != text and (len(stripped) - len(stripped.rstrip("\\"))) % 2:
        stripped += " "  # an escaped space is part of the name
    if len(stripped) > MAX_PATTERN_LENGTH or "\0" in stripped:
        return None
    negated = stripped.startswith("!")
    glob = stripped[negated:]
    folders_only = glob.endswith("/")
    glob = glob.removesuffix("/")
    parts = split(glob.removeprefix("/")) if glob else None
    if parts is None:
        return None
    *folder, name = parts
    if is_deep(name):
        folder.append(name)
    if name.startswith("**"):
        name = f"*{name.lstrip('*')}"
    anywhere = "/" not in glob or (folder and all(map(is_deep, folder)))
    return Pattern(folder=None if anywhere else tuple(folder), name=name, negated=negated, folders_only=folders_only)
