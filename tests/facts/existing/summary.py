"""Declarations in few words, for assertions."""

from collections.abc import Iterable

from analyzer.facts.existing.declaration import Assigned, Declaration


def commands(declarations: Iterable[Declaration]) -> list[tuple[str, str, int]]:
    """Name, command and line of each."""
    return [(d.name, d.command, d.evidence.line) for d in declarations]


def environment(assignments: Iterable[Assigned]) -> dict[str, tuple[str | None, int]]:
    """Name -> value and line."""
    return {a.name: (a.value, a.evidence.line) for a in assignments}
