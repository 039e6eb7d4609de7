"""The tables of data/paketo.toml and the texts of data/paketo_messages.toml."""

from typing import Any

from analyzer.buildpacks.lifecycle import Member
from analyzer.buildpacks.messages import Messages
from analyzer.buildpacks.tables import load

MESSAGES = Messages("paketo_messages")


def table() -> dict[str, Any]:
    """All of data/paketo.toml."""
    return load("paketo")


def lines(rule: str) -> str:
    """The upstream file and lines of a rule."""
    found: str = table()["lines"][rule]
    return found


def order() -> tuple[tuple[Member, ...], ...]:
    """The order groups of the builder."""
    return tuple(
        tuple(Member(name=name.removesuffix("?"), optional=name.endswith("?")) for name in group)
        for group in table()["order"]
    )
