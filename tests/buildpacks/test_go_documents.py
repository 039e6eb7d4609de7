"""TOML and JSON as Go reads them: bytes, encodings, versions of TOML, what follows the first value."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.go_documents import GoToml, Malformed, read_go_json, read_go_toml
from analyzer.buildpacks.source import Source


def toml(source: Source, version: str = "1.1") -> dict[str, object] | None:
    file = read_go_toml(source, "f.toml", version=version)
    return file.data if isinstance(file, GoToml) else None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a = 1\r\nb = 2\r\n", {"a": 1, "b": 2}),
        (b"\xef\xbb\xbfa = 1\n", {"a": 1}),
        ("", {}),
        ("a = 1\n".encode("utf-16"), None),
        (b"a = '\xe9'\n", None),
        ("a = 1\rb = 2\r", None),
        ("a = 1\na = 2\n", None),
        ("[a\n", None),
    ],
)
def test_toml(source: Callable[..., Source], content: str | bytes, expected: dict[str, object] | None) -> None:
    written = source({"f.toml": content})
    assert toml(written) == expected
    assert toml(written, "1.0") == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a = {b = 1,\n c = 2}\n", {"a": {"b": 1, "c": 2}}),
        ("a = {b = 1, # {\n}\nc = [1,\n]\n", {"a": {"b": 1}, "c": [1]}),
        ("a = { b = [\n{c = '}'},\n], }\n", {"a": {"b": [{"c": "}"}]}}),
        (r'a = "\x41\\x41\e"', {"a": "A\\x41\x1b"}),
        ("a = {\n}\nb = '''{\n,}'''\nc = \"\"\"\\x41\n{\n\"\"\"\n", {"a": {}, "b": "{\n,}", "c": "A\n{\n"}),
    ],
)
def test_only_toml_1_1(source: Callable[..., Source], content: str, expected: dict[str, object]) -> None:
    written = source({"f.toml": content})
    assert toml(written) == expected
    assert toml(written, "1.0") is None


def test_time_without_seconds(source: Callable[..., Source]) -> None:
    written = source({"f.toml": "a = 2020-01-01T07:32\nb = 07:32:15 # 07:32\n"})
    assert set(toml(written) or ()) == {"a", "b"}
    assert toml(written, "1.0") is None


def test_a_folder_is_malformed(source: Callable[..., Source]) -> None:
    written = source({"f.toml": None, "f.json": None})
    assert isinstance(read_go_toml(written, "f.toml", version="1.0"), Malformed)
    assert isinstance(read_go_json(written, "f.json"), Malformed)


def test_line_of_the_mistake(source: Callable[..., Source]) -> None:
    file = read_go_toml(source({"f.toml": "a = 1\nb = 2\nc\n"}), "f.toml", version="1.0")
    assert isinstance(file, Malformed)
    assert file.line == 3
    file = read_go_toml(source({"f.toml": b"a = 1\nb = '\xff'\n"}), "f.toml", version="1.0")
    assert isinstance(file, Malformed)
    assert file.line == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"a": 1} trailing', {"a": 1}),
        (' \r\n\t{"a": null}', {"a": None}),
        ('{"a": {"b": 1}, "a": {"c": 2}}', {"a": {"b": 1, "c": 2}}),
        ('{"a": 1, "a": 2}', {"a": 2}),
        (b'{"a": "\xff"}', {"a": "\ufffd"}),
        ("[1]", [1]),
    ],
)
def test_json(source: Callable[..., Source], content: str | bytes, expected: object) -> None:
    assert read_go_json(source({"f.json": content}), "f.json") == expected


@pytest.mark.parametrize(
    "content",
    ["", " \n", "{", '{"a": 1,}', '{"a": NaN}', '{"a": "\t"}', b"\xef\xbb\xbf{}", "{}".encode("utf-16"), "[" * 100_000],
)
def test_no_json(source: Callable[..., Source], content: str | bytes) -> None:
    assert isinstance(read_go_json(source({"f.json": content}), "f.json"), Malformed)


def test_a_file_is_read_once_per_version(source: Callable[..., Source]) -> None:
    written = source({"f.toml": "a = " + "[" * 5_000})
    first = read_go_toml(written, "f.toml", version="1.1")
    assert isinstance(first, Malformed)
    assert read_go_toml(written, "f.toml", version="1.1") is first
    assert read_go_toml(written, "f.toml", version="1.0") is not first
