"""Files of the repository parsed once; a file that cannot be parsed is a ParseFailure, never an exception.

Nothing that a file says is carried out: Python is parsed, not run, and YAML tags mean nothing.
"""

import ast
import configparser
import json
import re
import tomllib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import yaml

from analyzer.model.evidence import RepoPath
from analyzer.snapshot.key_lines import Keys, Lines, find_line, ini_lines, json_lines, toml_lines
from analyzer.snapshot.nesting import nests_too_deeply
from analyzer.snapshot.newer_syntax import parse_newer
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.yaml_nodes import YamlNode as YamlNode
from analyzer.snapshot.yaml_nodes import compose

D = TypeVar("D")
TOO_DEEP = "brackets nest too deeply to be parsed safely"


@dataclass(frozen=True, slots=True)
class ParseFailure:
    """Why a file could not be parsed, and at which line, where that is known."""

    path: RepoPath
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PythonDocument:
    """A Python file."""

    path: RepoPath
    tree: ast.Module


@dataclass(frozen=True)
class _KeyedDocument:
    """A file whose values have keys."""

    path: RepoPath
    text: str = field(repr=False)
    _reader: Callable[[str], Lines] = field(repr=False)

    def line_of(self, *keys: str | int) -> int:
        """The line of a key (names in tables, positions in arrays), or of the nearest thing around it."""
        wanted: Keys = keys
        return find_line(self._lines, wanted)

    @cached_property
    def _lines(self) -> Lines:
        try:
            return self._reader(self.text)
        except (ValueError, IndexError, RecursionError):
            return {}


@dataclass(frozen=True, kw_only=True)
class TomlDocument(_KeyedDocument):
    """A TOML file."""

    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class JsonDocument(_KeyedDocument):
    """A JSON file."""

    data: Any


@dataclass(frozen=True, kw_only=True)
class IniDocument(_KeyedDocument):
    """An INI file: values by section and key in lower case, without interpolation."""

    sections: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The first document of a YAML file; `root` is None when it is empty."""

    path: RepoPath
    root: YamlNode | None


def read_python(repo: RepositorySnapshot, path: RepoPath) -> PythonDocument | ParseFailure | None:
    """A Python file, also of a newer syntax than the running interpreter's; None when there is none."""
    return _read(repo, path, "python", _python)


def read_toml(repo: RepositorySnapshot, path: RepoPath) -> TomlDocument | ParseFailure | None:
    """A TOML file; None when there is none."""
    return _read(repo, path, "toml", lambda path, text: TomlDocument(path, text, toml_lines, data=tomllib.loads(text)))


def read_json(repo: RepositorySnapshot, path: RepoPath) -> JsonDocument | ParseFailure | None:
    """A JSON file; None when there is none."""
    return _read(repo, path, "json", lambda path, text: JsonDocument(path, text, json_lines, data=json.loads(text)))


def read_ini(repo: RepositorySnapshot, path: RepoPath) -> IniDocument | ParseFailure | None:
    """An INI file; None when there is none."""
    return _read(repo, path, "ini", _ini)


def read_yaml(repo: RepositorySnapshot, path: RepoPath) -> YamlDocument | ParseFailure | None:
    """A YAML file; None when there is none."""
    return _read(repo, path, "yaml", lambda path, text: YamlDocument(path, compose(text)))


def _read(
    repo: RepositorySnapshot, path: RepoPath, kind: str, parse: Callable[[RepoPath, str], D]
) -> D | ParseFailure | None:
    key = (kind, path)
    if key not in repo.cache:
        text = repo.text(path)
        repo.cache[key] = None if text is None else _parsed(path, text, parse)
    document: Any = repo.cache[key]
    found: D | ParseFailure | None = document
    return found


def _parsed(path: RepoPath, text: str, parse: Callable[[RepoPath, str], D]) -> D | ParseFailure:
    if nests_too_deeply(text):
        return ParseFailure(path, TOO_DEEP)
    try:
        return parse(path, text)
    except SyntaxError as error:
        return ParseFailure(path, error.msg, error.lineno)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return ParseFailure(path, error.problem or "not YAML", None if mark is None else mark.line + 1)
    except json.JSONDecodeError as error:
        return ParseFailure(path, error.msg, error.lineno)
    except configparser.Error as error:
        return ParseFailure(path, error.message.split("\n", 1)[0], getattr(error, "lineno", None))
    except tomllib.TOMLDecodeError as error:
        return ParseFailure(path, str(error), toml_error_line(error))
    except (ValueError, yaml.YAMLError) as error:
        return ParseFailure(path, str(error).split("\n", 1)[0])
    except (RecursionError, MemoryError):
        return ParseFailure(path, "it nests too deeply to be parsed")


def toml_error_line(error: tomllib.TOMLDecodeError) -> int | None:
    """The line where TOML broke off, which older versions of Python give in the message only."""
    place = re.search(r"\(at line (\d+), column \d+\)$", str(error))
    return int(place[1]) if place else None


def _python(path: RepoPath, text: str) -> PythonDocument:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the author's invalid escapes are no affair of the reader of the report
        try:
            return PythonDocument(path, ast.parse(text))
        except SyntaxError as error:
            return PythonDocument(path, parse_newer(text, error))


def _ini(path: RepoPath, text: str) -> IniDocument:
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(text)
    sections = {section: dict(parser.items(section)) for section in parser.sections()}
    return IniDocument(path, text, ini_lines, sections=sections)
