"""Decisions, and how the configuration replaces one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from analyzer.model.evidence import Evidence
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Alternative, Decision

T = TypeVar("T")

CONFIGURED = "the configuration says so"
"""Rule of a decision that the configuration makes."""


def decide(
    value: T,
    rule: str,
    *evidence: Evidence,
    override: str | None = None,
    alternatives: Iterable[Alternative] = (),
) -> Decision[T]:
    """A decision, the same evidence named once."""
    return Decision(
        value=value,
        rule=rule,
        evidence=tuple(dict.fromkeys(evidence)),
        override=override,
        alternatives=tuple(alternatives),
    )


def overridden(
    decision: Decision[T], configured: T | None, overrides: Overrides, *, shown: str | None = None
) -> Decision[T]:
    """The decision, or what the configuration says in its place; what was decided becomes the alternative.

    Args:
        shown: how the alternative names what was decided; else the value itself.
    """
    if configured is None or decision.override is None:
        return decision
    option = overrides.options.get(decision.override)
    name = option or "the configuration"
    without = Alternative(value=shown or str(decision.value), reason=f"without {name}: {decision.rule}")
    return replace(
        decision,
        value=configured,
        rule=f"{name} says so",
        evidence=(overrides.place(decision.override),) if option is None else (),
        alternatives=(without, *decision.alternatives),
    )
