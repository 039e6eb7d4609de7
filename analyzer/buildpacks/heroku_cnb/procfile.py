"""buildpacks-procfile, src/procfile.rs: the processes of a Procfile, read strictly and repaired where it can be."""

from collections.abc import Mapping
from dataclasses import field

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

_BLANK = lazy_pattern(r"[ \t]*(?:#[^\r\n]*|\r?\n)")
_KEY = lazy_pattern(r"([a-z0-9](?:[a-z0-9-]*[a-z0-9])?):")
_VALUE = lazy_pattern(r"[ \t]*+([^\r\n]++)(?:\r?\n|\Z)")
_LONGEST = 63
_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ_", "abcdefghijklmnopqrstuvwxyz-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A process; `written` is its name as the file has it, `line` counts from 1."""

    name: str
    written: str
    command: str
    line: int


@dataclass(slots=True)
class Procfile:
    """The processes by name in the order of the last entry of each, and all entries."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def processes(self) -> Mapping[str, Entry]:
        """The last entry of each name."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            found.pop(entry.name, None)
            found[entry.name] = entry
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidProcfile:
    """Where the reader gives up; `text` is that line."""

    line: int
    text: str
    problem: str


def parse_procfile(text: str) -> Procfile | InvalidProcfile:
    """The entries of the file. Blank lines and comments may stand before and after an entry, but not alone, and the
    last line may not be blank space; a carriage return only belongs before a newline.
    """
    procfile, at, line, counted = Procfile(), 0, 1, 0
    while at < len(text):
        at = _after_blank(text, at)
        line, counted = line + text.count("\n", counted, at), at
        key = _KEY.match(text, at)
        written, name, end = (key[1], key[1], key.end()) if key and len(key[1]) <= _LONGEST else _repaired(text, at)
        if not name:
            return _invalid(text, line, "a name is letters, digits and dashes, and a colon has to follow it at once")
        value = _VALUE.match(text, end)
        if value is None:
            return _invalid(text, line, "a command has to follow the colon")
        procfile.entries.append(Entry(name=name, written=written, command=value[1], line=line))
        at = _after_blank(text, value.end())
    return procfile


def _after_blank(text: str, at: int) -> int:
    """Behind blank lines and comments; the newline at the end of a comment is a blank line."""
    while (match := _BLANK.match(text, at)) is not None:
        at = match.end()
    return at


def _repaired(text: str, at: int) -> tuple[str, str, int]:
    """What stands before the next colon, as written and repaired, and where the command begins; no name if it cannot
    be: leading space is dropped, capitals and underscores are replaced.
    """
    colon = text.find(":", at)
    written = text[at:colon] if colon >= 0 else ""
    repaired = written.translate(_CAPITALS).lstrip(" \t")
    match = _KEY.fullmatch(repaired + ":") if len(repaired) <= _LONGEST else None
    return written, match[1] if match else "", colon + 1


def _invalid(text: str, line: int, problem: str) -> InvalidProcfile:
    return InvalidProcfile(line=line, text=text.split("\n")[line - 1].strip(), problem=problem)
