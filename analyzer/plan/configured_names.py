"""Keys of the configuration that name nothing of the plan: most likely misspelt, so they stop it.

Components and databases follow from the repository: a table for another one is a mistake. A variable may be added, and
its table says so by `value`, or by `secret = true` where the platform is to ask for the value.
"""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import fields

from analyzer.model.errors import UsageError
from analyzer.model.overrides import ComponentOverrides, DatabaseOverrides, Overrides, VariableOverrides
from analyzer.model.plan import Component, ComponentKind, DatabasePlan, Decision, PlanNote
from analyzer.plan.components import Planned
from analyzer.plan.databases import Databases

_ATTRIBUTES = {"health_check_path": "health_check"}
"""Keys of a component that are not called as the component's own field is."""


def refuse_unknown_names(
    overrides: Overrides, planned: Planned, databases: Databases, variables: Iterable[str]
) -> None:
    """Raise UsageError for the keys that the plan has no use for, all of them, each with its line.

    Args:
        variables: names of the variables that the project reads, its app spec has, or the planner sets.
    """
    mistakes = [
        *_unknown(overrides, "components", overrides.components, planned.left_out, planned.components),
        *_unknown(overrides, "databases", overrides.databases, databases.left_out, databases.plans),
        *_without_use(overrides, planned.components),
        *_fixed(overrides, databases.plans),
        *_unknown_variables(overrides, frozenset(variables)),
    ]
    if mistakes:
        raise UsageError(*mistakes)


def added_variable_notes(overrides: Overrides, variables: Iterable[str]) -> Iterator[PlanNote]:
    """Variables that the configuration adds under a name that is nearly one which the project reads."""
    known = frozenset(variables)
    for name, configured in overrides.environment.items():
        near = None if name in known or configured.enabled is False else _nearest(name, known)
        if near is not None:
            yield PlanNote(
                code="variable-added",
                message=f"the configuration adds {name}, which nothing of the project reads; it reads {near}",
                evidence=(overrides.place(f"environment.{name}"),),
                remedy=f"call it environment.{near} if that is meant",
            )


def _unknown(
    overrides: Overrides,
    table: str,
    configured: Iterable[str],
    left_out: tuple[str, ...],
    planned: Iterable[Component | DatabasePlan],
) -> Iterator[str]:
    names = {*left_out, *(one.name for one in planned)}
    for name in configured:
        if name not in names:
            what = f"{table}.{name} is no {table.removesuffix('s')} of this app"
            yield f"{_place(overrides, f'{table}.{name}')}: {what}; {_suggestion(table, name, names)}"


def _without_use(overrides: Overrides, components: Iterable[Component]) -> Iterator[str]:
    """Keys that a component of this kind does not have: instances of a job, the schedule of a worker."""
    for component in components:
        configured = overrides.components.get(component.name, ComponentOverrides())
        known = _keys(component)
        for one in fields(configured):
            if getattr(configured, one.name) is not None and one.name not in known:
                key = f"components.{component.name}.{one.name}"
                kind = component.kind.value.replace("_", " ")
                yield f"{_place(overrides, key)}: {key} has no effect on this {kind}; it has {', '.join(sorted(known))}"


def _keys(component: Component) -> frozenset[str]:
    known = {"enabled"}
    if component.kind is ComponentKind.STATIC_SITE:
        # The path of the collected files is STATIC_URL's.
        own_build = component.static is not None and component.static.value.environment_slug is not None
        return frozenset(known | {"route"} if own_build else known)
    for one in fields(ComponentOverrides):
        if getattr(component, _ATTRIBUTES.get(one.name, one.name), None) is not None:
            known.add(one.name)
    return frozenset(known)


def _fixed(overrides: Overrides, databases: Iterable[DatabasePlan]) -> Iterator[str]:
    """Values that a database cannot have."""
    for database in databases:
        configured = overrides.databases.get(database.name, DatabaseOverrides())
        for one in fields(configured):
            wanted, decision = getattr(configured, one.name), getattr(database, one.name, None)
            if wanted is not None and isinstance(decision, Decision) and decision.value != wanted:
                key = f"databases.{database.name}.{one.name}"
                yield f"{_place(overrides, key)}: {key} cannot be {_shown(wanted)}: {decision.rule}"


def _unknown_variables(overrides: Overrides, known: frozenset[str]) -> Iterator[str]:
    for name, configured in overrides.environment.items():
        if name not in known and not _adds(configured):
            what = f"environment.{name} changes a variable that neither the project nor its plan has"
            hint = "give it a value, or secret = true, to add it"
            suggestion = _suggestion("environment", name, known, listed=False)
            yield f"{_place(overrides, f'environment.{name}')}: {what}; {suggestion}{hint}"


def _adds(configured: VariableOverrides) -> bool:
    return configured.enabled is not False and (configured.value is not None or configured.secret is True)


def _suggestion(table: str, name: str, names: Iterable[str], *, listed: bool = True) -> str:
    near = _nearest(name, names)
    meant = "" if near is None else f"did you mean {table}.{near}? "
    return f"{meant}there are {', '.join(sorted(names)) or 'none'}" if listed else meant


def _nearest(name: str, names: Iterable[str]) -> str | None:
    by_letters = {_letters(one): one for one in sorted(names)}
    near = difflib.get_close_matches(_letters(name), by_letters, n=1)
    return by_letters[near[0]] if near else None


def _letters(name: str) -> str:
    return name.casefold().replace("_", "-")


def _place(overrides: Overrides, key: str) -> str:
    place = overrides.place(key)
    return f"{place.path}:{place.line}"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
