"""What the existing app spec has and the new one does not: said key by key, so that nothing is lost unnoticed."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from analyzer.model.existing import ExistingSpec, SpecKey
from analyzer.model.plan import PlanNote
from analyzer.plan.tables import table

SHOWN = 12
"""Keys that the note names; their lines are its evidence all the same."""


def keys_left_out(spec: ExistingSpec | None, components: Iterable[str], databases: Iterable[str]) -> Iterator[PlanNote]:
    """The note, where there is something to say.

    Args:
        components: names of those in the new spec; a component that is left out as a whole has a note of its own.
        databases: likewise.
    """
    names = {"databases": frozenset(databases), "domains": None, "alerts": None, "app": None, "ingress": None}
    planned = frozenset(components)
    lost = [
        key
        for key in (spec.keys if spec is not None else ())
        if _stays(key, names.get(key.kind, planned)) and not _is_known(key)
    ]
    if lost:
        ways = list(dict.fromkeys(map(_way, lost)))
        more = f" and {len(ways) - SHOWN} more" if len(ways) > SHOWN else ""
        yield PlanNote(
            code="app-spec-keys-left-out",
            message=f"keys of the existing app spec are not in the new one: {', '.join(ways[:SHOWN])}{more}",
            evidence=tuple(key.evidence for key in lost),
            remedy="add those that are still wanted to the new app spec by hand",
        )


def _stays(key: SpecKey, names: frozenset[str] | None) -> bool:
    """Whether what has the key is in the new spec."""
    return names is None or key.owner in names


def _is_known(key: SpecKey) -> bool:
    rows = table("app_spec_keys")
    return any(fnmatchcase(key.key, pattern) for pattern in rows.get(key.kind, rows["components"]))


def _way(key: SpecKey) -> str:
    return ".".join(part for part in (key.kind if key.kind != "app" else "", key.owner, key.key) if part)
