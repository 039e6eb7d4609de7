"""The tables that the packages keep beside their code, in data/*.toml."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load_table(package: str, name: str) -> dict[str, Any]:
    """data/NAME.toml of a package of ours ("analyzer.plan"), read once."""
    return tomllib.loads(resources.files(package).joinpath(f"data/{name}.toml").read_text("utf-8"))
