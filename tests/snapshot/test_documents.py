"""Documents of every kind: parsed once, and failing in words."""

import ast
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.snapshot.bounded_toml import MAX_DOTS
from analyzer.snapshot.documents import (
    TOO_DEEP,
    IniDocument,
    JsonDocument,
    ParseFailure,
    PythonDocument,
    TomlDocument,
    YamlDocument,
    read_ini,
    read_json,
    read_python,
    read_toml,
    read_yaml,
)
from analyzer.snapshot.limits import Limits
from analyzer.snapshot.repository import RepositorySnapshot
from tests.snapshot.conftest import MakeFiles

Reader = Callable[[RepositorySnapshot, str], object]
READERS: dict[str, Reader] = {
    "a.py": read_python,
    "a.toml": read_toml,
    "a.json": read_json,
    "a.ini": read_ini,
    "a.yml": read_yaml,
}


def read(files: MakeFiles, path: str, content: str | bytes) -> object:
    return READERS[path](RepositorySnapshot.open(files({path: content})), path)


def failure(files: MakeFiles, path: str, content: str | bytes) -> tuple[str, int | None]:
    document = read(files, path, content)
    assert isinstance(document, ParseFailure)
    assert document.path == path
    return document.reason, document.line


GOOD = {"a.py": "x = 1\n", "a.toml": "x = 1\n", "a.json": '{"x": 1}', "a.ini": "[x]\ny = 1\n", "a.yml": "x: 1\n"}


@pytest.mark.parametrize("path", READERS)
def test_a_document_is_parsed_once(files: MakeFiles, path: str) -> None:
    snapshot = RepositorySnapshot.open(files(GOOD))
    document = READERS[path](snapshot, path)
    assert document is not None
    assert not isinstance(document, ParseFailure)
    assert READERS[path](snapshot, path) is document


@pytest.mark.parametrize("path", READERS)
def test_a_failure_is_kept_too(files: MakeFiles, path: str) -> None:
    snapshot = RepositorySnapshot.open(files({path: "[ ( { =\n"}))
    document = READERS[path](snapshot, path)
    assert isinstance(document, ParseFailure)
    assert READERS[path](snapshot, path) is document


@pytest.mark.parametrize("path", READERS)
def test_a_file_that_is_not_there_is_none(files: MakeFiles, path: str) -> None:
    snapshot = RepositorySnapshot.open(files({f"folder/{path}": ""}))
    assert READERS[path](snapshot, path) is None
    assert READERS[path](snapshot, "folder") is None


@pytest.mark.parametrize("path", READERS)
def test_a_file_that_is_there_and_not_readable_is_a_failure(files: MakeFiles, path: str) -> None:
    assert failure(files, path, b"\x7fELF\0\0\0\1\2\3") == ("is no text", None)
    snapshot = RepositorySnapshot.open(files({path: "x" * 100}), Limits(file_bytes=50))
    assert READERS[path](snapshot, path) == ParseFailure(path=path, reason="cannot be read")


@pytest.mark.parametrize("path", READERS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_marks_and_encodings_make_no_difference(files: MakeFiles, path: str, encoding: str) -> None:
    document = read(files, path, GOOD[path].replace("\n", "\r\n").encode(encoding))
    assert not isinstance(document, ParseFailure)
    assert document is not None


@pytest.mark.parametrize("path", READERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=60) | st.text("[]{}():,.=\"'#-&*!|>%@`\\\n\t abc01", max_size=60).map(str.encode))
def test_no_content_raises(files: MakeFiles, path: str, content: bytes) -> None:
    document = read(files, path, content)
    kinds = PythonDocument | TomlDocument | JsonDocument | IniDocument | YamlDocument | ParseFailure
    assert isinstance(document, kinds)


def test_python(files: MakeFiles) -> None:
    document = read(files, "a.py", "# coding: latin-1\n\nDEBUG = True\n")
    assert isinstance(document, PythonDocument)
    assert [(type(node), node.lineno) for node in document.tree.body] == [(ast.Assign, 3)]


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        ("x = 1\ny = = 2\n", "is not Python: invalid syntax", 2),
        ("x = 1\nprint 'a'\n", "is Python 2: Missing parentheses in call to 'print'", 2),
        ("try:\n    x\nexcept OSError, e:\n    pass\n", "is Python 2: multiple exception types must be", 3),
        ("import os\nfrom {{ a.b }} import c\n", "is not Python: a template, whose placeholders are not filled in", 2),
        ("x = [\n{% if a %}\n1,\n{% endif %}\n]\n", "is not Python: a template", 2),
        ("x = " + "9" * 5000, "is not Python: Exceeds the limit", 1),
        ("if x:\n\ty\n        z\n", "is not Python: inconsistent use of tabs", 3),
        ("x = " + "(" * 1000, "is not Python: too many nested parentheses", 1),
        ("x = " + "-" * 5000 + "1", TOO_DEEP, None),
        ("x = a" + ".b" * 20_000, TOO_DEEP, None),
        ("x = a" + "()" * 20_000, TOO_DEEP, None),
        ("if a: b\n" + "elif a: b\n" * 10_000, TOO_DEEP, None),
    ],
)
def test_what_is_no_python(files: MakeFiles, content: str, reason: str, line: int | None) -> None:
    found, at = failure(files, "a.py", content)
    assert found.startswith(reason)
    assert at == line


