"""What the name of an environment variable says about it (data/environment_names.toml)."""

import re
from functools import cache, lru_cache

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.tables import load_table

_NAME = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*")


def can_be_set(name: str) -> bool:
    """Whether an environment variable can be called so in a shell, a Dockerfile and an app spec alike.

    Source: POSIX, 3.235 Name; the pattern of `key` in App Platform's schema.
    """
    return _NAME.fullmatch(name) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: lazy_pattern(pattern) for name, pattern in load_table("analyzer.facts", "environment_names").items()}


def matches(pattern: str, name: str) -> bool:
    """Whether the pattern (service, never, secret, url, bool, int) fits a variable's name."""
    return bool(_patterns()[pattern].search(name.upper()))


@lru_cache(maxsize=4096)
def is_secret(name: str) -> bool:
    """Whether the value of the variable must not be shown."""
    return matches("secret", name) and not matches("not_secret", name)
