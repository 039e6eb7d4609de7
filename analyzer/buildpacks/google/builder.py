"""Detection of the groups, and the build by the group that is chosen, in the order of the lifecycle."""

from typing import TypedDict

from analyzer.buildpacks.boot import Port, describe_boot
from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.django_python import too_old_for
from analyzer.buildpacks.frontend import describe_missing_node_build
from analyzer.buildpacks.google import nodejs
from analyzer.buildpacks.google.detect import detect_all
from analyzer.buildpacks.google.entrypoint import Started, start_as_told, start_by_guess
from analyzer.buildpacks.google.install import (
    Manager,
    check_tool_version,
    describe_install,
    determine_package_manager,
    minor_of,
)
from analyzer.buildpacks.google.other_languages import warn_about_other_languages
from analyzer.buildpacks.google.python_version import RequestedPython, check_version, read_requested_python_version
from analyzer.buildpacks.google.tables import MESSAGES, Stack, lines, order, stack, table
from analyzer.buildpacks.left_out import say_ignored_hooks, skip_collectstatic
from analyzer.buildpacks.lifecycle import (
    BUILDPACK_ERROR,
    Code,
    DetectRun,
    NotResolved,
    Resolution,
    resolve_order,
)
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.rejections import say_rejections
from analyzer.buildpacks.remedies import other_folder
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.start_command import web_line
from analyzer.buildpacks.system_packages import Way, describe_system_packages
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.prediction import (
    BuildpackPrediction,
    Outcome,
    PredictedCollectstatic,
    PredictedFailure,
    PredictedPython,
    Step,
    Upstream,
)
from analyzer.model.quick_dataclass import dataclass

_EVERY = Evidence(path=".", note="every app that is built with it")
_BY_VARIABLE = ("config.flex", "python.functions-framework", "nodejs.functions-framework")
"""Members that only variables make take part, which is not worth a line when they are not set."""
_PORT = Port(
    set_by_platform=True,
    assumed="8080",
    log="The user-provided container failed to start and listen on the port defined provided by the PORT=8080 …",
)


def predict_22(source: Source) -> BuildpackPrediction:
    """What the builder google-22 does with a folder."""
    return _predict(source, stack("google-22"))


def predict_24(source: Source) -> BuildpackPrediction:
    """What the builder google-24 does with a folder."""
    return _predict(source, stack("google-24"))


def _predict(source: Source, chosen: Stack) -> BuildpackPrediction:
    notes, runs = Notes(), detect_all(source, chosen)
    outcome = resolve_order(order(), runs)
    rejected = (rejection for rejection in outcome.rejected if rejection.member not in _BY_VARIABLE)
    say_rejections(rejected, runs, lines, notes)
    if isinstance(outcome, NotResolved):
        return _refuse(source, chosen, runs, outcome, notes)
    evidence = tuple(e for name in outcome.group for e in runs[name].evidence) or (_EVERY,)
    evidence = tuple(dict.fromkeys(evidence))
    notes.say(Step.DETECT, f"builds with {', '.join(outcome.group)}", *evidence, source=lines("order"))
    warn_about_other_languages(source, "config.entrypoint" in outcome.group, notes)
    if "nodejs.runtime" in outcome.group:
        return _build_nodejs(source, chosen, runs, outcome, evidence, notes)
    return _build(source, chosen, outcome, evidence, notes)


def _refuse(
    source: Source, chosen: Stack, runs: dict[str, DetectRun], outcome: NotResolved, notes: Notes
) -> BuildpackPrediction:
    stopped = [run for run in runs.values() if run.code is Code.ERROR]
    elsewhere = other_folder(source, ("requirements.txt", "pyproject.toml", "manage.py"))
    remedy = elsewhere.text if elsewhere is not None else "choose the folder that has the app"
    if outcome.error == BUILDPACK_ERROR:
        because = "; ".join(dict.fromkeys(run.reason for run in stopped))
        evidence = tuple(e for run in stopped for e in run.evidence)
        failure = MESSAGES.failure(BUILDPACK_ERROR, *evidence, because=because, remedy=f"correct {evidence[0].path}")
    else:
        evidence = (*(elsewhere.evidence if elsewhere is not None else ()), Evidence(path=".", note="no *.py"))
        failure = MESSAGES.failure(outcome.error, *evidence, remedy=remedy)
    return BuildpackPrediction(
        **_identity(chosen),
        detected=Fact(value=False, evidence=failure.evidence),
        error=failure,
        failures=(failure,),
        collectstatic=PredictedCollectstatic(
            outcome=Outcome.SKIPPED, reason="nothing is built", evidence=failure.evidence
        ),
        statements=tuple(notes.statements),
    )


@dataclass(slots=True)
class _Analysis:
    """What the steps of the build find out; `error` is the first that stops it."""

    requested: RequestedPython | None = None
    error: PredictedFailure | None = None

    def stop(self, failure: PredictedFailure) -> None:
        self.error = self.error or failure

    @property
    def python(self) -> PredictedPython:
        if self.requested is None:
            return PredictedPython()
        return PredictedPython(
            requested=self.requested.version,
            resolved=self.requested.exact,
            origin=self.requested.origin,
            evidence=(self.requested.evidence,),
        )