def test_warnings_about_the_scanned_code_are_not_ours(files: MakeFiles) -> None:
    assert isinstance(read(files, "a.py", "x = '\\d'\nif x is 'a': 1()\n"), PythonDocument)


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="the interpreter takes it as it is")
def test_newer_python_is_read_with_its_own_lines(files: MakeFiles) -> None:
    content = "def f[\n  T\n](x): ...\ntry:\n    import a\nexcept ImportError, OSError:\n    DEBUG = True\nA = 1\n"
    document = read(files, "a.py", content)
    assert isinstance(document, PythonDocument)
    assert [node.lineno for node in document.tree.body] == [1, 4, 8]


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="the interpreter takes the first line as it is")
def test_a_file_that_is_newer_and_broken_names_the_line_that_python_refuses(files: MakeFiles) -> None:
    content = "try: pass\nexcept A, B: pass\nx = = 1\n"
    assert failure(files, "a.py", content) == ("is not Python: multiple exception types must be parenthesized", 2)


def test_toml(files: MakeFiles) -> None:
    document = read(files, "a.toml", "[project]\nname = 'x'\ndependencies = [\n  'a',\n  'b',\n]\n")
    assert isinstance(document, TomlDocument)
    assert document.data["project"]["dependencies"] == ["a", "b"]
    assert document.line_of("project", "dependencies", 1) == 5
    assert document.line_of("project", "missing") == 1


def test_json(files: MakeFiles) -> None:
    document = read(files, "a.json", '{\n  "a": {\n    "b": [1, NaN]\n  }\n}\n')
    assert isinstance(document, JsonDocument)
    assert document.data["a"]["b"][0] == 1
    assert (document.line_of("a", "b"), document.line_of("a", "b", 5), document.line_of("a", "c")) == (3, 3, 2)


def test_ini(files: MakeFiles) -> None:
    content = "[DEFAULT]\nhome = /x\n[Options]\nInstall_Requires =\n  django\n  celery%s\n[other]\nhome = 2\n"
    document = read(files, "a.ini", content)
    assert isinstance(document, IniDocument)
    assert document.sections == {
        "Options": {"home": "/x", "install_requires": "\ndjango\ncelery%s"},
        "other": {"home": "2"},
    }
    assert document.line_of("Options", "install_requires") == 4
    assert [document.line_of(*keys) for keys in (("Options", "home"), ("other", "home"), ("Options", "x"))] == [2, 8, 3]
    assert document.line_of("none", "x") == 1


def test_yaml(files: MakeFiles) -> None:
    document = read(files, "a.yml", "---\n---\na: 1\n---\nb: 2\n")
    assert isinstance(document, YamlDocument)
    assert document.root is document.documents[0]
    assert [[key for key, _, _ in node.items()] for node in document.documents] == [["a"], ["b"]]
    empty = read(files, "a.yml", "# nothing\n")
    assert isinstance(empty, YamlDocument)
    assert empty.root is None


@pytest.mark.parametrize(
    ("path", "content", "reason", "line"),
    [
        ("a.toml", "a = 1\nb = \n", "is not TOML: Invalid value (at line 2, column 5)", 2),
        ("a.toml", "a = " + "9" * 5000, "is not TOML: Exceeds the limit", None),
        ("a.toml", "a = 2024-99-99\n", "is not TOML: ", 1),
        ("a.toml", "a = " + "[" * 5000, TOO_DEEP, None),
        ("a.toml", "a." * 5000 + "a = 1", "is too large, or has keys of too many parts", None),
        ("a.toml", "{% if a %}\na = 1\n", "is not TOML: a template, whose placeholders are not filled in", 1),
        ("a.json", '{\n "a": 1,\n}', "is not JSON: Expecting property name", 3),
        ("a.json", "", "is not JSON: Expecting value", 1),
        ("a.json", "[" * 100_000, TOO_DEEP, None),
        ("a.json", "9" * 5000, "is not JSON: Exceeds the limit", None),
        ("a.json", '{"a": {{ b }}}', "is not JSON: a template", 1),
        ("a.ini", "a = 1\n", "is not INI: a line before the first section", 1),
        ("a.ini", "[a]\nb = 1\nnot a key\n", "is not INI: a line without = or :", 3),
        ("a.ini", "[DEFAULT\n", "is not INI: ", 1),
        ("a.yml", "a: 1\nb: [\n", "is not YAML: did not find expected node content", 3),
        ("a.yml", "a: 1\n  b: 2\n", "is not YAML: mapping values are not allowed in this context", 2),
        ("a.yml", "a: some text\x01\n", "is not YAML: unacceptable character", None),
        ("a.yml", "a: {{ b }} c\n", "is not YAML: a template, whose placeholders are not filled in", 1),
        ("a.yml", "\n&a [*a]", "is too much to read: a node that contains itself", 2),
        ("a.yml", "- " * 500 + "a", "is too much to read: more than 100 nodes inside each other", 1),
    ],
)
def test_what_cannot_be_parsed(files: MakeFiles, path: str, content: str, reason: str, line: int | None) -> None:
    found, at = failure(files, path, content)
    assert found.startswith(reason)
    assert "\n" not in found
    assert at == line


def test_many_dots_in_strings_are_no_key(files: MakeFiles) -> None:
    content = "a = [" + ", ".join(f'"package{n}==1.2.{n}"' for n in range(500)) + "]\n"
    assert isinstance(read(files, "a.toml", content), TomlDocument)
    assert isinstance(read(files, "a.toml", f"a = '{'.' * MAX_DOTS * 2}'\n"), TomlDocument)
