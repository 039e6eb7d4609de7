"""Files of the repository, parsed once; one that cannot be parsed is a ParseFailure, never an exception.

Nothing that a file says is carried out: Python is parsed, not run, and YAML tags mean nothing. Parsers that many
repositories do not need are imported when the first file needs them.
"""

import ast
import json
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from typing import Any, TypeVar

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot import document_size, python_size
from analyzer.snapshot.bounded_toml import TomlLimitError, load_toml
from analyzer.snapshot.key_lines import KeyLines, ini_lines, json_lines, toml_lines
from analyzer.snapshot.newer_lines import rewrite_lines
from analyzer.snapshot.newer_syntax import is_python_2, is_template, rewrite
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.yaml_node import YamlNode as YamlNode  # part of what this module offers

TOO_DEEP = "nests too deeply to be parsed"
_TOML_PLACE = lazy_pattern(r"\(at line (\d+), column \d+\)$")
"""Where TOML broke off."""

_DEFAULTS = "DEFAULT"
"""The section of an INI file whose values are in every section."""

D = TypeVar("D")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailure:
    """Why a file could not be parsed, as a phrase ("is not TOML: …"), and at which line where that is known."""

    path: RepoPath
    reason: str
    line: int | None = None
    is_limit: bool = False
    """Whether it is our bound that the file is beyond; the report lists such files with what was not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PythonDocument:
    """A Python file. Lines of the tree are those of the file; columns may differ in one of newer syntax."""

    path: RepoPath
    tree: ast.Module


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlDocument:
    """A TOML file."""

    path: RepoPath
    data: dict[str, Any]
    lines: KeyLines = field(repr=False)

    def line_of(self, *keys: str | int) -> int:
        """The line of a key (names of tables, positions in arrays), or of the nearest thing around it."""
        return self.lines.line_of(*keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonDocument:
    """A JSON file."""

    path: RepoPath
    data: Any
    lines: KeyLines = field(repr=False)

    def line_of(self, *keys: str | int) -> int:
        """The line of a key (names in objects, positions in arrays), or of the nearest thing around it."""
        return self.lines.line_of(*keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class IniDocument:
    """An INI file: values by section and key in lower case, those of `[DEFAULT]` in every section, no interpolation."""

    path: RepoPath
    sections: Mapping[str, Mapping[str, str]]
    lines: KeyLines = field(repr=False)

    def line_of(self, section: str, key: str) -> int:
        """The line of a key of a section, of the default that takes its place, or of the section."""
        own = self.lines.find(section, key)
        default = self.lines.find(_DEFAULTS, key)
        return own or default or self.lines.line_of(section)


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlDocument:
    """A YAML file."""

    path: RepoPath
    documents: tuple[YamlNode, ...]
    """What stands between the `---`; empty documents are left out."""

    @property
    def root(self) -> YamlNode | None:
        """The first document, None in an empty file."""
        return self.documents[0] if self.documents else None


def read_python(repo: RepositorySnapshot, path: RepoPath) -> PythonDocument | ParseFailure | None:
    """A Python file, also one of newer syntax than the running interpreter's; None when there is none."""
    if repo.parsed.blocks > python_size.MAX_BLOCKS and ("python", path) not in repo.cache and repo.is_file(path):
        repo.leave_out(path, python_size.TOO_MANY)
        return ParseFailure(path=path, reason=python_size.TOO_MANY, is_limit=True)
    return _read(repo, path, "python", lambda place, text: _kept_python(repo, place, text))


def read_toml(repo: RepositorySnapshot, path: RepoPath) -> TomlDocument | ParseFailure | None:
    """A TOML file; None when there is none."""
    return _read(repo, path, "toml", _kept(repo, parse_toml))


def read_json(repo: RepositorySnapshot, path: RepoPath) -> JsonDocument | ParseFailure | None:
    """A JSON file; None when there is none."""
    return _read(repo, path, "json", _kept(repo, parse_json))


def read_ini(repo: RepositorySnapshot, path: RepoPath) -> IniDocument | ParseFailure | None:
    """An INI file; None when there is none."""
    return _read(repo, path, "ini", _kept(repo, parse_ini, document_size.MAX_SIGNS_OF_INI))


def read_yaml(repo: RepositorySnapshot, path: RepoPath) -> YamlDocument | ParseFailure | None:
    """A YAML file; None when there is none."""
    return _read(repo, path, "yaml", _kept(repo, parse_yaml))


def _read(
    repo: RepositorySnapshot, path: RepoPath, kind: str, parse: Callable[[RepoPath, str], D | ParseFailure]
) -> D | ParseFailure | None:
    if not repo.is_file(path):
        return None
    return repo.once(kind, path, lambda: _parsed(repo, path, parse))


def _parsed(
    repo: RepositorySnapshot, path: RepoPath, parse: Callable[[RepoPath, str], D | ParseFailure]
) -> D | ParseFailure:
    text = repo.text(path)
    if text is None:
        return ParseFailure(path=path, reason="cannot be read" if repo.read(path) is None else "is no text")
    parsed = parse(path, text)
    if isinstance(parsed, ParseFailure) and parsed.is_limit:
        repo.leave_out(path, parsed.reason)
    return parsed


