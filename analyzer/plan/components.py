"""What every component has: a name, a command, a size, a number of containers."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from analyzer.model.evidence import Evidence
from analyzer.model.existing import ExistingComponent, ScheduledCommand
from analyzer.model.facts import Process, ProjectFacts
from analyzer.model.overrides import ComponentOverrides, Overrides
from analyzer.model.plan import Component, ComponentKind, Decision, PlanNote, Role
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.names import Names
from analyzer.plan.sizes import plan_instances, plan_size, wants_several

T = TypeVar("T")
LONGEST_GRACE = 600
"""Seconds that the platform waits at most between TERM and KILL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What the parts of the planner share."""

    facts: ProjectFacts
    overrides: Overrides
    names: Names
    variables: frozenset[str]
    """The variables that the app sets."""
    databases: frozenset[str]
    """Aliases of DATABASES that have a database of the app."""

    def existing(self, kind: str) -> tuple[ExistingComponent, ...]:
        """The components of a kind ("services", "workers", …) that the repository's own app spec has."""
        spec = self.facts.existing_spec
        return tuple(one for one in spec.components if one.kind == kind) if spec is not None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Components, and what is to be said about them."""

    components: tuple[Component, ...] = ()
    notes: tuple[PlanNote, ...] = ()
    left_out: tuple[str, ...] = ()
    """Names of the components that the configuration leaves out."""

    def plus(self, other: "Planned") -> "Planned":
        """Both."""
        return Planned(
            components=self.components + other.components,
            notes=self.notes + other.notes,
            left_out=self.left_out + other.left_out,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A component before its size and name are decided."""

    name: str
    otherwise: str
    """The name where the wanted one cannot be one."""
    kind: ComponentKind
    role: Role
    because: str
    evidence: tuple[Evidence, ...]
    command: Decision[str | None]
    existing: ExistingComponent | None
    size: str
    """Why the smallest size is enough."""
    one_only: str | None = None
    """Why there must not be a second container; None where there may."""
    grace: Decision[int] | None = None
    """Its override is that of the component; the key is filled in here."""


def build(app: App, wanted: Wanted) -> Planned:
    """The component, unless the configuration leaves it out."""
    name = app.names.give(wanted.name, wanted.otherwise)
    overrides = app.overrides
    configured = overrides.components.get(name, ComponentOverrides())
    if configured.enabled is False:
        return Planned(left_out=(name,))
    several = wanted.one_only is None and wants_several(wanted.existing, configured)
    size = plan_size(name, wanted.existing, configured, overrides, why=wanted.size, several=several)
    instances, notes = _instances(name, wanted, size, configured, overrides)
    command = _keyed(wanted.command, f"components.{name}.command")
    grace = _grace(name, wanted)
    component = Component(
        name=name,
        kind=wanted.kind,
        role=wanted.role,
        because=decide(name, wanted.because, *wanted.evidence),
        command=overridden(command, configured.command, overrides),
        size=size,
        instances=instances,
        grace_period=None if grace is None else overridden(grace, configured.grace_period, overrides),
    )
    return Planned(components=(component,), notes=notes)


def all_of(app: App, wanted: Iterable[Wanted]) -> Planned:
    """All of the components."""
    planned = Planned()
    for one in wanted:
        planned = planned.plus(build(app, one))
    return planned


def existing_named(app: App, kind: str, name: str) -> ExistingComponent | None:
    """The existing spec's component of that name."""
    return next((one for one in app.existing(kind) if one.name == name), None)


def existing_of(app: App, kind: str, process: Process | ScheduledCommand) -> ExistingComponent | None:
    """The existing spec's component that a process or a schedule was read from; None where another file has it."""
    return existing_named(app, kind, process.name) if process.source == "app spec" else None


def _grace(name: str, wanted: Wanted) -> Decision[int] | None:
    """The existing spec's wait after TERM, else the planner's."""
    existing = wanted.existing
    grace = wanted.grace
    if existing is not None and existing.grace_period:
        grace = decide(min(existing.grace_period, LONGEST_GRACE), "the existing app spec has it", existing.evidence)
    return None if grace is None else _keyed(grace, f"components.{name}.grace_period")


def _instances(
    name: str, wanted: Wanted, size: Decision[str], configured: ComponentOverrides, overrides: Overrides
) -> tuple[Decision[int] | None, tuple[PlanNote, ...]]:
    if wanted.kind is ComponentKind.JOB:
        return None, ()
    if wanted.one_only is None:
        return plan_instances(name, size, wanted.existing, configured, overrides)
    decision = decide(1, wanted.one_only, *wanted.evidence)
    if configured.instances in (None, 1):
        return decision, ()
    note = PlanNote(
        code="one-container-only",
        message=f"{name} runs once, not {configured.instances} times: {wanted.one_only}",
        evidence=wanted.evidence,
        remedy=f"take components.{name}.instances out of {overrides.file}",
    )
    return decision, (note,)


def _keyed(decision: Decision[T], key: str) -> Decision[T]:
    """The decision with its configuration key."""
    return replace(decision, override=key)
