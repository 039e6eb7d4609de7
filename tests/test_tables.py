"""Tables are what their TOML says, compiled or not."""

import datetime
import os
import sys
import tomllib
from importlib.util import cache_from_source
from pathlib import Path

import pytest

import analyzer
from analyzer.tables import compile_tables, load_json, load_table, read_table

TABLES = sorted(Path(analyzer.__file__).parent.rglob("data/*.toml"))
TEXT = 'date = 2026-11-27\nnames = ["a", \'b"\']\n[inner]\nnumber = 1.5\nyes = true\n'
CONTENT = {
    "date": datetime.date(2026, 11, 27),
    "names": ["a", 'b"'],
    "inner": {"number": 1.5, "yes": True},
}


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled forms are written, beside the tables, whatever the environment of the tests says."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "table.toml"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def compiled(table: Path) -> Path:
    return Path(cache_from_source(str(table)))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_is_what_its_file_says(path: Path) -> None:
    package = ".".join(path.parent.parent.relative_to(Path(analyzer.__file__).parent.parent).parts)
    assert load_table(package, path.stem) == tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_json_file_of_a_package() -> None:
    assert load_json("analyzer.facts", "django_defaults")["defaults"]["DEBUG"] is False


def test_it_is_compiled_once(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_table(table) == CONTENT
    assert compiled(table).is_file()
    monkeypatch.setattr(tomllib, "loads", None)
    assert read_table(table) == CONTENT


@pytest.mark.parametrize("text", [TEXT.replace("true", "false"), TEXT.replace("1.5", "2.5")])
def test_a_change_is_noticed_by_size_and_by_time(table: Path, text: str) -> None:
    read_table(table)
    table.write_text(text, encoding="utf-8")
    os.utime(table, (1, 1))
    assert read_table(table) == tomllib.loads(text) != CONTENT


def test_a_place_where_nothing_can_be_written_is_no_error(table: Path) -> None:
    (table.parent / "__pycache__").write_text("a file where the folder would be")
    assert read_table(table) == CONTENT


def test_nothing_is_written_where_python_is_told_not_to(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read_table(table) == CONTENT
    assert not compiled(table).exists()


@pytest.mark.parametrize("kept", [0, 3, 16, 17, 40, -1])
def test_a_damaged_form_is_not_used(table: Path, kept: int) -> None:
    read_table(table)
    compiled(table).write_bytes(compiled(table).read_bytes()[:kept])
    assert read_table(table) == CONTENT


def test_a_form_of_something_else_is_not_used(table: Path) -> None:
    read_table(table)
    compiled(table).write_bytes(compiled(table).read_bytes()[:16] + b"\xff" * 40)
    assert read_table(table) == CONTENT


def test_a_broken_table_says_so(table: Path) -> None:
    table.write_text("names = [", encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        read_table(table)


def test_all_are_compiled_on_demand(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compile_tables(table.parent.parent)
    assert compiled(table).is_file()
