"""Detection of the groups, and the build by the group that is chosen, in the order of the lifecycle."""

from typing import TypedDict

from analyzer.buildpacks.django_python import too_old_for
from analyzer.buildpacks.frontend import describe_missing_node_build
from analyzer.buildpacks.left_out import say_ignored_hooks, skip_collectstatic
from analyzer.buildpacks.lifecycle import DetectRun, NotResolved, Resolution, resolve_order
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.paketo.detect import detect_all
from analyzer.buildpacks.paketo.install import Manager, describe_install, determine_package_manager
from analyzer.buildpacks.paketo.not_detected import explain
from analyzer.buildpacks.paketo.processes import predict_processes
from analyzer.buildpacks.paketo.pyproject import Read, read_lock_version
from analyzer.buildpacks.paketo.python_version import RequestedPython, requested_python, resolve_python
from analyzer.buildpacks.paketo.tables import MESSAGES, lines, order, table
from analyzer.buildpacks.rejections import say_rejections
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

_EVERY = Evidence(path=".", note="every app that is built with it")
_VERSION_FILES = (".python-version", "runtime.txt")
_INSTALLING = ("pipenv-install", "pip-install", "conda-env-update", "poetry-install", "python-package-managers-run")


def predict(source: Source) -> BuildpackPrediction:
    """What the builder does with a folder."""
    notes, runs = Notes(), detect_all(source)
    outcome = resolve_order(order(), runs)
    say_rejections(outcome.rejected, runs, lines, notes)
    if isinstance(outcome, NotResolved):
        return _refuse(source, runs, outcome, notes)
    return _build(source, runs, outcome, notes)


