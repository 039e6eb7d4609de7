"""The README says what the program does."""

import re
from dataclasses import fields
from pathlib import Path

from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.cli.schema import Document
from analyzer.config import load_config
from analyzer.snapshot.limits import Limits

COMMANDS = Path(__file__).parent.parent / "docs" / "commands.md"
README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def names() -> list[str]:
    """The commands, in the order of the help."""
    return [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


def test_the_options_of_each_command_are_in_the_documentation(update_golden: bool) -> None:
    helps = {name: CliRunner().invoke(app, [name, "--help"], prog_name="doctor").stdout.strip() for name in names()}
    blocks = [f"## doctor {name}\n\n```\n{text}\n```\n" for name, text in helps.items()]
    document = "\n".join(["# Commands\n", *blocks])
    if update_golden:
        COMMANDS.write_text(document, encoding="utf-8")
    assert COMMANDS.read_text(encoding="utf-8") == document


def test_every_command_and_every_document_with_a_schema_is_in_the_readme() -> None:
    (usage,) = re.findall(r"## Usage\n\n```\n(.*?)```", README, re.DOTALL)
    assert set(names()) <= set(re.findall(r"^doctor (\w+)", usage, re.MULTILINE))
    assert {document.value for document in Document} <= set(re.findall(r"schema (\w+)", usage))


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 130


def test_the_configuration_in_the_readme_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "doctor.toml").write_text(example, encoding="utf-8")
    config = load_config(tmp_path)
    assert config.root_dir == "backend"
    assert config.limits == Limits()
    assert all(field.name in example for field in fields(Limits))
