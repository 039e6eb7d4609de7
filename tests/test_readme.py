"""The README says what the program does."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from analyzer.cli import app as command_line
from analyzer.cli.app import app
from analyzer.cli.schema import Document
from analyzer.config import load_config
from analyzer.config.schema import config_schema
from analyzer.snapshot.limits import Limits
from tests.markdown_table import table

COMMANDS = Path(__file__).parent.parent / "docs" / "commands.md"
CONFIGURATION = Path(__file__).parent.parent / "docs" / "configuration.md"
RULES = Path(__file__).parent.parent / "docs" / "rules.md"
README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def names() -> list[str]:
    """The commands, in the order of the help."""
    return list(command_line.COMMANDS)


def test_the_options_of_each_command_are_in_the_documentation(update_golden: bool) -> None:
    helps = {name: CliRunner().invoke(app, [name, "--help"], prog_name="doctor").stdout.strip() for name in names()}
    blocks = [f"## doctor {name}\n\n```\n{text}\n```\n" for name, text in helps.items()]
    document = "\n".join(["# Commands\n", *blocks])
    if update_golden:
        COMMANDS.write_text(document, encoding="utf-8")
    assert COMMANDS.read_text(encoding="utf-8") == document


def test_the_rules_are_in_the_documentation(update_golden: bool) -> None:
    result = CliRunner().invoke(app, ["explain", "--format", "markdown"], prog_name="doctor")
    assert result.exit_code == 0, result.stderr
    document = result.stdout
    if update_golden:
        RULES.write_text(document, encoding="utf-8")
    assert RULES.read_text(encoding="utf-8") == document


def test_every_command_and_every_document_with_a_schema_is_in_the_readme() -> None:
    (usage,) = re.findall(r"## Usage\n\n```\n(.*?)```", README, re.DOTALL)
    assert set(names()) <= set(re.findall(r"^doctor (\w+)", usage, re.MULTILINE))
    assert {document.value for document in Document} <= set(re.findall(r"schema (\w+)", usage))


def test_the_keys_of_the_configuration_are_in_the_documentation(update_golden: bool) -> None:
    text, heading, _ = CONFIGURATION.read_text(encoding="utf-8").partition("## Keys\n")
    rows = [(f"`{key}`", one["description"].replace("|", "\\|")) for key, one in _keys(json.loads(config_schema()))]
    document = f"{text}{heading}\n{table(('key', 'value'), rows)}\n"
    if update_golden:
        CONFIGURATION.write_text(document, encoding="utf-8")
    assert CONFIGURATION.read_text(encoding="utf-8") == document


def _keys(schema: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """(dotted key, its schema) of each key below a table of the schema."""
    for name, one in schema["properties"].items():
        named = one.get("additionalProperties")
        if "properties" in one:
            yield from _keys(one, f"{above}{name}.")
        elif isinstance(named, dict) and "properties" in named:
            yield from _keys(named, f"{above}{name}.NAME.")
        else:
            yield f"{above}{name}", one


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 130


def test_the_configuration_in_the_readme_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "doctor.toml").write_text(example, encoding="utf-8")
    config = load_config(tmp_path)
    assert config.root_dir == "backend"
    assert config.limits == Limits()
    assert all(field.name in example for field in fields(Limits))