def _kept(
    repo: RepositorySnapshot, parse: Callable[[RepoPath, str], D | ParseFailure], most: int = document_size.MAX_SIGNS
) -> Callable[[RepoPath, str], D | ParseFailure]:
    """The parser, for documents that are counted and have so many signs at the most."""

    def counted(path: RepoPath, text: str) -> D | ParseFailure:
        if document_size.signs(text) > most:
            return ParseFailure(path=path, reason=document_size.TOO_LARGE.format(most), is_limit=True)
        if repo.parsed.document_blocks > document_size.MAX_BLOCKS:
            return ParseFailure(path=path, reason=document_size.TOO_MANY, is_limit=True)
        before = python_size.blocks()
        document = parse(path, text)
        repo.parsed.document_blocks += max(python_size.blocks() - before, 0)
        return document

    return counted


def parse_python_part(repo: RepositorySnapshot, path: RepoPath, text: str) -> PythonDocument | ParseFailure:
    """The Python `text`, a part of the file `path`; it is parsed anew each time."""
    repo.parsed.signs += python_size.signs(text)
    if repo.parsed.signs > python_size.MAX_SIGNS_OF_PARTS:
        repo.leave_out(path, python_size.TOO_MANY)
        return ParseFailure(path=path, reason=python_size.TOO_MANY, is_limit=True)
    return parse_python(path, text)


def _kept_python(repo: RepositorySnapshot, path: RepoPath, text: str) -> PythonDocument | ParseFailure:
    """The Python file `path`, whose tree is counted."""
    before = python_size.blocks()
    document = parse_python(path, text)
    repo.parsed.blocks += max(python_size.blocks() - before, 0)
    return document


def parse_python(path: RepoPath, text: str) -> PythonDocument | ParseFailure:
    """The Python `text` of the file `path`."""
    if python_size.signs(text) > python_size.MAX_SIGNS:
        return ParseFailure(path=path, reason=python_size.TOO_LARGE, is_limit=True)
    try:
        return PythonDocument(path=path, tree=_tree(text))
    except SyntaxError as error:
        older = _older_tree(text, error.lineno)
        if older is not None:
            return PythonDocument(path=path, tree=older)
        if is_python_2(text, error.lineno):
            return ParseFailure(path=path, reason=f"is Python 2: {error.msg}", line=error.lineno)
        return _refused(path, text, "Python", error.msg, error.lineno)
    except ValueError as error:
        return _refused(path, text, "Python", str(error), None)
    except (RecursionError, MemoryError):
        return ParseFailure(path=path, reason=TOO_DEEP, is_limit=True)


def _older_tree(text: str, refused: int | None) -> ast.Module | None:
    """The tree of a text of newer syntax, put into the older; None when that cannot be done."""
    older = rewrite_lines(text)
    if older is not None:
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            tree = _tree(older.text)
            if older.fits(tree):
                return tree
    rewritten = rewrite(text, refused)
    if rewritten is not None:
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return _tree(rewritten)
    return None


def _tree(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the scanned code, such as invalid escapes
        return ast.parse(text)


def parse_toml(path: RepoPath, text: str) -> TomlDocument | ParseFailure:
    """The TOML `text`, which the file `path` has on the same lines."""
    try:
        data = load_toml(text)
    except TomlLimitError as error:
        return ParseFailure(path=path, reason=str(error), is_limit=True)
    except ValueError as error:
        place = _TOML_PLACE.search(str(error))
        return _refused(path, text, "TOML", str(error), int(place[1]) if place else None)
    return TomlDocument(path=path, data=data, lines=KeyLines(text, toml_lines))


def parse_json(path: RepoPath, text: str) -> JsonDocument | ParseFailure:
    """The JSON `text` of the file `path`."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return _refused(path, text, "JSON", error.msg, error.lineno)
    except ValueError as error:
        return _refused(path, text, "JSON", str(error), None)
    except RecursionError:
        return ParseFailure(path=path, reason=TOO_DEEP, is_limit=True)
    return JsonDocument(path=path, data=data, lines=KeyLines(text, json_lines))


def parse_ini(path: RepoPath, text: str) -> IniDocument | ParseFailure:
    """The INI `text` of the file `path`."""
    import configparser

    parser = configparser.RawConfigParser(strict=False, default_section=_DEFAULTS)
    try:
        parser.read_string(text)
    except configparser.MissingSectionHeaderError as error:
        return _refused(path, text, "INI", "a line before the first section", error.lineno)
    except configparser.ParsingError as error:
        return _refused(path, text, "INI", "a line without = or :", error.errors[0][0] if error.errors else None)
    except (configparser.Error, ValueError, AttributeError) as error:
        return _refused(path, text, "INI", str(error), None)
    sections = {section: dict(parser.items(section)) for section in parser.sections()}
    return IniDocument(path=path, sections=sections, lines=KeyLines(text, ini_lines))


def parse_yaml(path: RepoPath, text: str) -> YamlDocument | ParseFailure:
    """The YAML `text` of the file `path`."""
    import yaml

    from analyzer.snapshot.yaml_nodes import YamlLimitError, compose

    try:
        return YamlDocument(path=path, documents=compose(text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        return _refused(path, text, "YAML", error.problem or str(error), line)
    except yaml.YAMLError as error:
        return _refused(path, text, "YAML", str(error), None)
    except YamlLimitError as error:
        return ParseFailure(path=path, reason=f"is too much to read: {error}", line=error.line, is_limit=True)
    except RecursionError:
        return ParseFailure(path=path, reason=TOO_DEEP, is_limit=True)


def _refused(path: RepoPath, text: str, language: str, message: str, line: int | None) -> ParseFailure:
    why = message.split("\n", 1)[0]
    if is_template(text, line):
        why = f"a template, whose placeholders are not filled in ({why})"
    return ParseFailure(path=path, reason=f"is not {language}: {why}", line=line)
