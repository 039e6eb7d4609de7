"""The answer of `doctor plan` for people: each decision with its reason and the key that changes it."""

from collections.abc import Iterable, Iterator
from typing import Any

from analyzer.model.plan import Component, DatabasePlan, Decision, DeploymentPlan, ImagePlan, Variable
from analyzer.model.report import Tool
from analyzer.render.annotations import PLACES, places
from analyzer.render.text_layout import Row, Section, Style, lay_out, visible, wrap

OFFLINE = "Nothing was run, written or fetched."
ONLINE = "Nothing was run or written; the package index was asked."
NEXT = "doctor emit writes the files; --diff shows them first."
CENTS = 100


def render(
    plan: DeploymentPlan, tool: Tool, *, width: int, colour: bool, details: bool = False, online: bool = False
) -> str:
    """The plan, what needs a look, and what it costs.

    Args:
        details: every alternative and every place, too.
        online: a package index was asked for it.
    """
    head = f"{tool.name} {tool.version}  {visible(plan.app_name.value)}  deployment plan"
    sections = [_image(plan.image, details), *_components(plan.components, details)]
    sections += [_databases(plan.databases, details), _variables(plan.variables, details), _app(plan, details)]
    lines = [*wrap(head, width, width), *lay_out(sections, width=width, colour=colour, details=details)]
    lines += lay_out([_notes(plan), _cost(plan)], width=width, colour=colour, details=details)
    more = [] if details else ["doctor plan -v shows the alternatives and why each fell."]
    footer = f"{ONLINE if online else OFFLINE} {NEXT}"
    lines += ["", *(line for sentence in (*more, footer) for line in wrap(sentence, width, width))]
    return "\n".join(lines) + "\n"


def _image(image: ImagePlan, details: bool) -> Section:
    install = image.install
    rows = [
        *_rows("python", image.python_version, details),
        *_rows("base image", image.base_image, details),
        *_rows("builder", image.buildkit, details, shown="BuildKit" if image.buildkit.value else "any"),
        *_rows("build context", image.context, details),
        *_rows("installs with", install, details, shown=" && ".join(install.value.commands)),
    ]
    added = ", ".join(package.requirement for package in image.added_packages.value)
    rows += _rows("adds", image.added_packages, details, shown=added) if added else ()
    for label, packages in (("build packages", image.build_packages), ("run packages", image.run_packages)):
        rows += _rows(label, packages, details, shown=", ".join(one.name for one in packages.value) or "none")
    assets, messages, static = image.assets, image.compilemessages, image.collectstatic
    if assets.value is not None:
        rows += _rows("front end", assets, details, shown=f"{assets.value.build} ({assets.value.image})")
    if image.placed.value:
        copied = ", ".join(f"{one.origin} to {one.place}" for one in image.placed.value)
        rows += _rows("copies", image.placed, details, shown=copied)
    if image.env_file is not None:
        rows += _rows("empty file", image.env_file, details)
    if messages.value is not None:
        rows += _rows("translations", messages, details, shown=messages.value.command)
    for command in (*image.front_end_commands(collected=True), *image.front_end_commands(collected=False)):
        rows += _rows("styles, scripts", command, details, shown=command.value.command if command.value else None)
    rows += _rows("static files", static, details, shown=static.value.command if static.value else "not collected here")
    rows += _rows("user", image.user_id, details)
    rows += _rows("port", image.port, details)
    rows += _rows("command", image.command, details)
    return Section(title="Image", rows=tuple(rows))


def _components(components: Iterable[Component], details: bool) -> Iterator[Section]:
    for component in components:
        rows: list[Row] = [
            Row(value=visible(component.because.rule), place=_places(component.because), style=Style.PLAIN)
        ]
        static, check = component.static, component.health_check
        if static is not None:
            rows += _rows("build", static, details, shown=static.value.build_command)
        if component.command.value is not None:
            rows += _rows("command", component.command, details)
        if component.size.value is not None:
            rows += _rows("size", component.size, details)
        if component.instances is not None:
            rows += _rows("instances", component.instances, details)
        if check is not None:
            rows += _rows("health check", check, details, shown=check.value.path or "TCP")
        if component.schedule is not None:
            rows += _rows("schedule", component.schedule, details, shown=component.schedule.value.cron)
        if component.grace_period is not None:
            rows += _rows("grace period", component.grace_period, details, shown=f"{component.grace_period.value} s")
        rows += _variable_rows(component.variables, details)
        kind = component.job_kind or component.kind.value.replace("_", " ")
        yield Section(title=f"{visible(component.name)} ({kind})", rows=tuple(rows))


def _databases(databases: Iterable[DatabasePlan], details: bool) -> Section:
    rows: list[Row] = []
    for one in databases:
        kind = "managed" if one.production.value else "development"
        rows += _rows(one.name, one.engine, details, shown=f"{one.engine.value} {one.version.value}, {kind}")
        rows += _rows("", one.production, details, shown=f"production: {str(one.production.value).lower()}")
        if one.production.value:
            rows += _rows("", one.cluster_name, details, shown=f"cluster: {one.cluster_name.value or 'to be named'}")
    return Section(title="Databases", rows=tuple(rows))


def _variables(variables: Iterable[Variable], details: bool) -> Section:
    return Section(title="Environment", rows=tuple(_variable_rows(variables, details)))


def _variable_rows(variables: Iterable[Variable], details: bool) -> Iterator[Row]:
    for one in variables:
        shown = "secret, to be filled in" if one.secret else str(one.value.value)
        yield from _rows(visible(one.name), one.value, details, shown=shown)


def _app(plan: DeploymentPlan, details: bool) -> Section:
    source = plan.source
    place = f"{source.value.repository}, branch {source.value.branch}"
    rows = [
        *_rows("name", plan.app_name, details),
        *_rows("region", plan.region, details),
        *_rows("source", source, details, shown=f"{place} (placeholder)" if source.value.placeholder else place),
        *_rows("alerts", plan.alerts, details, shown=", ".join(plan.alerts.value) or "none"),
    ]
    return Section(title="App", rows=tuple(rows))


def _notes(plan: DeploymentPlan) -> Section:
    rows: list[Row] = []
    for note in plan.notes:
        place = visible(next(iter(places(note.evidence)), ""))
        rows.append(Row(label=note.code, value=visible(note.message), place=place, style=Style.WARNING))
        if note.remedy:
            rows.append(Row(value=visible(note.remedy)))
    return Section(title="Needs a look", rows=tuple(rows))


def _cost(plan: DeploymentPlan) -> Section:
    rows = [
        Row(label=visible(item.name), value=f"{_amount(item.cents)}  {visible(item.note)}", place=item.as_of)
        for item in plan.cost.items
    ]
    total = Row(label="total", value=f"{_amount(plan.cost.cents)} {plan.cost.currency}")
    return Section(title="Cost a month, an estimate", rows=(*rows, total))


def _amount(cents: int) -> str:
    return f"{cents / CENTS:8.2f}"


def _rows(label: str, decision: Decision[Any], details: bool, shown: str | None = None) -> Iterator[Row]:
    """The value with the key that changes it, then the reason with its places, then what fell."""
    value = str(decision.value) if shown is None else shown
    yield Row(label=label, value=visible(value), place=decision.override or "")
    yield Row(value=visible(decision.rule), place=_places(decision))
    if details:
        yield from (Row(value=visible(f"not {one.value}: {one.reason}")) for one in decision.alternatives)


def _places(decision: Decision[Any]) -> str:
    return visible(", ".join(places(decision.evidence)[:PLACES]))
