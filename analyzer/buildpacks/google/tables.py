"""The tables of data/google.toml and the texts of data/google_messages.toml."""

from typing import Any

from analyzer.buildpacks.lifecycle import Member
from analyzer.buildpacks.messages import Messages
from analyzer.buildpacks.tables import load
from analyzer.model.quick_dataclass import dataclass

MESSAGES = Messages("google_messages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A builder: its id here, and the versions that it takes when nothing asks for one."""

    id: str
    title: str
    python: str
    nodejs: str


def table() -> dict[str, Any]:
    """All of data/google.toml."""
    return load("google")


def stack(name: str) -> Stack:
    """The stack google-22 or google-24."""
    return Stack(id=name, **table()["stacks"][name])


def lines(rule: str) -> str:
    """The upstream file and lines of a rule."""
    found: str = table()["lines"][rule]
    return found


def order() -> tuple[tuple[Member, ...], ...]:
    """The order groups of the builders."""
    return tuple(
        tuple(Member(name=name.removesuffix("?"), optional=name.endswith("?")) for name in group)
        for group in table()["order"]
    )