def _refuse(source: Source, runs: dict[str, DetectRun], outcome: NotResolved, notes: Notes) -> BuildpackPrediction:
    failure = explain(source, runs, outcome)
    return BuildpackPrediction(
        **_identity(),
        detected=Fact(value=False, evidence=failure.evidence),
        error=failure,
        failures=(failure,),
        collectstatic=PredictedCollectstatic(
            outcome=Outcome.SKIPPED, reason="nothing is built", evidence=failure.evidence
        ),
        statements=tuple(notes.statements),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Python:
    predicted: PredictedPython
    requested: RequestedPython | None = None
    error: PredictedFailure | None = None


def _build(source: Source, runs: dict[str, DetectRun], resolution: Resolution, notes: Notes) -> BuildpackPrediction:
    evidence = _evidence(resolution, runs)
    chosen = ", ".join(resolution.group)
    notes.say(Step.DETECT, f"builds with {chosen}", *evidence, source=lines("order"))
    describe_missing_node_build(source, notes)
    say_ignored_hooks(source, notes)
    manager = determine_package_manager(source, resolution, evidence)
    text = f"{manager.name}, since its group is the first that passes" if manager.name else "none: nothing is installed"
    notes.say(Step.PACKAGE_MANAGER, text, *manager.evidence, source=lines("order"))
    python = _predict_python(source, resolution, manager, notes)
    resolved = python.predicted.resolved
    if manager.name is not None:
        describe_system_packages(source, "paketo-jammy-base", f"{manager.name}::install", notes, Way.IMAGE)
    describe_install(source, manager, python.requested, resolved, notes)
    collectstatic = skip_collectstatic(source, notes)
    environment = _run_environment(source, manager, resolved)
    text = "starts without PYTHONUNBUFFERED, WEB_CONCURRENCY, FORWARDED_ALLOW_IPS and GUNICORN_CMD_ARGS"
    notes.say(Step.BOOT, text, _EVERY, mode="E4")
    processes = predict_processes(source, resolution, environment, notes)
    old = too_old_for(source, resolved) if resolved is not None and manager.name is not None else None
    if old is not None:
        change = old.change("set BP_CPYTHON_VERSION to {newest}")
        values = {"django": old.django.value, "python": resolved, "log": old.log, "change": change}
        notes.fail(MESSAGES.failure("django::python", *old.django.evidence, **values))
    return BuildpackPrediction(
        **_identity(),
        detected=Fact(value=True, evidence=evidence),
        group=resolution.group,
        package_manager=manager.name,
        install_command=manager.command,
        python=python.predicted,
        error=python.error,
        failures=notes.failures_after(python.error),
        warnings=tuple(notes.warnings),
        collectstatic=collectstatic,
        processes=processes.commands,
        default_process=processes.default,
        build_environment=dict(table()["environment"]["build"]),
        run_environment=environment,
        statements=tuple(notes.statements),
    )


def _evidence(resolution: Resolution, runs: dict[str, DetectRun]) -> tuple[Evidence, ...]:
    """The files because of which the group installs what it does; without such a member, what looks like Python."""
    deciding = [name for name in resolution.group if name in _INSTALLING] or ["python-start"]
    evidence = tuple(e for name in deciding for e in runs[name].evidence)
    return evidence or (_EVERY,)


def _predict_python(source: Source, resolution: Resolution, manager: Manager, notes: Notes) -> _Python:
    requested = requested_python(resolution)
    if requested is None:
        return _Python(predicted=_python_of(source, manager, notes))
    resolved = resolve_python(requested)
    error = resolved if isinstance(resolved, PredictedFailure) else None
    version = None if isinstance(resolved, PredictedFailure) else resolved
    asked = (
        "nothing asks for one"
        if requested.origin == "default"
        else f"{requested.origin} asks for {requested.constraint}"
    )
    text = f"{asked}: Python {version}" if version else f"{asked}, which no Python satisfies"
    notes.say(Step.PYTHON, text, *requested.evidence, source=lines("version"))
    for path in _VERSION_FILES if version is not None and requested.origin == "default" else ():
        if source.tree.is_file(path):
            values = {"file": path, "python": version}
            notes.warn(MESSAGES.warning("python::version-file-ignored", Evidence(path=path), **values))
    predicted = PredictedPython(
        requested=requested.constraint, resolved=version, origin=requested.origin, evidence=requested.evidence
    )
    return _Python(predicted=predicted, requested=requested, error=error)


def _python_of(source: Source, manager: Manager, notes: Notes) -> PredictedPython:
    """Of the groups without the cpython buildpack: uv, conda and pixi bring their own Python."""
    line = lines(f"install_{manager.name}") if manager.name is not None else ""
    if manager.name != "uv":
        notes.say(
            Step.PYTHON, f"{manager.name} brings the Python that its file asks for", *manager.evidence, source=line
        )
        return PredictedPython(evidence=manager.evidence)
    if source.tree.is_file(".python-version"):
        evidence = Evidence(path=".python-version")
        notes.say(Step.PYTHON, "uv downloads the Python that .python-version asks for", evidence, source=line)
        content = (source.tree.read(".python-version") or b"").decode("utf-8", "replace")
        words = next((text for raw in content.split("\n") if (text := raw.strip()) and text[0] != "#"), None)
        return PredictedPython(requested=words, origin=".python-version", evidence=(evidence,))
    version = read_lock_version(source, "uv.lock")
    notes.say(Step.PYTHON, "uv downloads a Python that requires-python allows", version.evidence, source=line)
    required = version.value if isinstance(version, Read) else None
    return PredictedPython(requested=required, origin="uv.lock", evidence=(version.evidence,))


def _run_environment(source: Source, manager: Manager, python: str | None) -> dict[str, str]:
    tables = table()["environment"]
    values = {**tables["run"], **(tables["run_with"][manager.name] if manager.name is not None else {})}
    if manager.name in ("uv", "conda", "pixi"):
        values.pop("PYTHONPATH", None)
        values.pop("PYTHONPYCACHEPREFIX", None)
    minor = python.rpartition(".")[0] if python is not None else "N.N"
    environment = source.variables.get("BP_PIXI_ENVIRONMENT_NAME", "default")
    return {name: value.format(minor=minor, environment=environment) for name, value in values.items()}


class _Identity(TypedDict):
    buildpack: str
    title: str
    version: str
    read_on: str
    upstream: tuple[Upstream, ...]


def _identity() -> _Identity:
    tables = table()
    return _Identity(
        buildpack="paketo",
        title=tables["title"],
        version=tables["version"],
        read_on=tables["read_on"].isoformat(),
        upstream=(
            *(
                Upstream(repository=f"paketo-buildpacks/{name}", revision=_revision(version), prefix=f"{name}/")
                for name, version in tables["components"].items()
            ),
            Upstream(repository=tables["repository"], revision=tables["commit"], prefix="python/"),
        ),
    )


def _revision(version: str) -> str:
    """The commit of what `git describe` says ("v0.7.40-5-g271c7a8"), or the tag itself."""
    tag, _, commit = version.rpartition("-g")
    return commit if tag else version
