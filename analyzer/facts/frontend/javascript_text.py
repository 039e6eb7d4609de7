"""Reads paths from the text of JavaScript configuration files: literals, `path.resolve(…)`, names of constants.

The files are not run and not parsed as a whole: a value is looked for by its key, and what is no plain path is not told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot

MAX_CHARACTERS = 100_000
MAX_FILES = 8
MAX_DEPTH = 6
MAX_EXPRESSION = 600
"""Characters of one value."""
MAX_BLOCK = 5_000
"""Characters of one object."""
MAX_VALUES = 50
MAX_LOOKUPS = 100
"""Names that are looked up for the values of one file."""

_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_TOKEN = re.compile(f"{_QUOTED.pattern}|{_COMMENT.pattern}", re.DOTALL)
_IMPORT = re.compile(r"""(?:\brequire\(\s{0,9}|\bfrom\s{1,9}|\bimport\s{1,9})["'](\.{1,2}/[^"'\n]{1,200})["']""")
_ENDINGS = ("", ".js", ".cjs", ".mjs", ".ts", ".mts", ".cts", ".json", "/index.js", "/index.ts")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*")
_SPACE = re.compile(r"\s*")
_JOINING = frozenset({"join", "normalize"})
_RESOLVING = frozenset({"resolve"})
_PLAIN_CALLS = frozenset({"fileURLToPath", "String", "toString", "normalizePath"})


@dataclass(frozen=True, slots=True)
class PathValue:
    """A path as a configuration gives it: of the repository when `anchored`, else relative to what the key means."""

    text: str
    anchored: bool = False

    def joined(self, other: "PathValue") -> "PathValue | None":
        """The path of `other` seen from here."""
        if other.anchored:
            return other
        if not self.anchored:
            return PathValue(f"{self.text.rstrip('/')}/{other.text}")
        found = join(self.text, other.text)
        return PathValue(found, anchored=True) if found is not None else None


@dataclass(frozen=True, slots=True)
class Found:
    """A value where a key stands; `path` None when it is computed."""

    path: PathValue | None
    evidence: Evidence


@dataclass(frozen=True)
class JavaScriptFile:
    """A configuration file; `working` is the folder that its program is started in."""

    repo: RepositorySnapshot
    path: RepoPath
    working: RepoPath
    text: str
    looked_up: list[str] = field(default_factory=list, compare=False)
    """The names that were looked up so far."""

    def evidence(self, position: int, note: str = "") -> Evidence:
        """The line of a place in the text."""
        return Evidence(path=self.path, line=self.text.count("\n", 0, position) + 1, note=note)

    def keyed(self, keys: tuple[str, ...], within: str | None = None) -> Iterator[Found]:
        """The values of the keys of objects, only of the object `within` when one is named."""
        if not keys:
            return
        names = "|".join(re.escape(key) for key in keys)
        sought = re.compile(rf"(?<![\w$.'\"-])['\"]?(?:{names})['\"]?\s{{0,20}}:\s*")
        for start, end in self._blocks(within):
            for match in islice(sought.finditer(self.text, start, end), MAX_VALUES):
                yield self._found(match.end(), match.start())

    def called(self, names: tuple[str, ...]) -> Iterator[Found]:
        """The first arguments of the calls of these functions."""
        if not names:
            return
        sought = re.compile(rf"(?<![\w$])(?:{'|'.join(names)})\(\s*")
        for match in islice(sought.finditer(self.text), MAX_VALUES):
            yield self._found(match.end(), match.start())

    def says(self, key: str, value: str) -> int | None:
        """Where a key has this text as its value."""
        match = re.search(rf"(?<![\w$.-]){key}\s{{0,20}}:\s{{0,20}}['\"]{value}['\"]", self.text)
        return None if match is None else match.start()

    @cached_property
    def imported(self) -> tuple["JavaScriptFile", ...]:
        """The files of the repository that it imports, and those that they import."""
        found: dict[RepoPath, JavaScriptFile] = {self.path: self}
        queue = [self]
        while queue and len(found) <= MAX_FILES:
            current = queue.pop(0)
            for match in _IMPORT.finditer(current.text):
                path = _module(self.repo, parent(current.path), match[1])
                file = read_javascript(self.repo, path, self.working) if path not in found and path else None
                if file is not None and len(found) <= MAX_FILES:
                    found[file.path] = file
                    queue.append(file)
        return tuple(file for path, file in found.items() if path != self.path)

    def _blocks(self, within: str | None) -> Iterator[tuple[int, int]]:
        if within is None:
            yield 0, len(self.text)
            return
        sought = re.compile(rf"(?<![\w$-]){within}['\"]?\s{{0,20}}[:=]\s{{0,20}}(?=[\[{{])")
        for match in islice(sought.finditer(self.text), MAX_VALUES):
            yield match.end(), _end_of_block(self.text, match.end())

    def _found(self, position: int, key_position: int) -> Found:
        return Found(_Expression(self, position, self.looked_up).whole(), self.evidence(key_position))


def read_javascript(repo: RepositorySnapshot, path: RepoPath, working: RepoPath) -> JavaScriptFile | None:
    """The file without its comments, whose places in the text stay the same; None when it is unreadable."""
    text = repo.text(path)
    if text is None:
        return None
    plain = _TOKEN.sub(_without_comment, text[:MAX_CHARACTERS])
    return JavaScriptFile(repo=repo, path=path, working=working, text=plain)


def _without_comment(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0]) if match[0].startswith(("//", "/*")) else match[0]


def _module(repo: RepositorySnapshot, folder: RepoPath, name: str) -> RepoPath | None:
    base = join(folder, name)
    return next((f"{base}{ending}" for ending in _ENDINGS if base is not None and repo.is_file(f"{base}{ending}")), None)


def _end_of_block(text: str, start: int) -> int:
    """The position after the bracket that closes the one at `start`."""
    depth, at = 0, start
    while at < min(len(text), start + MAX_BLOCK):
        quoted = _QUOTED.match(text, at)
        if quoted is not None:
            at = quoted.end()
            continue
        depth += (text[at] in "([{") - (text[at] in ")]}")
        at += 1
        if depth == 0:
            break
    return at


class _Expression:
    """Reads the expression at a place in a file; every method returns None for what is no plain path."""

    def __init__(self, file: JavaScriptFile, position: int, looked_up: list[str], depth: int = 0) -> None:
        self.file = file
        self.looked_up = looked_up
        self.text = file.text
        self.at = position
        self.end = position + MAX_EXPRESSION
        self.depth = depth

    def whole(self) -> PathValue | None:
        """The value, if nothing follows that would change it."""
        value = self._sum()
        rest = self._peek()
        if rest and rest not in ",;)]}" and "\n" not in self.text[self._before_space() : self.at]:
            return None
        return value

    def _before_space(self) -> int:
        at = self.at
        while at > 0 and self.text[at - 1].isspace():
            at -= 1
        return at

    def _peek(self) -> str:
        space = _SPACE.match(self.text, self.at, min(len(self.text), self.end))
        self.at = space.end() if space is not None else self.at
        return self.text[self.at : self.at + 1] if self.at < self.end else ""

    def _sum(self) -> PathValue | None:
        """Terms joined by `+`, or alternatives by `||` and `??`, of which the first known one counts."""
        value = self._term()
        while True:
            following = self._peek()
            if following == "+":
                self.at += 1
                other = self._term()
                if value is None or other is None or other.anchored:
                    value = None
                else:
                    value = _concatenated(value, other.text)
            elif self.text.startswith(("||", "??"), self.at):
                self.at += 2
                value = value or self._term()
            else:
                return value

    def _term(self) -> PathValue | None:
        first = self._peek()
        if first in ("'", '"', "`"):
            return self._literal()
        if first == "(":
            self.at += 1
            value = self._sum()
            return value if self._close() else None
        name = _NAME.match(self.text, self.at)
        if name is None:
            return None
        self.at = name.end()
        if name[0] == "new":
            name = _NAME.match(self.text, self.at + 1)
            if name is None:
                return None
            self.at = name.end()
        if self._peek() == "(":
            self.at += 1
            return self._call(name[0])
        return self._named(name[0])

    def _literal(self) -> PathValue | None:
        quoted = _QUOTED.match(self.text, self.at)
        if quoted is None:
            return None
        self.at = quoted.end()
        inside = quoted[0][1:-1]
        if quoted[0][0] != "`" or "${" not in inside:
            return PathValue(inside)
        head, _, tail = inside.partition("${")
        name, _, tail = tail.partition("}")
        value = self._named(name.strip())
        if value is None or head or "${" in tail:
            return None
        return _concatenated(value, tail)

    def _call(self, name: str) -> PathValue | None:
        """`path.resolve(…)`, `path.join(…)`, `fileURLToPath(new URL(…))`, `process.cwd()`."""
        arguments: list[PathValue | None] = []
        while self._peek() not in (")", ""):
            arguments.append(self._sum())
            if self._peek() == ",":
                self.at += 1
            elif self._peek() != ")":
                return None
        self.at += 1
        called = name.rpartition(".")[2]
        if called == "cwd":
            return PathValue(self.file.working, anchored=True)
        if called == "URL":
            first = arguments[0] if arguments else None
            return None if first is None else PathValue(parent(self.file.path), anchored=True).joined(first)
        if called == "dirname":
            return PathValue(parent(self.file.path), anchored=True)
        if called in _PLAIN_CALLS:
            return arguments[0] if arguments else None
        if called not in _JOINING | _RESOLVING or not arguments:
            return None
        value = PathValue(self.file.working, anchored=True) if called in _RESOLVING else None
        for argument in arguments:
            if argument is None or (called in _RESOLVING and not argument.anchored and argument.text.startswith("/")):
                return None
            value = argument if value is None else value.joined(argument)
            if value is None:
                return None
        return value

    def _named(self, name: str) -> PathValue | None:
        """The value of a constant or of a property, where it is set in the file or in one that it imports."""
        if name in ("__dirname", "import.meta.dirname"):
            return PathValue(parent(self.file.path), anchored=True)
        too_much = self.depth >= MAX_DEPTH or len(self.looked_up) >= MAX_LOOKUPS
        if too_much or name.startswith(("process.", "import.")):
            return None
        self.looked_up.append(name)
        last = re.escape(name.rpartition(".")[2])
        if "." in name:
            sought = re.compile(rf"(?<![\w$.])['\"]?{last}['\"]?\s{{0,20}}:\s*")
        else:
            sought = re.compile(rf"\b(?:const|let|var)\s{{1,20}}{last}\s{{0,20}}(?::\s{{0,20}}\w{{1,40}}\s{{0,20}})?=\s*")
        for file in (self.file, *self.file.imported):
            match = sought.search(file.text)
            if match is not None:
                return _Expression(file, match.end(), self.looked_up, self.depth + 1).whole()
        return None

    def _close(self) -> bool:
        closes = self._peek() == ")"
        self.at += closes
        return closes


def _concatenated(value: PathValue, text: str) -> PathValue | None:
    if not value.anchored:
        return PathValue(value.text + text)
    return value.joined(PathValue(text.lstrip("/"))) if text.startswith("/") or not text else None
