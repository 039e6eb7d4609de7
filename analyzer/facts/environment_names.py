"""What the name of an environment variable says about it (data/environment_names.toml)."""

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    text = resources.files("analyzer.facts").joinpath("data/environment_names.toml").read_text("utf-8")
    return {name: re.compile(pattern) for name, pattern in tomllib.loads(text).items()}


def matches(pattern: str, name: str) -> bool:
    """Whether the pattern (service, never, secret, url, bool, int) fits a variable's name."""
    return bool(_patterns()[pattern].search(name.upper()))


def is_secret(name: str) -> bool:
    """Whether the value of the variable must not be shown."""
    return matches("secret", name) and not matches("not_secret", name)
