"""Sections about what runs and what it needs: task queue, processes, variables, front end, system packages."""

from collections.abc import Iterator, Sequence
from posixpath import dirname

from analyzer.model.evidence import Fact
from analyzer.model.facts import (
    EnvironmentVariable,
    FrontendFacts,
    Process,
    ProjectFacts,
    SystemPackage,
    TaskQueueFacts,
)
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.render.statements import fact, listing, statement, unless_nothing, yes_no
from analyzer.render.text_layout import Row, Section, Style

_SCHEDULER = lazy_pattern(r"\s(?:-S|--scheduler)[\s=]+([\w.:]+)")
MAX_DEFAULT = 60
"""Characters of a default value."""


def operation_sections(facts: ProjectFacts) -> Iterator[Section]:
    """What runs, what it is told and what must be installed for it."""
    yield Section(title="Task queue", rows=tuple(_task_queue(facts.task_queue)))
    yield Section(title="Processes", rows=tuple(_process(process) for process in facts.processes), min_label_width=8)
    yield _environment(facts.environment)
    yield Section(title="Front end", rows=tuple(_frontend(facts.frontend)))
    yield _system_packages(facts.build_packages, facts.run_packages)


def _task_queue(facts: TaskQueueFacts) -> Iterator[Row]:
    yield fact("kind", facts.kind)
    if isinstance(facts.kind, Fact) and facts.kind.value is None:
        return
    is_celery = isinstance(facts.kind, Fact) and facts.kind.value == "celery"
    yield from unless_nothing("queue app", facts.app)
    yield fact("broker", facts.broker)
    if facts.broker_env:
        yield statement("broker from", listing(facts.broker_env), *facts.broker.evidence[:1])
    yield from unless_nothing("result backend", facts.result_backend)
    # Of other queues only a schedule that was found is a statement: huey's, for one, stands in the code.
    yield from (fact("beat", facts.beat, yes_no),) if is_celery else unless_nothing("beat", facts.beat, yes_no)
    yield from _beat_scheduler(facts)
    yield from unless_nothing("beat entries", facts.beat_entries, listing)
    yield from unless_nothing("queues", facts.queues, listing)
    for process in facts.started_by:
        yield statement("started by", process.name, process.evidence)


def _beat_scheduler(facts: TaskQueueFacts) -> Iterator[Row]:
    """What the command line of a process says goes before the configuration."""
    for process in facts.started_by:
        given = _SCHEDULER.search(process.command)
        if given is not None:
            yield statement("beat scheduler", given[1], process.evidence)
            return
    yield from unless_nothing("beat scheduler", facts.beat_scheduler)


def _process(process: Process) -> Row:
    name = "" if process.name == process.type else f"{process.name}: "
    return statement(process.type, name + process.command, process.evidence)


def _environment(variables: Sequence[EnvironmentVariable]) -> Section:
    ordered = sorted(variables, key=lambda v: (not v.required, v.name))
    required = sum(v.required for v in variables)
    return Section(
        title=f"Environment variables: {required} required, {len(variables) - required} optional",
        rows=tuple(_variable(v) for v in ordered),
    )


def _variable(variable: EnvironmentVariable) -> Row:
    parts = ["required" if variable.required else "optional", variable.kind]
    if variable.secret:
        parts.append("secret")
    if "build" in variable.phases:
        parts.append("at build too" if "run" in variable.phases else "at build")
    if variable.default is not None and not variable.required:
        default = variable.default[:MAX_DEFAULT] + ("..." if len(variable.default) > MAX_DEFAULT else "")
        parts.append(f"default {default!r}" if default else "default empty")
    style = Style.TITLE if variable.required else Style.PLAIN
    return statement(variable.name, ", ".join(parts), *variable.evidence, style=style)


def _frontend(facts: FrontendFacts) -> Iterator[Row]:
    yield from unless_nothing("in folder", facts.package_json, lambda path: dirname(path) or ".")
    yield from unless_nothing("build command", facts.build_command)
    yield from unless_nothing("output", facts.output_dir)
    yield from unless_nothing("package manager", facts.package_manager)
    if facts.bundlers:
        yield statement("bundlers", listing(facts.bundlers), *facts.package_json.evidence[:1])
    if facts.separate_site:
        text = "a site of its own, not as static files of Django"
        yield statement("served as", text, *facts.package_json.evidence[:1])


def _system_packages(build: Sequence[SystemPackage], run: Sequence[SystemPackage]) -> Section:
    phases = [("build", package) for package in build] + [("run", package) for package in run]
    needed: dict[str, list[tuple[str, SystemPackage]]] = {}
    for phase, package in phases:
        needed.setdefault(package.package, []).append((phase, package))
    rows = (_system_package(name, uses) for name, uses in sorted(needed.items()))
    return Section(title="System packages (Debian)", rows=tuple(rows))


def _system_package(name: str, uses: Sequence[tuple[str, SystemPackage]]) -> Row:
    """Why and where it is asked for: by requirements first; a file that is its own reason is not named twice."""
    packages = sorted((package for _, package in uses), key=lambda p: p.because == p.evidence.path)
    evidence = tuple(dict.fromkeys(package.evidence for package in packages))
    reasons = tuple(dict.fromkeys(p.because for p in packages if p.because != evidence[0].path))
    older = next((f"; {other} in {release}" for p in packages for release, other in p.names if other != name), "")
    needs = " and ".join(dict.fromkeys(phase for phase, _ in uses))
    return statement(name, f"to {needs}{', for ' if reasons else ''}{', '.join(reasons)}{older}", *evidence)