def _build(
    source: Source, chosen: Stack, resolution: Resolution, evidence: tuple[Evidence, ...], notes: Notes
) -> BuildpackPrediction:
    analysis = _Analysis()
    describe_missing_node_build(source, notes)
    say_ignored_hooks(source, notes)
    _read_python(source, chosen, analysis, notes)
    manager = determine_package_manager(source, resolution, analysis.requested)
    text = f"{manager.name}, by its group" if manager.name is not None else "none: nothing is installed"
    notes.say(Step.PACKAGE_MANAGER, text, *manager.evidence, source=lines("order"))
    unreadable = check_tool_version(source, manager)
    if unreadable is not None:
        analysis.stop(unreadable)
    if manager.name is not None:
        describe_system_packages(source, chosen.id, f"python.{manager.name}::install", notes, Way.IMAGE)
    describe_install(source, resolution, manager, analysis.requested, notes)
    collectstatic = skip_collectstatic(source, notes)
    text = "starts with PYTHONUNBUFFERED only: no WEB_CONCURRENCY, FORWARDED_ALLOW_IPS or GUNICORN_CMD_ARGS"
    notes.say(Step.BOOT, text, _EVERY, source=lines("python.runtime"), mode="E4")
    started = _start(source, resolution, analysis, notes)
    environment = _environment(manager) | table()["environment"]["run"]
    environment |= table()["environment"]["run_with"].get(started.server or "", {})
    if "web" in started.commands:
        describe_boot(source, started.commands["web"], started.evidence, environment, _PORT, notes)
        _fail_with_old_django(source, analysis.requested, notes)
    return BuildpackPrediction(
        **_identity(chosen),
        detected=Fact(value=True, evidence=evidence),
        group=resolution.group,
        package_manager=manager.name,
        install_command=manager.command,
        python=analysis.python,
        error=analysis.error,
        failures=notes.failures_after(analysis.error),
        warnings=tuple(notes.warnings),
        collectstatic=collectstatic,
        processes=started.commands,
        default_process="web" if "web" in started.commands else None,
        build_environment=_environment(manager),
        run_environment=environment,
        statements=tuple(notes.statements),
    )


def _read_python(source: Source, chosen: Stack, analysis: _Analysis, notes: Notes) -> None:
    requested = read_requested_python_version(source, chosen)
    if isinstance(requested, PredictedFailure):
        analysis.stop(requested)
        return
    analysis.requested = requested
    asked = "nothing asks for one" if requested.origin == "default" else f"{requested.origin} asks for it"
    if requested.origin == "default":
        values = {"version": requested.version}
        notes.warn(MESSAGES.warning("python.runtime::default-version", requested.evidence, **values))
    failure = check_version(requested)
    if failure is not None:
        analysis.stop(failure)
        return
    text = f"the newest {' '.join(requested.version.split())} that Google has, since {asked}"
    notes.say(Step.PYTHON, text, requested.evidence, source=lines("version"))


def _start(source: Source, resolution: Resolution, analysis: _Analysis, notes: Notes) -> Started:
    """The processes; an earlier step that stops the build keeps its place as the error."""
    try:
        if "config.entrypoint" in resolution.group:
            return start_as_told(source, notes)
        if "python.missing-entrypoint" in resolution.group and analysis.requested is not None:
            return start_by_guess(source, analysis.requested, notes)
    except BuildStops as stop:
        analysis.stop(stop.failure)
        if stop.failure is not analysis.error:
            notes.fail(stop.failure)
    return Started()


def _fail_with_old_django(source: Source, requested: RequestedPython | None, notes: Notes) -> None:
    minor = minor_of(requested)
    old = too_old_for(source, minor) if minor is not None else None
    if old is not None:
        change = old.change("ask for Python {newest} with the line {newest} in .python-version")
        values = {"django": old.django.value, "python": minor, "log": old.log, "change": change}
        notes.fail(MESSAGES.failure("django::python", *old.django.evidence, **values))


def _environment(manager: Manager) -> dict[str, str]:
    """What the layer of the dependencies sets, for the build and at run time."""
    return dict(table()["environment"]["both_with"].get(manager.name or "", {}))


def _build_nodejs(
    source: Source,
    chosen: Stack,
    runs: dict[str, DetectRun],
    resolution: Resolution,
    evidence: tuple[Evidence, ...],
    notes: Notes,
) -> BuildpackPrediction:
    """A build of Node.js, in which Python plays no part."""
    analysis = _Analysis()
    manager = next((name for name in nodejs.MANAGERS if f"nodejs.{name}" in resolution.group), None)
    started = _start(source, resolution, analysis, notes)
    if manager is not None and "config.entrypoint" not in resolution.group:
        command = nodejs.start_command(source, manager)
        notes.say(Step.PROCESSES, f"web: `{command}`", *evidence, source=lines("nodejs_start"))
        started = Started(commands={"web": command}, evidence=evidence[0])
    if runs["python.runtime"].code is Code.PASS:
        because = (*evidence, *runs["python.runtime"].evidence)
        notes.failures.insert(0, MESSAGES.failure("nodejs.runtime", *because, web=web_line(source)))
    reason = "the build is one of Node.js"
    return BuildpackPrediction(
        **_identity(chosen),
        detected=Fact(value=True, evidence=evidence),
        group=resolution.group,
        package_manager=manager,
        error=analysis.error,
        failures=notes.failures_after(analysis.error),
        warnings=tuple(notes.warnings),
        collectstatic=PredictedCollectstatic(outcome=Outcome.SKIPPED, reason=reason, evidence=evidence),
        processes=started.commands,
        default_process="web" if "web" in started.commands else None,
        statements=tuple(notes.statements),
    )


class _Identity(TypedDict):
    buildpack: str
    title: str
    version: str
    read_on: str
    upstream: tuple[Upstream, ...]


def _identity(chosen: Stack) -> _Identity:
    tables = table()
    return _Identity(
        buildpack=chosen.id,
        title=chosen.title,
        version=tables["version"],
        read_on=tables["read_on"].isoformat(),
        upstream=(Upstream(repository=tables["repository"], revision=tables["commit"]),),
    )
