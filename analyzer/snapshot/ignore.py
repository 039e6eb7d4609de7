"""What `.gitignore` files and `.git/info/exclude` leave out, decided entry by entry from the top, as git does.

Sources: gitignore(5); git's dir.c (parse_path_pattern, last_matching_pattern) and wildmatch.c.

A walk asks for every entry of a repository, so most patterns (a name, an ending, a path) are looked up in a table; the
others become one regular expression each for names and for paths. pathspec answers another question, whether a file or
a folder above it is ignored, takes thirty times as long for it, and is exponential in the number of stars of a pattern.
"""

import re
from collections.abc import Iterable, Sequence

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

MAX_IGNORE_BYTES = 500_000
MAX_PATTERNS = 2_000
"""Of one file; later ones are left out."""
MAX_PATTERN_LENGTH = 500
_SPECIAL = lazy_pattern(r"[*?\[\\]")
_FOLDER = "\0"
"""Ends the name of a folder where it is compared with a regular expression."""
_ANY = f"[^/{_FOLDER}]"
_NEVER = "(?!)"
_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r"\ \t",
    "cntrl": r"\x01-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    "space": r"\ \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A line that says something; `text` is its glob without `!`, leading and trailing slash."""

    text: str
    anchored: bool
    """Compared with the path below the folder of the file, not with the name alone."""
    negated: bool
    folders_only: bool


class IgnoreFile:
    """The patterns of the file `source`, relative to the folder `base` (`.` is the root)."""

    def __init__(self, source: RepoPath, base: RepoPath, patterns: Sequence[Pattern]) -> None:
        self.source = source
        self._base = base
        self._patterns = patterns
        self._plain: tuple[dict[str, int], dict[str, int]] = ({}, {})
        """The last pattern without a regular expression, for files and for folders: by name, by "*" and ending, by "/"
        and path."""
        self._endings = {pattern.text.rpartition(".")[2] for pattern in patterns if pattern.text.startswith("*.")}
        names: list[int] = []
        paths: list[int] = []
        for number, pattern in enumerate(patterns):
            key = _key(pattern)
            if key is not None:
                for table in self._plain[pattern.folders_only :]:
                    table[key] = number
            else:
                (paths if pattern.anchored else names).append(number)
        self._by_name = self._compile(names)
        self._by_path = self._compile(paths)
        places = [_place(pattern.text) for pattern in patterns if pattern.anchored]
        self._places = frozenset(place for place, deep in places if not deep)
        self._deep_places = frozenset(place for place, deep in places if deep)
        self._unmentioned: tuple[set[str], set[str]] = (set(), set())
        """Names of files and of folders that no pattern for names fits: nearly all, and names repeat."""

    def verdicts(self, folder: RepoPath, names: Iterable[str], *, are_folders: bool) -> dict[str, bool]:
        """The entries of `folder`, of one kind, that a pattern mentions: ignored (True) or brought back (False)."""
        found: dict[str, int] = {}
        unmentioned = self._unmentioned[are_folders]
        fresh = set(names) - unmentioned
        if fresh:
            for name in self._may_be_named(fresh, are_folders):
                number = self._last_by_name(name, are_folders)
                if number >= 0:
                    found[name] = number
            unmentioned |= (fresh - found.keys()) if found else fresh
        inside = folder[0 if self._base == "." else len(self._base) + 1 :] if folder != self._base else ""
        if inside in self._places or (self._deep_places and self._is_deep(inside)):
            for name in names:
                number = self._last_by_path(f"{inside}/{name}" if inside else name, are_folders)
                if number > found.get(name, -1):
                    found[name] = number
        return {name: not self._patterns[number].negated for name, number in found.items()} if found else {}

    def _may_be_named(self, names: set[str], are_folders: bool) -> set[str]:
        """The names that a pattern for names could fit: few of many, found with few steps."""
        possible = names & self._plain[are_folders].keys()
        if self._endings:
            possible.update([name for name in names if name.rpartition(".")[2] in self._endings])
        if self._by_name is not None:
            match, end = self._by_name.match, _FOLDER if are_folders else ""
            possible.update([name for name in names if match(name + end)])
        return possible

    def _is_deep(self, inside: str) -> bool:
        """Whether a pattern for paths, one that fits at many depths, could fit an entry of the folder `inside`."""
        return any(not place or f"{inside}/".startswith(f"{place}/") for place in self._deep_places)

    def _last_by_name(self, name: str, is_folder: bool) -> int:
        plain = self._plain[is_folder]
        found = plain.get(name, -1)
        start = name.find(".")
        while start >= 0:
            found = max(found, plain.get("*" + name[start:], -1))
            start = name.find(".", start + 1)
        return max(found, _last_match(self._by_name, name, is_folder))

    def _last_by_path(self, path: str, is_folder: bool) -> int:
        return max(self._plain[is_folder].get("/" + path, -1), _last_match(self._by_path, path, is_folder))

    def _compile(self, numbers: list[int]) -> re.Pattern[str] | None:
        """One expression whose first alternative that matches is the last pattern: the one that decides."""
        if not numbers:
            return None
        alternatives = [f"(?P<p{n}>{_expression(self._patterns[n])})" for n in reversed(numbers)]
        return re.compile(f"(?:{'|'.join(alternatives)})\\Z", re.DOTALL)


def parse_ignore_file(source: RepoPath, base: RepoPath, content: bytes) -> IgnoreFile | None:
    """The patterns of the file `source`, whose folder is `base`; None when there are none."""
    lines = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
    patterns = [pattern for line in lines if (pattern := _parse_line(line)) is not None]
    return IgnoreFile(source, base, patterns[:MAX_PATTERNS]) if patterns else None


def ignored_in(
    files: Sequence[IgnoreFile], folder: RepoPath, names: Sequence[str], *, are_folders: bool
) -> dict[str, RepoPath]:
    """The entries of `folder`, of one kind, that are ignored, with the file that says so.

    Args:
        files: what applies to the folder; the last that mentions an entry decides.
    """
    decided: dict[str, RepoPath | None] = {}
    for file in reversed(files):
        for name, ignored in file.verdicts(folder, names, are_folders=are_folders).items():
            decided.setdefault(name, file.source if ignored else None)
    return {name: source for name, source in decided.items() if source is not None}


def _parse_line(line: str) -> Pattern | None:
    text = line.removesuffix("\r")
    stripped = text.rstrip(" ")
    if stripped.endswith("\\") and stripped != text and (len(stripped) - len(stripped.rstrip("\\"))) % 2:
        stripped += " "  # an escaped space is part of the name
    if not stripped or stripped.startswith("#") or len(stripped) > MAX_PATTERN_LENGTH or "\0" in stripped:
        return None
    negated = stripped.startswith("!")
    glob = stripped[negated:]
    folders_only = glob.endswith("/")
    glob = glob.removesuffix("/")
    if not glob:
        return None
    return Pattern(text=glob.removeprefix("/"), anchored="/" in glob, negated=negated, folders_only=folders_only)


def _key(pattern: Pattern) -> str | None:
    """Where a pattern without a regular expression stands in the table."""
    special = _SPECIAL.search(pattern.text, 1 if pattern.text.startswith("*.") and not pattern.anchored else 0)
    if special is not None:
        return None
    return f"/{pattern.text}" if pattern.anchored else pattern.text


def _place(glob: str) -> tuple[str, bool]:
    """The folder that all paths matched by a glob lie in, as far as it is spelled out, and whether some lie deeper."""
    folder, slash, name = glob.rpartition("/")
    special = _SPECIAL.search(folder + slash)
    if special is not None:
        return glob[: special.start()].rpartition("/")[0], True
    return folder, name.startswith("**")


def _expression(pattern: Pattern) -> str:
    return translate(pattern.text) + (_FOLDER if pattern.folders_only else f"{_FOLDER}?")


def _last_match(expression: re.Pattern[str] | None, subject: str, is_folder: bool) -> int:
    found = expression.match(subject + _FOLDER if is_folder else subject) if expression is not None else None
    return int((found.lastgroup or "p-1")[1:]) if found is not None else -1


def translate(glob: str) -> str:
    """A regular expression for a glob: `*` and `?` stay inside one part of the path, `**` between slashes does not.

    All but the last stretch between two stars is atomic: the leftmost place is as good as any other, and without
    going back the time does not grow with the number of stars.
    """
    parts = _parts(glob)
    if parts is None:
        return _NEVER
    expression, stretch = "", ""
    for position, part in enumerate(parts):
        last = position == len(parts) - 1
        if part is not None:
            stretch += _join(part, f"{_ANY}*") + ("" if last else "/")
        elif last:
            stretch += ".+"
        else:
            expression += f"(?>(?:.*?/)??{stretch})" if expression else stretch
            expression, stretch = expression or "(?:)", ""
    return f"{expression}(?:.*/)?{stretch}" if expression else stretch


def _join(stretches: list[str], star: str) -> str:
    first, *rest = stretches
    if not rest:
        return first
    return first + "".join(f"(?>{star}?{stretch})" for stretch in rest[:-1]) + star + rest[-1]


def _parts(glob: str) -> list[list[str] | None] | None:
    """The parts of a path: stretches between stars, None for `**`. None when the glob matches nothing."""
    parts: list[list[str] | None] = []
    stretches, start, at = [""], 0, 0
    while at < len(glob):
        character = glob[at]
        step = 1
        if character == "/":
            parts.append(_part(stretches, glob[start:at]))
            stretches, start = [""], at + 1
        elif character == "*":
            step = len(glob) - at - len(glob[at:].lstrip("*"))
            stretches.append("")
        elif character == "?":
            stretches[-1] += _ANY
        elif character == "[":
            bracket = _bracket(glob, at + 1)
            if bracket is None:
                return None
            expression, end = bracket
            stretches[-1] += expression
            step = end - at
        else:
            at += character == "\\"
            if at == len(glob):
                return None
            if glob[at] == "/":
                continue  # an escaped slash separates all the same
            stretches[-1] += re.escape(glob[at])
        at += step
    parts.append(_part(stretches, glob[start:]))
    return parts


def _part(stretches: list[str], text: str) -> list[str] | None:
    return None if len(text) > 1 and not text.strip("*") else stretches


def _bracket(glob: str, at: int) -> tuple[str, int] | None:
    """The expression of a bracket whose content starts at `at`, and where it ends; None when it never does."""
    negated = glob[at : at + 1] in ("!", "^")
    at += negated
    content, previous, first = "", "", True
    while first or glob[at : at + 1] != "]":
        first = False
        character = glob[at : at + 1]
        if character == "[" and glob[at + 1 : at + 2] == ":":
            end = glob.find("]", at + 2)
            if end < 0:
                return None
            if glob[end - 1] == ":" and end - 1 >= at + 2:
                known = _CLASSES.get(glob[at + 2 : end - 1])
                if known is None:
                    return None
                content, previous, at = content + known, "", end + 1
                continue
        ranged = character == "-" and previous and glob[at + 1 : at + 2] not in ("", "]")
        at += bool(ranged)
        at += glob[at : at + 1] == "\\"
        character = glob[at : at + 1]
        if not character:
            return None
        if not ranged:
            content += re.escape(character)
        elif previous <= character:
            content += f"{re.escape(previous)}-{re.escape(character)}"
        previous = "" if ranged else character
        at += 1
    if negated:
        return f"[^/{_FOLDER}{content}]", at + 1
    return f"(?!/)[{content}]", at + 1
