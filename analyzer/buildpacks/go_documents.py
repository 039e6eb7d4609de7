"""TOML and JSON files as the Go programs of buildpacks read them: bytes first, then the decoder's own rules."""

import codecs
import json
import re
from typing import Any

from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.bounded_toml import MAX_CHARACTERS, load_toml
from analyzer.snapshot.documents import ParseFailure, TomlDocument, read_toml
from analyzer.snapshot.toml_locks import read_toml_lock

_AT_LINE = lazy_pattern(r"\(at line (\d+)")
_LONE_RETURN = lazy_pattern(rb"\r(?!\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """The decoder refuses the file; `line` is where, if that is known."""

    reason: str
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GoToml:
    """A TOML file."""

    path: RepoPath
    data: dict[str, Any]
    document: TomlDocument | None
    """Knows the lines; None when the snapshot leaves the file out."""

    def evidence(self, *keys: str, note: str = "") -> Evidence:
        """The line of a key."""
        return Evidence(path=self.path, line=self.document.line_of(*keys) if self.document else 1, note=note)


def read_go_toml(source: Source, path: RepoPath, *, version: str) -> GoToml | Malformed:
    """The TOML file `path`, as a decoder of TOML `version` ("1.0", "1.1") reads it; a folder is malformed, too."""
    # One file is asked for at each step of a build.
    return source.repository.once(f"toml {version} of Go", path, lambda: _read_go_toml(source, path, version))


def _read_go_toml(source: Source, path: RepoPath, version: str) -> GoToml | Malformed:
    content = source.tree.read(path)
    if content is None:
        return Malformed(reason=f"read {path}: is a directory")
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\0" in content:
        return Malformed(reason="files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return Malformed(reason="invalid UTF-8", line=content.count(b"\n", 0, error.start) + 1)
    lone = _LONE_RETURN.search(content)
    if lone is not None:
        return Malformed(reason="a carriage return without a newline", line=content.count(b"\n", 0, lone.start()) + 1)
    read = read_toml_lock if path.endswith(".lock") else read_toml
    document = read(source.repository, path) if source.repository.is_file(path) else None
    if document is not None and not isinstance(document, ParseFailure):
        return GoToml(path=path, data=document.data, document=document)
    is_newer = version == "1.1" and len(text) <= MAX_CHARACTERS  # a longer one is refused in any case
    try:
        return GoToml(path=path, data=load_toml(_as_toml_1_0(text) if is_newer else text), document=None)
    except ValueError as error:
        line = _AT_LINE.search(str(error))
        return Malformed(reason=str(error), line=int(line[1]) if line else 1)


_ESCAPE = lazy_pattern(r"((?<!\\)(?:\\\\)*)\\(?:x([0-9A-Fa-f]{2})|e)")
_TOKEN = lazy_pattern(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\\n]++|\\.)*+"|'
    r"'[^'\n]*'|"
    r"#[^\n]*|[\[\]{}]|\n|,(?=[\s]*(?:#[^\n]*\s*)*\})|(?<![\d:])\d\d:\d\d(?![\d:])",
    re.DOTALL,
)


def _as_toml_1_0(text: str) -> str:
    """TOML 1.1 allows newlines, comments and a last comma in inline tables, two more escapes in strings, and times
    without seconds; the same without them.
    """
    nesting: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        token = match[0]
        if token[0] == '"':
            return _ESCAPE.sub(lambda escape: escape[1] + "\\u00" + (escape[2] or "1b"), token)
        if token[0].isdigit():
            return f"{token}:00"
        if token in "[{":
            nesting.append(token)
        elif token in "]}" and nesting:
            nesting.pop()
        elif nesting and nesting[-1] == "{" and (token in "\n," or token.startswith("#")):
            return " "
        return token

    return _TOKEN.sub(replaced, text)


def read_go_json(source: Source, path: RepoPath) -> Any:
    """The first value of the JSON file `path`, all that Go's decoder reads; or Malformed."""
    content = source.tree.read(path)
    if content is None:
        return Malformed(reason=f"read {path}: is a directory")
    text = content.decode("utf-8", "replace")
    start = len(text) - len(text.lstrip(" \t\r\n"))
    if start == len(text):
        return Malformed(reason="EOF")
    try:
        value, _ = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_merged).raw_decode(text, start)
    except json.JSONDecodeError as error:
        return Malformed(reason=str(error.msg), line=error.lineno)
    except (ValueError, RecursionError) as error:
        return Malformed(reason=str(error))
    return value


def _refuse(name: str) -> None:
    raise ValueError(f"invalid character {name[0]!r} looking for beginning of value")


def _merged(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, in which the fields of a key that comes twice add up, as they do in a struct."""
    merged: dict[str, Any] = {}
    for key, value in pairs:
        before = merged.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            before.update(value)  # a copy for each would take the square of their number
        else:
            merged[key] = value
    return merged
