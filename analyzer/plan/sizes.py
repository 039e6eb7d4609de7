"""Sizes and numbers of containers."""

from collections.abc import Mapping
from typing import Any

from analyzer.model.evidence import Evidence
from analyzer.model.existing import ExistingComponent
from analyzer.model.overrides import ComponentOverrides, Overrides
from analyzer.model.plan import Alternative, Decision, PlanNote
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.tables import table

MAX_INSTANCES = 250


def plan_size(
    name: str,
    existing: ExistingComponent | None,
    configured: ComponentOverrides,
    overrides: Overrides,
    *,
    why: str,
    several: bool = False,
) -> Decision[str]:
    """The size of a component's containers: the existing spec's, else the smallest.

    Args:
        why: why the smallest is enough, as a phrase.
        several: whether more than one container is to run, which the smallest sizes do not allow.
    """
    sizes = table("instance_sizes")
    key = f"components.{name}.size"
    slug = sizes["smallest_for_several"] if several else sizes["default"]
    rule = f"{why}; more than one container needs this size" if several else why
    places: tuple[Evidence, ...] = ()
    if existing is not None and existing.size is not None and _row(existing.size) is not None:
        if allows_several(existing.size) or not several:
            slug, rule = existing.size, "the existing app spec has this size"
        places = (existing.evidence,)
    larger = [
        Alternative(value=other, reason=f"{_price(other)} a month")
        for other in sizes["sizes"]
        if price(other) > price(slug) and (allows_several(other) or not several)
    ]
    decision = decide(slug, rule, *places, override=key, alternatives=larger[:3])
    return overridden(decision, configured.size, overrides)


def plan_instances(
    name: str,
    size: Decision[str],
    existing: ExistingComponent | None,
    configured: ComponentOverrides,
    overrides: Overrides,
) -> tuple[Decision[int], tuple[PlanNote, ...]]:
    """How many containers run: what the existing spec has, else one."""
    key = f"components.{name}.instances"
    if existing is not None and existing.instances:
        decision = decide(
            min(existing.instances, MAX_INSTANCES),
            "the existing app spec has as many",
            existing.evidence,
            override=key,
        )
    else:
        decision = decide(1, "one is enough to begin with; two or more stay up while one fails", override=key)
    decision = overridden(decision, configured.instances, overrides)
    if decision.value == 1 or allows_several(size.value):
        return decision, ()
    note = PlanNote(
        code="size-allows-one-container",
        message=f"{name}: {size.value} runs as one container only, not as {decision.value}",
        evidence=decision.evidence,
        remedy=f'set components.{name}.size = "{table("instance_sizes")["smallest_for_several"]}" or a larger one',
    )
    return decide(1, f"{size.value} allows no more", *decision.evidence, override=key), (note,)


def wants_several(existing: ExistingComponent | None, configured: ComponentOverrides) -> bool:
    """Whether more than one container is asked for."""
    asked = configured.instances or (existing.instances if existing is not None else None) or 1
    return asked > 1


def allows_several(slug: str | None) -> bool:
    """Whether more than one container of that size may run."""
    row = _row(slug or "")
    return row is None or bool(row["several"])


def price(slug: str) -> int:
    """Cents a month; 0 for a size that the table does not have."""
    row = _row(slug)
    return 0 if row is None else int(row["cents"])


def _row(slug: str) -> Mapping[str, Any] | None:
    """What the table has of a size, be it one that is no longer offered."""
    sizes = table("instance_sizes")
    row: Mapping[str, Any] | None = sizes["sizes"].get(slug) or sizes["former"].get(slug)
    return row


def _price(slug: str) -> str:
    return f"{price(slug) / 100:g} USD"
