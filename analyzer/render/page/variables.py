"""Environment variables: where the code reads each, and what the app spec gives it."""

from collections.abc import Iterator

from analyzer.model.facts import EnvironmentVariable
from analyzer.model.plan import DeploymentPlan, Variable
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.page.places import Link, Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the app spec has for a variable; `component` is None for the whole app."""

    component: str | None
    value: str | None
    """None where somebody has to type it in."""
    secret: bool
    scope: str
    rule: str
    override: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableRow:
    """One variable."""

    name: str
    read: tuple[Link, ...]
    default: str | None
    required: bool
    secret: bool
    phases: tuple[str, ...]
    given: tuple[Given, ...]


def variables(report: Report, places: Places) -> Iterator[VariableRow]:
    """Every variable that the code reads or the app spec gives, those without a value first, then by name."""
    read = {one.name: one for one in report.facts.environment}
    given: dict[str, list[Given]] = {}
    for component, variable in _given(report.plan):
        value = variable.value
        given.setdefault(variable.name, []).append(
            Given(
                component=component,
                value=value.value,
                secret=variable.secret,
                scope=variable.scope.replace("_", " ").lower(),
                rule=value.rule,
                override=value.override,
            )
        )
    rows = [_row(name, read.get(name), tuple(given.get(name, ())), places) for name in read.keys() | given.keys()]
    yield from sorted(rows, key=lambda row: (all(one.value is not None for one in row.given), row.name))


def _given(plan: DeploymentPlan | None) -> Iterator[tuple[str | None, Variable]]:
    if plan is not None:
        yield from ((None, variable) for variable in plan.variables)
        yield from ((one.name, variable) for one in plan.components for variable in one.variables)


def _row(name: str, read: EnvironmentVariable | None, given: tuple[Given, ...], places: Places) -> VariableRow:
    secret = any(one.secret for one in given)
    if read is None:
        return VariableRow(name=name, read=(), default=None, required=False, secret=secret, phases=(), given=given)
    return VariableRow(
        name=name,
        read=places.of(read.evidence),
        default=read.default,
        required=read.required,
        secret=read.secret or secret,
        phases=read.phases,
        given=given,
    )
