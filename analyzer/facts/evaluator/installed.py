"""Which import names the requirements of a project provide."""

import json
import re
from functools import cache
from importlib import resources

from analyzer.facts.evaluator.values import Names


@cache
def _import_names() -> dict[str, list[str]]:
    """Import name -> distributions that provide it, where the two differ (data/import_names.json)."""
    text = resources.files("analyzer.facts").joinpath("data/import_names.json").read_text("utf-8")
    table: dict[str, list[str]] = json.loads(text)["import_names"]
    return table


def provides(distributions: Names, top_level: str) -> bool:
    """Whether one of the distributions (canonical names) provides the import name.

    An unknown set (no readable requirements) provides everything: a guarded import then succeeds, as it mostly does.
    """
    if not distributions:
        return True
    name = re.sub(r"[-_.]+", "-", top_level).lower()
    candidates = {name, f"django-{name}", f"python-{name}", f"py{name}", f"{name}-python", f"{name}-django"}
    candidates.update(_import_names().get(top_level, ()))
    return not candidates.isdisjoint(distributions)
