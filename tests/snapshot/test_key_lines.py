"""On which line keys stand, found again in texts whose keys are all different."""

import configparser
import json
import tomllib
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.snapshot.key_lines import KeyLines, Keys, Lines, ini_lines, json_lines, toml_lines


def line_with(text: str, token: str) -> int:
    """The first line with a token, from 1."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if token in line)


def paths_in(value: Any, path: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Every key and position in a value, with what stands there."""
    found: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in found:
        yield (*path, key), child
        yield from paths_in(child, (*path, key))


@st.composite
def values(draw: st.DrawFn, quoted: bool = True) -> Any:
    """A value of objects, arrays and texts in which no key and no text is there twice."""
    count = iter(range(1000))
    odd = st.sampled_from(["", ' "quoted"', " \\", " ü\U0001f389", " {[,:]}", " # = ."])

    def text(letter: str) -> str:
        return f"{letter}{next(count)}." + (draw(odd) if quoted else "")

    def value(depth: int) -> Any:
        kind = draw(st.sampled_from(["text", "number", "object", "array"] if depth else ["object"]))
        size = draw(st.integers(0, 3)) if depth < 4 else 0
        if kind == "object":
            return {text("k"): value(depth + 1) for _ in range(size)}
        if kind == "array":
            return [value(depth + 1) for _ in range(size)]
        return text("v") if kind == "text" else 1.5

    return value(0)


