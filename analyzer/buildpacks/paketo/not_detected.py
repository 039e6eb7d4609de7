"""Why no group takes the folder, and the smallest change after which one does."""

from dataclasses import replace

from analyzer.buildpacks.lifecycle import BUILDPACK_ERROR, Code, DetectRun, NotResolved
from analyzer.buildpacks.notes import absent
from analyzer.buildpacks.paketo.install import MANAGER_FILES
from analyzer.buildpacks.paketo.package_managers import INSTALLERS, UV_LOCK
from analyzer.buildpacks.paketo.pyproject import PYPROJECT, Read, Unreadable, read_build_backend, read_lock_version
from analyzer.buildpacks.paketo.tables import MESSAGES
from analyzer.buildpacks.remedies import other_folder
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import PredictedFailure
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cause:
    because: str
    remedy: str
    evidence: tuple[Evidence, ...]
    mode: str | None = None


def explain(source: Source, runs: dict[str, DetectRun], outcome: NotResolved) -> PredictedFailure:
    """The failure of detection."""
    cause = _deprecated_file(source) or _uv(source) or _unreadable(runs) or _switch(runs) or _no_python(source)
    errors = list(dict.fromkeys(run.reason for run in runs.values() if run.code is Code.ERROR))
    values = {"because": cause.because, "remedy": cause.remedy, "error": "; ".join(errors)}
    key = "ERR_BUILDPACK" if outcome.error == BUILDPACK_ERROR else "ERR_FAILED_DETECTION"
    return replace(MESSAGES.failure(key, *cause.evidence, **values), mode=cause.mode)


def _deprecated_file(source: Source) -> _Cause | None:
    """The cpython buildpack, which nearly every group needs, refuses it."""
    if not source.tree.exists("buildpack.yml"):
        return None
    return _Cause(
        because="buildpack.yml is deprecated and stops the build",
        remedy="delete buildpack.yml and set BP_CPYTHON_VERSION instead",
        evidence=(Evidence(path="buildpack.yml"),),
        mode="B20",
    )


def _uv(source: Source) -> _Cause | None:
    """With a uv.lock only uv's group can take the folder, and only with a pyproject.toml that leads to uv."""
    if not source.tree.exists(UV_LOCK):
        return None
    lock = Evidence(path=UV_LOCK, note="excludes every other package manager")
    export = "or run `uv export -o requirements.txt` and delete uv.lock"
    if not source.tree.exists(PYPROJECT):
        return _Cause(
            because="there is a uv.lock, with which no other package manager is taken, but no pyproject.toml",
            remedy="delete uv.lock, or add the pyproject.toml that it belongs to",
            evidence=(lock, absent(PYPROJECT)),
        )
    backend = read_build_backend(source)
    if isinstance(backend, Unreadable):
        return _Cause(
            because=f"pyproject.toml cannot be read: {backend.reason}",
            remedy=f"correct {PYPROJECT}",
            evidence=(backend.evidence, lock),
        )
    if backend.value not in ("", "uv_build"):
        known = INSTALLERS.get(backend.value)
        what = f"is taken for a project of {known}" if known else "is not supported"
        return _Cause(
            because=f"the build backend {backend.value} {what}, while uv.lock leaves only uv",
            remedy=f"remove the table [build-system] from pyproject.toml, {export}",
            evidence=(backend.evidence, lock),
            mode="B4",
        )
    version = read_lock_version(source, UV_LOCK)
    if isinstance(version, Read) and version.value:
        return None
    reason = version.reason if isinstance(version, Unreadable) else "it has no requires-python"
    return _Cause(
        because=f"uv.lock is not taken: {reason}",
        remedy="run `uv lock` and commit uv.lock",
        evidence=(version.evidence,),
    )


def _unreadable(runs: dict[str, DetectRun]) -> _Cause | None:
    for name in ("pipenv-install", "poetry", "poetry-run", "python-package-managers-run"):
        run = runs[name]
        if run.code is Code.ERROR and run.evidence[0].path != ".":
            path = run.evidence[0].path
            return _Cause(because=f"{path}: {run.reason}", remedy=f"correct {path}", evidence=run.evidence)
    return None


def _switch(runs: dict[str, DetectRun]) -> _Cause | None:
    run = runs["python-start"]
    if run.code is not Code.ERROR:
        return None
    return _Cause(because=run.reason, remedy="set the variable to true or false", evidence=run.evidence)


def _no_python(source: Source) -> _Cause:
    elsewhere = other_folder(source, (*MANAGER_FILES, PYPROJECT, "manage.py"))
    if elsewhere is not None:
        return _Cause(
            because="nothing in it looks like Python", remedy=elsewhere.text, evidence=elsewhere.evidence, mode="B2"
        )
    return _Cause(
        because="nothing in it looks like Python",
        remedy="add a requirements.txt, or choose the folder that has one",
        evidence=(absent("*.py, requirements.txt, Pipfile.lock, pyproject.toml, environment.yml or uv.lock"),),
        mode="B2",
    )
