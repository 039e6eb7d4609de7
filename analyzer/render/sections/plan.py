"""The deployment plan in short: what doctor emit would write, a line for each part."""

from collections.abc import Iterator, Sequence

from analyzer.model.plan import HANDING_ON_TERM, Component, ComponentKind, DeploymentPlan
from analyzer.render.sections.buildpacks import NOTHING, Column
from analyzer.render.statements import counted, listing, statement
from analyzer.render.text_layout import Row, Section, Style, visible

CENTS = 100


def dockerfile_column(plan: DeploymentPlan) -> Column:
    """The Dockerfile of the plan, to be set beside the buildpacks; it goes before them."""
    image = plan.image
    return Column(
        title="Dockerfile",
        cells={
            "detects": NOTHING,
            "packages by": image.install.value.manager,
            "Python": f"{image.python_version.value} (decided)",
            "default process": f"web: {_program(image.command.value)}",
            "first failure": NOTHING,
        },
    )


def plan_section(plan: DeploymentPlan, codes: Sequence[str]) -> Section:
    """Components, databases, the price, and what needs a look.

    Args:
        codes: of the notes that are told nowhere else.
    """
    rows = [*(_component(component, plan) for component in plan.components)]
    for database in plan.databases:
        kind = "managed" if database.production.value else "development"
        value = f"database: {database.engine.value.value} {database.version.value}, {kind}"
        rows.append(statement(database.name, value, *database.engine.evidence))
    rows.append(Row(label="a month", value=f"about {plan.cost.cents / CENTS:.2f} {plan.cost.currency}"))
    rows += _notes(plan, codes)
    return Section(title="Plan, which doctor emit writes: doctor plan says why", rows=tuple(rows))


def _component(component: Component, plan: DeploymentPlan) -> Row:
    command, static = component.command.value, component.static
    if component.kind is ComponentKind.STATIC_SITE:
        what = f"static site: {static.value.output_dir}" if static is not None else "static site"
    else:
        kind = f"{component.job_kind} job" if component.job_kind else component.kind.value
        what = f"{kind}: {_program(command or plan.image.command.value)}"
    return statement(component.name, what, *component.because.evidence)


def _notes(plan: DeploymentPlan, codes: Sequence[str]) -> Iterator[Row]:
    if codes:
        number = sum(note.code in codes for note in plan.notes)
        yield Row(
            label="needs a look", value=visible(f"{counted(number, 'note')}: {listing(codes)}"), style=Style.WARNING
        )


def _program(command: str) -> str:
    """What stays running in the end, without the long options behind it; `manage.py migrate && exec …` comes before."""
    last = command.rpartition(" && exec ")[2]
    return last.removeprefix("exec ").removeprefix(HANDING_ON_TERM).partition(" --")[0]
