"""src/main.rs: detection and build in their order, and heroku/procfile after them."""

from collections.abc import Mapping

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.django_python import too_new_for
from analyzer.buildpacks.frontend import describe_missing_node_build
from analyzer.buildpacks.heroku_cnb.checks import check_environment
from analyzer.buildpacks.heroku_cnb.detect import detect
from analyzer.buildpacks.heroku_cnb.django import predict_collectstatic
from analyzer.buildpacks.heroku_cnb.launch import Processes, predict_processes
from analyzer.buildpacks.heroku_cnb.messages import MESSAGES, table
from analyzer.buildpacks.heroku_cnb.package_manager import Manager, determine_package_manager
from analyzer.buildpacks.heroku_cnb.python_version import read_requested_python_version, resolve_python_version
from analyzer.buildpacks.heroku_cnb.python_version_file import RequestedPython
from analyzer.buildpacks.management_command import note_start_failure
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.remedies import other_folder
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.system_packages import Way, describe_system_packages
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.prediction import (
    BuildpackPrediction,
    PredictedCollectstatic,
    PredictedFailure,
    PredictedPython,
    Step,
    Upstream,
)
from analyzer.model.quick_dataclass import dataclass

_HOOKS = ("bin/pre_compile", "bin/post_compile")
_EVERY = Evidence(path=".", note="every app that is built with it")


@dataclass(slots=True)
class _Analysis:
    """What the checks of the source find out, up to the first that stops the build."""

    manager: Manager | None = None
    requested: RequestedPython | None = None
    resolved: str | None = None
    error: PredictedFailure | None = None

    @property
    def python(self) -> PredictedPython:
        if self.requested is None:
            return PredictedPython()
        return PredictedPython(
            requested=self.requested.version,
            resolved=self.resolved,
            origin=self.requested.origin,
            evidence=(self.requested.evidence,),
        )


def predict(source: Source) -> BuildpackPrediction:
    """heroku/python with heroku/procfile beside it. `error` is heroku/python's own; the Procfile's is in `failures`."""
    notes = Notes()
    detected = detect(source.tree)
    found = ", ".join(evidence.path for evidence in detected.evidence) if detected.value else "none of the known files"
    notes.say(Step.DETECT, f"looks for files: {found}", *detected.evidence, source=table()["lines"]["detect"])
    analysis = _Analysis(error=None if detected.value else _not_detected(source, detected))
    collectstatic = None
    if detected.value:
        collectstatic = _build(source, analysis, notes)
    minor = analysis.resolved.rpartition(".")[0] if analysis.resolved is not None else "N.N"
    environment = dict(table()["run_environment"])
    # heroku/procfile would take the Procfile by itself, but without heroku/python nothing is built.
    processes = predict_processes(source, environment, notes if detected.value else Notes())
    return _prediction(source, detected, analysis, collectstatic, processes, environment, minor, notes)


def _not_detected(source: Source, detected: Fact[bool]) -> PredictedFailure:
    elsewhere = other_folder(source, tuple(row["file"] for row in table()["managers"]))
    remedy = elsewhere.text if elsewhere is not None else "add a requirements.txt, or choose the folder that has one"
    evidence = elsewhere.evidence if elsewhere is not None else detected.evidence
    return MESSAGES.failure("ERR_FAILED_DETECTION", *evidence, remedy=remedy)


def _build(source: Source, analysis: _Analysis, notes: Notes) -> PredictedCollectstatic:
    describe_missing_node_build(source, notes)
    for path in _HOOKS:
        if source.tree.is_file(path):
            notes.say(Step.HOOKS, f"{path} is not run: this buildpack has no hooks", Evidence(path=path), mode="A9")
    try:
        check_environment(source.variables)
        analysis.manager = determine_package_manager(source, notes)
        analysis.requested = read_requested_python_version(source, analysis.manager.name, notes)
        analysis.resolved = resolve_python_version(analysis.requested, notes)
    except BuildStops as stop:
        analysis.error = stop.failure
    if analysis.manager is not None:
        failure = analysis.manager.failure
        describe_system_packages(source, table()["stack"], failure, notes, Way.DEB)
        if analysis.resolved is not None:
            _install(source, analysis.manager, analysis.resolved, notes)
    if source.tree.is_file("nltk.txt"):
        notes.say(Step.NLTK, "nltk.txt is not looked at: no corpora are downloaded", Evidence(path="nltk.txt"))
    predicted = predict_collectstatic(source, analysis.resolved, notes)
    note_start_failure(source, analysis.resolved, predicted, notes)
    text = (
        "starts with PYTHONUNBUFFERED only: no WEB_CONCURRENCY, FORWARDED_ALLOW_IPS, GUNICORN_CMD_ARGS or PYTHONPATH, "
        "as Heroku's classic buildpack sets them"
    )
    notes.say(Step.BOOT, text, _EVERY, source=table()["lines"]["environment"], mode="E4")
    return predicted


def _install(source: Source, manager: Manager, python: str, notes: Notes) -> None:
    text = f"{manager.shown} {manager.version}, in a virtual environment: `{manager.install}`"
    notes.say(Step.INSTALL, text, manager.evidence, source=manager.lines)
    notes.say(Step.INSTALL, "neither setuptools nor wheel is there before", manager.evidence, source=manager.lines)
    django = too_new_for(source, python)
    if django is not None:
        notes.fail(MESSAGES.failure(manager.failure, *django.evidence, django=django.value, python=python))


def _prediction(
    source: Source,
    detected: Fact[bool],
    analysis: _Analysis,
    collectstatic: PredictedCollectstatic | None,
    processes: Processes,
    environment: Mapping[str, str],
    minor: str,
    notes: Notes,
) -> BuildpackPrediction:
    tables = table()
    manager = analysis.manager
    build = {**tables["build_environment"], **(tables["build_environment_for"][manager.name] if manager else {})}
    procfile = ("heroku/procfile",) if source.tree.exists("Procfile") else ()
    return BuildpackPrediction(
        buildpack=tables["id"],
        title=tables["title"],
        version=tables["version"],
        read_on=tables["read_on"].isoformat(),
        upstream=(
            Upstream(
                repository=tables["procfile_repository"],
                revision=tables["procfile_commit"],
                prefix="buildpacks-procfile: ",
            ),
            Upstream(repository=tables["repository"], revision=tables["commit"]),
        ),
        detected=detected,
        group=("heroku/python", *procfile) if detected.value else None,
        package_manager=manager.name if manager is not None else None,
        install_command=manager.install if manager is not None and analysis.resolved is not None else None,
        python=analysis.python,
        error=analysis.error,
        failures=notes.failures_after(analysis.error),
        warnings=tuple(notes.warnings),
        collectstatic=collectstatic,
        processes=processes.commands,
        default_process=processes.default,
        build_environment={name: value.replace("{minor}", minor) for name, value in build.items()},
        run_environment=environment,
        statements=tuple(notes.statements),
    )
