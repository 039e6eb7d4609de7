"""Reads the tables in data/."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The table data/`name`.toml."""
    return tomllib.loads(resources.files("analyzer.buildpacks").joinpath(f"data/{name}.toml").read_text("utf-8"))
