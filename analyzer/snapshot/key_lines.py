"""On which line a key of a TOML, JSON or INI file stands; the parsers of the standard library do not say."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Keys: TypeAlias = tuple[str | int, ...]
"""The way to a value: names in tables, positions (from 0) in arrays."""
Lines: TypeAlias = Mapping[Keys, int]

_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_JSON_CHARACTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}

_TOML_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_TOML_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_TOML_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TOML_SCALAR = re.compile(r"[^,\]}#\n]+")
_INI_SECTION = re.compile(r"\[(.+)\]")
_INI_KEY = re.compile(r"([^\s:=\[#;][^:=]*?)\s*[:=]")


def find_line(lines: Lines, keys: Keys) -> int:
    """The line of a value's key, or of the nearest thing around it; 1 where there is none."""
    for length in range(len(keys), 0, -1):
        found = lines.get(keys[:length])
        if found is not None:
            return found
    return 1


@dataclass(slots=True)
class _Open:
    """An object or array of JSON that is not closed yet."""

    path: Keys
    is_array: bool
    position: int = 0
    key: str | None = None


def json_lines(text: str) -> Lines:
    """The lines of a valid JSON document's keys and array elements."""
    numbers = _LineNumbers(text)
    lines: dict[Keys, int] = {}
    stack: list[_Open] = []
    for found in _JSON.finditer(text):
        token = found[0]
        top = stack[-1] if stack else None
        if token in ("}", "]"):
            stack.pop()
        elif token == ":":
            continue
        elif token == "," and top is not None:
            top.position, top.key = top.position + 1, None
        elif top is not None and not top.is_array and top.key is None:
            top.key = _json_text(token)
            lines[(*top.path, top.key)] = numbers.at(found.start())
        else:
            path: Keys = ()
            if top is not None:
                path = (*top.path, top.position if top.key is None else top.key)
            if top is not None and top.is_array:
                lines[path] = numbers.at(found.start())
            if token in ("{", "["):
                stack.append(_Open(path, token == "["))
    return lines


def _json_text(token: str) -> str:
    return _JSON_ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _JSON_CHARACTERS.get(m[2], m[2]), token[1:-1])


def toml_lines(text: str) -> Lines:
    """The lines of a valid TOML document's tables, keys and array elements."""
    return _Toml(text).document()


class _Toml:
    """Goes through the text of a valid document; values are only skipped."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.numbers = _LineNumbers(text)
        self.lines: dict[Keys, int] = {}
        self.arrays: dict[Keys, int] = {}
        """Position of the last element of each array of tables."""

    def document(self) -> Lines:
        table: Keys = ()
        while self._space():
            if self.text.startswith("[[", self.at):
                table = self._table(2)
                position = self.arrays.get(table, -1) + 1
                self.arrays[table] = position
                self.lines.setdefault(table, self._line())
                table = (*table, position)
                self.lines[table] = self._line()
                self._skip_to("]]")
            elif self.text[self.at] == "[":
                table = self._table(1)
                self.lines.setdefault(table, self._line())
                self._skip_to("]")
            else:
                self._pair(table)
        return self.lines

    def _space(self) -> bool:
        """Go behind blanks and comments; False at the end of the text."""
        found = _TOML_SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at < len(self.text)

    def _line(self) -> int:
        return self.numbers.at(self.at)

    def _skip_to(self, closing: str) -> None:
        self.at = self.text.index(closing, self.at) + len(closing)

    def _table(self, brackets: int) -> Keys:
        """The name in a header, with the positions of the arrays of tables on its way; stops before the closing."""
        self.at += brackets
        path: Keys = ()
        for name in self._names():
            path = (*path, name)
            if path in self.arrays and self.text[self.at] == ".":
                path = (*path, self.arrays[path])
        return path

    def _names(self) -> Iterator[str]:
        """The parts of a dotted key; stops at what follows it."""
        while self._space():
            quoted = _TOML_STRING.match(self.text, self.at)
            bare = _TOML_BARE.match(self.text, self.at)
            found = quoted or bare
            if found is None:
                raise ValueError("not a key")
            self.at = found.end()
            self._space()
            yield found[0] if quoted is None else _toml_text(found[0])
            if not self.text.startswith(".", self.at):
                return
            self.at += 1

    def _pair(self, table: Keys) -> None:
        line, path = self._line(), table
        for name in self._names():
            path = (*path, name)
            self.lines.setdefault(path, line)
        self._skip_to("=")
        self._value(path)

    def _value(self, path: Keys) -> None:
        self._space()
        string = _TOML_STRING.match(self.text, self.at)
        if string is not None:
            self.at = string.end()
        elif self.text[self.at] == "[":
            self._array(path)
        elif self.text[self.at] == "{":
            self._inline_table(path)
        else:
            scalar = _TOML_SCALAR.match(self.text, self.at)
            self.at = scalar.end() if scalar else len(self.text)

    def _array(self, path: Keys) -> None:
        self.at += 1
        position = 0
        while self._space() and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.lines[(*path, position)] = self._line()
            self._value((*path, position))
            position += 1
        self.at += 1

    def _inline_table(self, path: Keys) -> None:
        self.at += 1
        while self._space() and self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.at += 1
            else:
                self._pair(path)
        self.at += 1


def _toml_text(quoted: str) -> str:
    text: str = tomllib.loads(f"key = {quoted}")["key"]
    return text


def ini_lines(text: str) -> Lines:
    """The lines of an INI file's sections and keys (in lower case, as configparser gives them)."""
    lines: dict[Keys, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        header = _INI_SECTION.match(line)
        key = None if header is not None else _INI_KEY.match(line)
        if header is not None:
            section = header[1]
            lines.setdefault((section,), number)
        elif key is not None:
            lines[(section, key[1].lower())] = number
    return lines


class _LineNumbers:
    """Line numbers of positions in a text."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, position: int) -> int:
        return bisect_left(self._ends, position) + 1
