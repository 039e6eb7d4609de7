"""On which line a key of a TOML, JSON or INI file stands; the parsers of the standard library do not say."""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

Keys: TypeAlias = tuple[str | int, ...]
"""The way to a value: names in tables, positions (from 0) in arrays."""
Lines: TypeAlias = Mapping[Keys, int]

_JSON = lazy_pattern(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+')

# Possessive repeats: others keep a hundred bytes for each character, in case that the match fails.
_TOML_SPACE = lazy_pattern(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_TOML_STRING = lazy_pattern(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*+\'', re.DOTALL
)
_TOML_BARE = lazy_pattern(r"[A-Za-z0-9_-]+")
_TOML_SCALAR = lazy_pattern(r"[^,\]}#\n]+")


class KeyLines:
    """The lines of a text's keys, found out when the first is asked for: most documents are never asked."""

    def __init__(self, text: str, scan: Callable[[str], Lines]) -> None:
        self._text = text
        self._scan = scan

    def find(self, *keys: str | int) -> int | None:
        """The line of a key, None when the text has no such key."""
        return self._lines.get(keys)

    def line_of(self, *keys: str | int) -> int:
        """The line of a key, or of the nearest thing around it; 1 where there is none."""
        around = (self._lines.get(keys[:length]) for length in range(len(keys), 0, -1))
        return next((line for line in around if line is not None), 1)

    @cached_property
    def _lines(self) -> Lines:
        try:
            return self._scan(self._text)
        except RecursionError:  # nested deeper than anything that is asked for
            return {}


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
            top.key = json.loads(token) if "\\" in token else token[1:-1]
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
        self.named: dict[Keys, int] = {}
        """Tables that headers name on the way to another, where they do so first; many have no header of their own."""

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
        return {**self.named, **self.lines}

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
        line = self._line()
        self.at += brackets
        path: Keys = ()
        for name in self._names():
            path = (*path, name)
            self.named.setdefault(path, line)
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
    import tomllib

    text: str = tomllib.loads(f"key = {quoted}")["key"]
    return text


def ini_lines(text: str) -> Lines:
    """The lines of an INI file's sections and keys (in lower case), as configparser finds them.

    Source: CPython, Lib/configparser.py, RawConfigParser._read.
    """
    from configparser import RawConfigParser

    lines: dict[Keys, int] = {}
    section: str | None = None
    key_indent: int | None = None
    """How far the last key is indented; lines that are indented further continue its value."""
    for number, line in enumerate(text.split("\n"), 1):
        content = line.strip()
        if not content or content.startswith(("#", ";")):
            continue
        indent = len(line) - len(line.lstrip())
        if key_indent is not None and indent > key_indent:
            continue
        header = RawConfigParser.SECTCRE.match(content)
        option = None if header is not None else RawConfigParser.OPTCRE.match(content)
        if header is not None:
            section, key_indent = header["header"], None
            lines.setdefault((section,), number)
        elif option is not None and section is not None:
            key_indent = indent
            lines[(section, option["option"].rstrip().lower())] = number
    return lines


class _LineNumbers:
    """Line numbers of positions in a text."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def at(self, position: int) -> int:
        return bisect_left(self._ends, position) + 1
