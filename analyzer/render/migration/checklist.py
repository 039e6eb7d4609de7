"""The phases of the move."""

from analyzer.model.report import Report
from analyzer.render.migration.before import steps_before
from analyzer.render.migration.cut_over import steps_after, steps_of_cut_over
from analyzer.render.migration.data import steps_of_data
from analyzer.render.migration.steps import Phase


def migration_plan(report: Report) -> tuple[Phase, ...]:
    """The phases in their order; one without steps is left out."""
    plan = report.plan
    phases = (
        Phase(
            title="Before the move",
            intent="Nothing here touches the site that runs.",
            steps=tuple(steps_before(report)),
        ),
        Phase(
            title="Data",
            intent="The old site stops writing, so that the copy is complete. Rehearse it once, and note the time.",
            steps=tuple(steps_of_data(report.facts, plan)) if plan is not None else (),
        ),
        Phase(
            title="Cut-over",
            intent="Visitors come to the new app. The old one stays as it is, ready to take over again.",
            steps=tuple(steps_of_cut_over(plan)) if plan is not None else (),
        ),
        Phase(
            title="Afterwards",
            intent="When a day has passed without surprises.",
            steps=tuple(steps_after(report)),
        ),
    )
    return tuple(phase for phase in phases if phase.steps)
