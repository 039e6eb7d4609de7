"""Which import names the requirements of a project provide."""

import re
from functools import cache

from analyzer.facts.evaluator.values import Names
from analyzer.tables import load_json


@cache
def _import_names() -> dict[str, list[str]]:
    """Import name -> distributions that provide it, where the two differ (data/import_names.json)."""
    table: dict[str, list[str]] = load_json("analyzer.facts", "import_names")["import_names"]
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
