"""The README says what the program does."""

import re
from dataclasses import fields
from pathlib import Path

from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.config import load_config
from analyzer.snapshot.limits import Limits

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_help_in_the_readme_is_the_commands_own() -> None:
    shown = re.search(r"<!-- begin help -->\n```\n(.*?)\n```\n<!-- end help -->", README, re.DOTALL)
    assert shown
    assert shown[1] == CliRunner().invoke(app, ["scan", "--help"], prog_name="doctor").stdout.strip()


def test_the_configuration_in_the_readme_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "doctor.toml").write_text(example, encoding="utf-8")
    config = load_config(tmp_path)
    assert config.root_dir == "backend"
    assert config.limits == Limits()
    assert all(field.name in example for field in fields(Limits))
