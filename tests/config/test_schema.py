"""The schema of the configuration: the keys and values that the reader takes, and no others."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from analyzer.config import load_config
from analyzer.config.schema import config_schema
from analyzer.model.errors import UsageError

SCHEMA = json.loads(config_schema())
VALIDATOR = Draft202012Validator(SCHEMA)
EXAMPLES = {"string": '"a"', "integer": "1", "boolean": "true", "array": '["a"]', "object": '{ A = "a" }'}
WRONG = {"string": "1", "integer": '"a"', "boolean": '"a"', "array": '"a"', "object": "1"}


def keys(schema: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """(dotted key, its schema) of every key with a value; a name that the user gives is `x`."""
    tables = dict(schema.get("properties", {}))
    if isinstance(named := schema.get("additionalProperties"), dict) and "properties" in named:
        tables["x"] = named
    for name, one in tables.items():
        is_table = "properties" in one or "properties" in (one.get("additionalProperties") or {})
        yield from keys(one, f"{above}{name}.") if is_table else [(f"{above}{name}", one)]


KEYS = dict(keys(SCHEMA))


def test_it_is_a_schema_with_keys_at_every_depth() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert {"root_dir", "limits.depth", "image.port", "components.x.size", "environment.x.scope"} <= KEYS.keys()


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_described_and_read(key: str, tmp_path: Path) -> None:
    one = KEYS[key]
    assert one["description"].endswith(".")
    value = json.dumps(one["enum"][0]) if "enum" in one else EXAMPLES[one["type"]]
    if "required" in one.get("items", {}):
        entries = [f'{name} = "a"' for name in one["items"]["required"]]
        value = f"[{{ {', '.join(entries)} }}]"
    wrong = WRONG[one.get("type", "string")]
    (tmp_path / "doctor.toml").write_text(f"{key} = {value}\n")
    load_config(tmp_path)
    assert VALIDATOR.is_valid(tomllib.loads(f"{key} = {value}\n"))
    (tmp_path / "doctor.toml").write_text(f"{key} = {wrong}\n")
    with pytest.raises(UsageError, match=key):
        load_config(tmp_path)
    assert not VALIDATOR.is_valid(tomllib.loads(f"{key} = {wrong}\n"))


@pytest.mark.parametrize("table", ["", "limits.", "app.", "image.", "components.x.", "databases.x.", "environment.x."])
def test_the_reader_knows_no_other_key(table: str, tmp_path: Path) -> None:
    (tmp_path / "doctor.toml").write_text(f"{table}zzz = 1\n")
    with pytest.raises(UsageError, match="known: ") as error:
        load_config(tmp_path)
    known = {key.split(".")[0] if not table else key for key in KEYS if key.startswith(table)}
    assert set(str(error.value).split("known: ")[1].split(", ")) == known
    assert not VALIDATOR.is_valid(tomllib.loads(f"{table}zzz = 1\n"))


@pytest.mark.parametrize(
    "text", ['root_dir = ""', "image.port = 0", "image.port = true", 'image.ignore = [""]', "app = 1"]
)
def test_values_that_the_reader_refuses(text: str, tmp_path: Path) -> None:
    (tmp_path / "doctor.toml").write_text(text)
    with pytest.raises(UsageError):
        load_config(tmp_path)
    assert not VALIDATOR.is_valid(tomllib.loads(text))
