"""Values that a build can give to the variables that the settings cannot do without (data/build_values.toml)."""

from collections.abc import Iterable, Sequence
from typing import Any

from analyzer.facts.django.drivers import scheme_of_drivers
from analyzer.facts.evaluator.environment import EnvironmentRead, kind_of
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.tables import load_table


def _table() -> dict[str, Any]:
    return load_table("analyzer.facts", "build_values")


def values_for(name: str, reads: Sequence[EnvironmentRead], installed: Iterable[str]) -> list[str]:
    """The values to try for a variable, the likeliest first.

    Args:
        reads: where the settings read it; the casts there decide.
        installed: canonical names of the distributions, among them the driver of the database.
    """
    table = _table()
    databases: list[str] = table["databases"][scheme_of_drivers(installed) or "none"]
    kind = kind_of(name, reads)
    found: list[str] = []
    for read in reads:
        found += table["readers"].get(read.reader, {}).get(read.kind, ())
        found += table["casts"].get(read.cast, ())
    plain = kind in ("text", "url") or all(read.kind == "text" for read in reads)
    if plain:
        fitting = (row["values"] for row in table["names"] if lazy_pattern(row["pattern"]).search(name.upper()))
        found += next(fitting, ())
    found += table["kinds"][kind]
    if plain:
        found += [*table["kinds"]["text"], "database", "engine"]
    meant = {"database": databases[:1], "engine": databases[1:]}
    return list(dict.fromkeys(value for entry in found for value in meant.get(entry, [entry])))
