"""The planner's tables (data/*.toml)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """data/NAME.toml"""
    return tomllib.loads(resources.files("analyzer.plan").joinpath(f"data/{name}.toml").read_text("utf-8"))
