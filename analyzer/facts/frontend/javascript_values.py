"""Reads a path from an expression of JavaScript: literals, `path.resolve(…)`, constants, and nothing else."""

from analyzer.facts.frontend.javascript_text import QUOTED, JavaScriptFile
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join, parent

MAX_DEPTH = 6
MAX_EXPRESSION = 600
"""Characters of one value."""
MAX_LOOKUPS = 100
"""Names that are looked up for the values of one file."""

_NAME = lazy_pattern(r"[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*")
_SPACE = lazy_pattern(r"\s*")
_JOINING = frozenset({"join", "normalize"})
_RESOLVING = frozenset({"resolve"})
_PLAIN_CALLS = frozenset({"fileURLToPath", "String", "toString", "normalizePath"})


@dataclass(frozen=True, slots=True)
class PathValue:
    """A path as a configuration gives it: of the repository when `anchored`, else relative to what the key means."""

    text: str
    anchored: bool = False

    @property
    def parent(self) -> "PathValue":
        """The folder of a file."""
        return PathValue(parent(self.text), self.anchored)

    def joined(self, other: "PathValue") -> "PathValue | None":
        """The path of `other` seen from here."""
        if other.anchored:
            return other
        if not self.anchored:
            return PathValue(f"{self.text.rstrip('/')}/{other.text}")
        found = join(self.text, other.text)
        return PathValue(found, anchored=True) if found is not None else None


class PathReader:
    """Reads paths from one file; names that were looked up are remembered."""

    def __init__(self, file: JavaScriptFile) -> None:
        self.file = file
        self._known: dict[tuple[RepoPath, str], PathValue | None] = {}

    def read(self, position: int) -> PathValue | None:
        """The path that the expression at a place in the file gives; None when it is computed."""
        return _Expression(self.file, position, self._known).whole()


class _Expression:
    """Reads the expression at a place in a file; every method returns None for what is no plain path."""

    def __init__(
        self, file: JavaScriptFile, position: int, known: dict[tuple[RepoPath, str], PathValue | None], depth: int = 0
    ) -> None:
        self.file = file
        self.known = known
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
                plain = other is not None and not other.anchored
                value = _concatenated(value, other.text) if value is not None and other is not None and plain else None
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
        quoted = QUOTED.match(self.text, self.at)
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
        key = (self.file.path, name)
        if key not in self.known:
            self.known[key] = None  # also the answer for a name that is made of itself
            self.known[key] = self._looked_up(name)
        return self.known[key]

    def _looked_up(self, name: str) -> PathValue | None:
        if self.depth >= MAX_DEPTH or len(self.known) > MAX_LOOKUPS or name.startswith(("process.", "import.")):
            return None
        for file in (self.file, *self.file.imported):
            position = file.property(name.split(".")[-2:]) if "." in name else file.constant(name)
            if position is not None:
                return _Expression(file, position, self.known, self.depth + 1).whole()
        return None

    def _close(self) -> bool:
        closes = self._peek() == ")"
        self.at += closes
        return closes


def _concatenated(value: PathValue, text: str) -> PathValue | None:
    if not value.anchored:
        return PathValue(value.text + text)
    return value.joined(PathValue(text.lstrip("/"))) if text.startswith("/") or not text else None
