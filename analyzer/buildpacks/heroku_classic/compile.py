"""bin/detect and bin/compile in their order: what the buildpack does with a folder."""

from typing import TypedDict

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.frontend import describe_missing_node_build
from analyzer.buildpacks.heroku_classic import app_platform
from analyzer.buildpacks.heroku_classic.checks import check_existing_python_dir, check_existing_venv_dir
from analyzer.buildpacks.heroku_classic.collectstatic import find_manage_py, predict_collectstatic
from analyzer.buildpacks.heroku_classic.detect import detect
from analyzer.buildpacks.heroku_classic.environment import build_environment, describe_environment, run_environment
from analyzer.buildpacks.heroku_classic.hooks import run_hook
from analyzer.buildpacks.heroku_classic.install import install, tool_name
from analyzer.buildpacks.heroku_classic.messages import MESSAGES
from analyzer.buildpacks.heroku_classic.nltk import download_corpora
from analyzer.buildpacks.heroku_classic.package_manager import MANAGERS, Manager, determine_package_manager
from analyzer.buildpacks.heroku_classic.processes import predict_processes
from analyzer.buildpacks.heroku_classic.python_version import (
    RequestedPython,
    check_python_version,
    read_requested_python_version,
    resolve_python_version,
)
from analyzer.buildpacks.heroku_classic.release import Release, read_release
from analyzer.buildpacks.management_command import note_start_failure
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.remedies import other_folder
from analyzer.buildpacks.source import Source
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


def predict_v322(source: Source) -> BuildpackPrediction:
    """Heroku classic v322, which App Platform runs."""
    return _predict(source, read_release("heroku_classic_v322"))


def predict_newest(source: Source) -> BuildpackPrediction:
    """The newest release of Heroku classic that the tables describe."""
    return _predict(source, read_release("heroku_classic"))


def _predict(source: Source, release: Release) -> BuildpackPrediction:
    notes = Notes()
    detected = detect(source.tree, release)
    found = ", ".join(evidence.path for evidence in detected.evidence) if detected.value else "none of the known files"
    notes.say(Step.DETECT, f"looks for files: {found}", *detected.evidence, source=release.lines["detect"])
    return (_compile if detected.value else _refuse)(source, release, detected, notes)


def _refuse(source: Source, release: Release, detected: Fact[bool], notes: Notes) -> BuildpackPrediction:
    """Detection fails: nothing is built."""
    elsewhere = other_folder(source, tuple(MANAGERS))
    remedy = elsewhere.text if elsewhere is not None else "add a requirements.txt, or choose the folder that has one"
    evidence = elsewhere.evidence if elsewhere is not None else detected.evidence
    failure = MESSAGES.failure("detect", *evidence, remedy=remedy)
    manage_py = next(iter(find_manage_py(source.tree)), None)
    return BuildpackPrediction(
        **_identity(release),
        detected=detected,
        overruled_by=_overruled_by(source, release),
        error=failure,
        failures=(failure,),
        collectstatic=PredictedCollectstatic(
            outcome=Outcome.SKIPPED, reason="nothing is built", manage_py=manage_py, evidence=detected.evidence
        ),
        statements=tuple(notes.statements),
    )


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


def _compile(source: Source, release: Release, detected: Fact[bool], notes: Notes) -> BuildpackPrediction:
    if release.app_platform:
        app_platform.describe_detection(source, notes)
    else:
        describe_missing_node_build(source, notes)
    run_hook("pre_compile", source.tree, release, notes)
    analysis = _analyse(source, release, notes)
    manager = analysis.manager.name if analysis.manager is not None else None
    command = None
    if manager is not None:
        failure = f"install-dependencies::{tool_name(manager)}"
        describe_system_packages(
            source, release.stack, failure, notes, Way.APTFILE if release.app_platform else Way.APT
        )
    if analysis.manager is not None and analysis.resolved is not None:
        command = install(source, analysis.manager, analysis.resolved, release, notes)
    corpora = download_corpora(source, release, notes)
    collectstatic = predict_collectstatic(source, analysis.resolved, release, notes)
    note_start_failure(source, analysis.resolved, collectstatic, notes)
    environment = run_environment(manager, corpora, release)
    describe_environment(release, notes)
    run_hook("post_compile", source.tree, release, notes)
    processes = predict_processes(source, environment, release, notes)
    return BuildpackPrediction(
        **_identity(release),
        detected=detected,
        overruled_by=_overruled_by(source, release),
        package_manager=manager,
        install_command=command,
        python=analysis.python,
        error=analysis.error,
        failures=tuple(sorted(notes.failures, key=lambda failure: failure is not analysis.error)),
        warnings=tuple(notes.warnings),
        collectstatic=collectstatic,
        processes=processes.commands,
        default_process=processes.default,
        build_environment=build_environment(manager, release),
        run_environment=environment,
        statements=tuple(notes.statements),
    )


def _analyse(source: Source, release: Release, notes: Notes) -> _Analysis:
    """The checks in the order of bin/compile; where a virtual environment stops the build, it is looked for later."""
    found = _Analysis()
    try:
        check_existing_python_dir(source.tree, release, notes)
        if "existing_venv_dir" not in release.stops_at:
            check_existing_venv_dir(source.tree, release, notes)
        found.manager = determine_package_manager(source, release, notes)
        if "existing_venv_dir" in release.stops_at:
            check_existing_venv_dir(source.tree, release, notes)
        found.requested = read_requested_python_version(source.tree, found.manager.name, release, notes)
        found.resolved = resolve_python_version(found.requested, release, notes)
        check_python_version(source, found.requested, found.resolved, found.manager.name, release, notes)
    except BuildStops as stop:
        found.error = stop.failure
        notes.fail(stop.failure)
    return found


def _overruled_by(source: Source, release: Release) -> Evidence | None:
    return next(iter(app_platform.dockerfiles(source)), None) if release.app_platform else None


class _Identity(TypedDict):
    buildpack: str
    title: str
    version: str
    read_on: str
    upstream: tuple[Upstream, ...]


def _identity(release: Release) -> _Identity:
    return _Identity(
        buildpack=release.id,
        title=release.title,
        version=release.version,
        read_on=release.read_on,
        upstream=(Upstream(repository=release.repository, revision=release.commit),),
    )
