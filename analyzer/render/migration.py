"""The move as a checklist: what to do before, with the data, at the cut-over, and after it."""

from collections.abc import Iterator

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Effort, Severity
from analyzer.model.plan import ComponentKind, DeploymentPlan
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.outcomes import ENGINES, Group, groups, questions, unlifted_codes
from analyzer.render.statements import counted, listing

_EFFORTS = tuple(Effort)
_LOCAL_UPLOADS = "uploads-in-container"
"""Code of the plan's note on uploads that are kept on the disk."""
_UNSAID = frozenset({"secrets-to-set", "values-to-set", "create-clusters", _LOCAL_UPLOADS})
"""Codes of notes that are steps of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do."""

    text: str
    effort: Effort | None = None
    """None where it depends on the project."""
    rule: str | None = None
    """The rule that asks for it."""
    place: Evidence | None = None
    """Where to begin."""
    command: str = ""
    """A shell command that does it, or begins it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Steps that belong together."""

    title: str
    steps: tuple[Step, ...]


def migration_plan(report: Report) -> tuple[Phase, ...]:
    """The phases in their order; one without steps is left out."""
    phases = (
        Phase(title="Before the move", steps=tuple(_before(report))),
        Phase(title="Data", steps=tuple(_data(report.plan)) if report.plan is not None else ()),
        Phase(title="Cut-over", steps=tuple(_cut_over(report.plan)) if report.plan is not None else ()),
        Phase(title="Afterwards", steps=tuple(_after(report))),
    )
    return tuple(phase for phase in phases if phase.steps)


def _before(report: Report) -> Iterator[Step]:
    """What stops the move or puts data at risk, quick remedies first, then what the plan leaves open."""
    audit, plan = report.audit, report.plan
    if audit is not None:
        found = [one for one in groups(audit) if one.severity is not Severity.ADVICE]
        yield from map(_remedy, sorted(found, key=lambda one: (one.severity is not Severity.BLOCKER, _effort(one))))
        for question in questions(audit):
            place = next(iter(question.asked.evidence), None)
            yield Step(text=f"Answer: {question.asked.question}", rule=question.rule.id, place=place)
    if plan is not None:
        codes = [code for code in unlifted_codes(plan, audit) if code not in _UNSAID]
        for note in (one for one in plan.notes if one.code in codes):
            text = note.remedy or note.message
            yield Step(text=f"{text[:1].upper()}{text[1:]}", place=next(iter(note.evidence), None))
        yield Step(text="Write the deployment files and commit them", effort=Effort.MINUTES, command="doctor emit")
        yield Step(text="Build and boot them on a laptop", effort=Effort.MINUTES, command="doctor verify")


def _data(plan: DeploymentPlan) -> Iterator[Step]:
    for database in plan.databases:
        name, engine = database.name, ENGINES[database.engine.value.value]
        if database.production.value:
            cluster = database.cluster_name.value or "of your choice"
            yield Step(text=f"Create the managed cluster {cluster} for {name}: {engine} {database.version.value}")
        if engine != ENGINES["VALKEY"]:
            yield Step(text=f"Rehearse the copy of {name} (dump, restore, count rows), and note how long it takes")
    for note in plan.notes:
        if note.code == _LOCAL_UPLOADS:
            place = next(iter(note.evidence), None)
            yield Step(text="Copy the uploaded files to object storage before they are served from there", place=place)


def _cut_over(plan: DeploymentPlan) -> Iterator[Step]:
    variables = [*plan.variables, *(one for component in plan.components for one in component.variables)]
    missing = dict.fromkeys(one.name for one in variables if one.value.value is None)
    if missing:
        number = counted(len(missing), "variable")
        yield Step(text=f"Give {number} a value in the app spec or the console: {listing(list(missing))}")
    yield Step(text="Create the app from the spec", command="doctl apps create --spec .do/app.yaml")
    if any(database.engine.value.value != "VALKEY" for database in plan.databases):
        yield Step(text="Stop writes to the old app, copy the data a last time, and count rows again")
    if any(component.kind is ComponentKind.WORKER for component in plan.components):
        yield Step(text="Stop the old workers and the old scheduler before the new ones start")
    yield Step(text="Point the domain at the new app, and keep the old one until its traffic has ended")


def _after(report: Report) -> Iterator[Step]:
    if report.audit is not None:
        found = [one for one in groups(report.audit) if one.severity is Severity.ADVICE]
        yield from map(_remedy, sorted(found, key=_effort))
    if report.plan is not None:
        yield Step(text="Switch the old app off and remove its add-ons once backups of the new one are tried")


def _remedy(group: Group) -> Step:
    first = group.findings[0]
    more = f" ({counted(len(group.findings), 'place')})" if len(group.findings) > 1 else ""
    return Step(
        text=f"{group.rule.title}{more}: {first.remediation}",
        effort=group.rule.effort,
        rule=group.rule.id,
        place=first.evidence[0],
    )


def _effort(group: Group) -> int:
    return _EFFORTS.index(group.rule.effort)