@given(value=values(), indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans())
def test_keys_and_elements_of_json(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = "\n" + json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    lines = KeyLines(text, json_lines)
    for path, child in paths_in(value):
        token = path[-1] if isinstance(path[-1], str) else child
        if isinstance(token, str):
            assert lines.line_of(*path) == line_with(text, f'"{token.split(".")[0]}.')


def test_json_by_hand() -> None:
    text = '{\n "a": {"b": 1,\n "c":\n [1,\n {"d": [[2],\n [3]]}]},\n "a\\u002fb": true, "e": "x: {"\n}'
    lines = KeyLines(text, json_lines)
    keys: dict[Keys, int] = {
        ("a",): 2,
        ("a", "b"): 2,
        ("a", "c"): 3,
        ("a", "c", 0): 4,
        ("a", "c", 1, "d"): 5,
        ("a", "c", 1, "d", 1): 6,
        ("a", "c", 1, "d", 1, 0): 6,
        ("a/b",): 7,
        ("e",): 7,
    }
    assert {path: lines.line_of(*path) for path in keys} == keys
    assert lines.find("a", "x") is None


def test_the_nearest_thing_around_a_missing_key_counts() -> None:
    lines = KeyLines('{\n\n"a": {\n"b": [1,\n2]}}', json_lines)
    assert lines.line_of("a", "b", 7, "x") == lines.line_of("a", "b") == 4
    assert lines.line_of("a", "x", "y") == 3
    assert lines.line_of("x", "a") == lines.line_of() == 1


def toml_value(value: Any, draw: st.DrawFn) -> str:
    if isinstance(value, str):
        kind = draw(st.sampled_from(["basic", "long"]))
        return json.dumps(value, ensure_ascii=False) if kind == "basic" else f'"""{value}\n[not.a.table]\nx = 1"""'
    if isinstance(value, list):
        end = draw(st.sampled_from(["", "\n", " # ] comment\n"]))
        return "[" + end + "".join(f"{toml_value(item, draw)},{end}" for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{toml_key(key, draw)} = {toml_value(v, draw)}" for key, v in value.items()) + " }"
    return str(value)


def toml_key(key: str, draw: st.DrawFn) -> str:
    quoted = [json.dumps(key), f"'{key}'"]
    return draw(st.sampled_from(quoted))


@st.composite
def toml_texts(draw: st.DrawFn) -> str:
    """A TOML document of tables, dotted keys, inline tables and arrays."""
    value = draw(values(quoted=False))
    lines: list[str] = []

    def table(name: str, content: Mapping[str, Any]) -> None:
        below: dict[str, Any] = {}
        for key, child in content.items():
            lines.extend(draw(st.sampled_from([[], [""], ["# comment [x] = 1"]])))
            if isinstance(child, dict) and child and draw(st.booleans()):
                below[key] = child
            elif isinstance(child, dict) and child and draw(st.booleans()):
                for inner, item in child.items():
                    lines.append(f"{toml_key(key, draw)} . {toml_key(inner, draw)} = {toml_value(item, draw)}")
            else:
                lines.append(f"{toml_key(key, draw)}={toml_value(child, draw)} # end")
        for key, child in below.items():
            inner_name = f"{name}.{toml_key(key, draw)}" if name else toml_key(key, draw)
            lines.append(f"[ {inner_name} ]")
            table(inner_name, child)

    table("", value)
    return "\n".join(lines)


@given(text=toml_texts())
def test_keys_and_elements_of_toml(text: str) -> None:
    lines = KeyLines(text, toml_lines)
    for path, child in paths_in(tomllib.loads(text)):
        token = path[-1] if isinstance(path[-1], str) else child.split("\n")[0] if isinstance(child, str) else None
        if token is not None:
            assert lines.line_of(*path) == line_with(text, token)


def test_toml_by_hand() -> None:
    text = """\
title = "x" # comment
[project]
dependencies = [
  "django", # ] not yet
  'celery',

  { name = "x", extras = ["y"] }, ["z",
  "w"],
]
urls.home."a.b" = 1

[[tool.uv.index]]
url = "one"
[[tool.uv.index]]
name = "two"
url = '''
three'''
[tool.uv.index.auth]
user = 1
[tool."my tool".x]
y = {z.w = 1, 'v' = [1, 2]}
[tool]
late = \"\"\"
[fake]
a = 1\\"\"\"\"
"""
    lines = KeyLines(text, toml_lines)
    keys: dict[Keys, int] = {
        ("title",): 1,
        ("project",): 2,
        ("project", "dependencies"): 3,
        ("project", "dependencies", 0): 4,
        ("project", "dependencies", 1): 5,
        ("project", "dependencies", 2): 7,
        ("project", "dependencies", 2, "extras"): 7,
        ("project", "dependencies", 2, "extras", 0): 7,
        ("project", "dependencies", 3): 7,
        ("project", "dependencies", 3, 1): 8,
        ("project", "urls"): 10,
        ("project", "urls", "home", "a.b"): 10,
        ("tool", "uv", "index"): 12,
        ("tool", "uv", "index", 0): 12,
        ("tool", "uv", "index", 0, "url"): 13,
        ("tool", "uv", "index", 1): 14,
        ("tool", "uv", "index", 1, "url"): 16,
        ("tool", "uv", "index", 1, "auth"): 18,
        ("tool", "uv", "index", 1, "auth", "user"): 19,
        ("tool", "my tool", "x", "y", "z", "w"): 21,
        ("tool", "my tool", "x", "y", "v", 1): 21,
        ("tool", "late"): 23,
    }
    assert {path: lines.line_of(*path) for path in keys} == keys
    assert lines.line_of("tool", "uv", "index", 5) == 12
    assert lines.line_of("fake") == 1


def test_a_table_without_a_header_of_its_own_stands_where_it_is_named_first() -> None:
    lines = KeyLines("\n[a.b.c]\nx = 1\n[a.d]\n[a.b]\ny = 1\n", toml_lines)
    assert (lines.line_of("a"), lines.line_of("a", "b"), lines.line_of("a", "b", "y")) == (2, 5, 6)


@st.composite
def ini_texts(draw: st.DrawFn) -> str:
    """An INI file whose values have more lines that look like keys and sections."""
    lines = []
    count = iter(range(1000))
    for section in range(draw(st.integers(0, 4))):
        lines.append(f"[section {section}]")
        for _ in range(draw(st.integers(0, 4))):
            indent = draw(st.sampled_from(["", "", "  "]))
            lines.append(f"{indent}Key{next(count)} {draw(st.sampled_from([':', '=']))} value")
            more = ["", "# note", "; note = 1", f"{indent}    more{next(count)} = x", f"{indent}  [no section]"]
            lines += draw(st.lists(st.sampled_from(more), max_size=3))
    return "\n".join(lines)


@given(text=ini_texts())
def test_sections_and_keys_of_ini_are_those_of_configparser(text: str) -> None:
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(text)
    keys: set[Keys] = {(section, key) for section in parser.sections() for key in parser[section]}
    lines = ini_lines(text)
    assert set(lines) == keys | {(section,) for section in parser.sections()}
    for section, key in ((path[0], path[1]) for path in keys):
        assert text.split("\n")[lines[(section, key)] - 1].lower().strip().startswith(f"{key} ")


def test_ini_by_hand() -> None:
    text = "# c\n[options]\nPackages = find:\ninstall_requires =\n    django\n    a = b\n\n[x]\n  y: 1\n[options]\nz=\n"
    lines = KeyLines(text, ini_lines)
    assert lines.line_of("options", "packages") == 3
    assert lines.line_of("options", "install_requires") == 4
    assert lines.line_of("options", "a") == lines.line_of("options") == 2
    assert lines.line_of("x", "y") == 9
    assert lines.line_of("options", "z") == 11


@pytest.mark.parametrize(
    ("scan", "text"),
    [(json_lines, "[" * 900 + "]" * 900), (toml_lines, "x = " + "[" * 300 + "]" * 300)],
    ids=["JSON", "TOML"],
)
def test_deep_nesting_is_no_error(scan: Any, text: str) -> None:
    assert KeyLines(text, scan).line_of("x", 0, 0) == 1


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (json_lines, '{{"a": "{}"}}'),
        (json_lines, '{{"{}": 1}}'),
        (toml_lines, 'a = "{}"\n'),
        (toml_lines, 'a = """{}"""\n'),
        (toml_lines, "a = '''{}'''\n"),
        (toml_lines, "a = 1 # {}\n"),
    ],
)
@pytest.mark.parametrize("part", ["a b", "\\n", " "])
def test_long_strings_take_no_memory_by_character(read: Callable[[str], Lines], text: str, part: str) -> None:
    document = text.format(part * 200_000)
    tracemalloc.start()
    read(document)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * len(document)
