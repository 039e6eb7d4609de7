"""Finds keys and calls in the text of JavaScript configuration files.

The files are not run and not parsed as a whole; comments are taken out, and everything is bounded.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot

MAX_CHARACTERS = 100_000
MAX_FILES = 8
MAX_BLOCK = 5_000
"""Characters of one object."""
MAX_VALUES = 50

QUOTED = lazy_pattern(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
"""A string or template literal with its quotes."""

_COMMENT = lazy_pattern(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_TOKEN = lazy_pattern(f"{QUOTED.pattern}|{_COMMENT.pattern}", re.DOTALL)
_IMPORT = lazy_pattern(r"""(?:\brequire\(\s{0,9}|\bfrom\s{1,9}|\bimport\s{1,9})["'](\.{1,2}/[^"'\n]{1,200})["']""")
_ENDINGS = ("", ".js", ".cjs", ".mjs", ".ts", ".mts", ".cts", ".json", "/index.js", "/index.ts")


@dataclass(frozen=True)
class JavaScriptFile:
    """A configuration file; `working` is the folder that its program is started in."""

    repo: RepositorySnapshot
    path: RepoPath
    working: RepoPath
    text: str

    def evidence(self, position: int, note: str = "") -> Evidence:
        """The line of a place in the text."""
        return Evidence(path=self.path, line=self.text.count("\n", 0, position) + 1, note=note)

    def keyed(self, keys: tuple[str, ...], within: str | None = None) -> Iterator[tuple[int, Evidence]]:
        """-> (where the value of a key begins, the key's line), inside the object `within` where one is named."""
        if not keys:
            return
        names = "|".join(re.escape(key) for key in keys)
        sought = re.compile(rf"(?<![\w$.'\"-])['\"]?(?:{names})['\"]?\s{{0,20}}:\s*")
        if within is None:
            blocks = [(0, len(self.text))]
        else:
            blocks = [*self._blocks(within)]
            if not blocks and (named := self._named_blocks(within)) is not None:
                blocks = named[1]
                if not blocks:  # the object is computed, and so is what is in it
                    yield named[0], self.evidence(named[0])
        for start, end in blocks:
            for match in islice(sought.finditer(self.text, start, end), MAX_VALUES):
                yield match.end(), self.evidence(match.start())

    def called(self, names: tuple[str, ...]) -> Iterator[tuple[int, Evidence]]:
        """-> (where the first argument begins, the line) of the calls of these functions."""
        if not names:
            return
        sought = re.compile(rf"(?<![\w$])(?:{'|'.join(names)})\(\s*")
        for match in islice(sought.finditer(self.text), MAX_VALUES):
            yield match.end(), self.evidence(match.start())

    def says(self, key: str, value: str) -> int | None:
        """Where a key has this text as its value."""
        match = re.search(rf"(?<![\w$.-]){key}\s{{0,20}}:\s{{0,20}}['\"]{value}['\"]", self.text)
        return None if match is None else match.start()

    def constant(self, name: str) -> int | None:
        """Where the value of a constant or variable begins."""
        typed = r"(?::\s{0,20}\w{1,40}\s{0,20})?"
        match = re.search(rf"\b(?:const|let|var)\s{{1,20}}{re.escape(name)}\s{{0,20}}{typed}=\s*", self.text)
        return None if match is None else match.end()

    def property(self, names: list[str]) -> int | None:
        """Where the value of the property `names[1]` begins, inside the object `names[0]` where there is one."""
        sought = re.compile(rf"(?<![\w$.])['\"]?{re.escape(names[1])}['\"]?\s{{0,20}}:\s*")
        inside = (sought.search(self.text, start, end) for start, end in self._blocks(re.escape(names[0])))
        match = next((found for found in inside if found is not None), None) or sought.search(self.text)
        return None if match is None else match.end()

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

    def _named_blocks(self, key: str) -> tuple[int, list[tuple[int, int]]] | None:
        """The objects whose names stand where the key's value is expected: `output: production ? a : b`.

        -> (where the value begins, the objects); None without the key.
        """
        match = re.search(rf"(?<![\w$.-]){key}\s{{0,20}}:\s{{0,20}}([^\n{{}}]{{1,200}})", self.text)
        if match is None:
            return None
        names = dict.fromkeys(re.findall(r"(?<![\w$.'\"-])[A-Za-z_$][\w$]*", match[1])[:10])
        return match.start(1), [block for name in names for block in self._blocks(re.escape(name))]

    def _blocks(self, within: str) -> Iterator[tuple[int, int]]:
        sought = re.compile(rf"(?<![\w$-]){within}['\"]?\s{{0,20}}[:=]\s{{0,20}}(?=[\[{{])")
        for match in islice(sought.finditer(self.text), MAX_VALUES):
            yield match.end(), _end_of_block(self.text, match.end())


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
    return next(
        (f"{base}{ending}" for ending in _ENDINGS if base is not None and repo.is_file(f"{base}{ending}")), None
    )


def _end_of_block(text: str, start: int) -> int:
    """The position after the bracket that closes the one at `start`."""
    depth, at = 0, start
    while at < min(len(text), start + MAX_BLOCK):
        quoted = QUOTED.match(text, at)
        if quoted is not None:
            at = quoted.end()
            continue
        depth += (text[at] in "([{") - (text[at] in ")]}")
        at += 1
        if depth == 0:
            break
    return at
