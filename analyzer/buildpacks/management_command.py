"""What `manage.py collectstatic` meets during a build, where no variable is set but those of the platform."""

from enum import StrEnum

from analyzer.buildpacks.django_python import too_old_for
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import BuildSettings
from analyzer.model.prediction import Outcome, PredictedCollectstatic, PredictedFailure, Step
from analyzer.model.quick_dataclass import dataclass

_LOCAL_STORAGES = ("django.contrib.staticfiles.", "django.core.files.storage.", "whitenoise.")
_EMPTY_KEY = "The SECRET_KEY setting must not be empty"


class Stage(StrEnum):
    """How far the command gets."""

    LOADING = "loading"
    """The settings or the apps cannot be loaded."""
    NO_COMMAND = "no command"
    """There is no such command, since `django.contrib.staticfiles` is not installed."""
    COLLECTING = "collecting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why the command fails; `log` is the last line of its output."""

    stage: Stage
    mode: str | None
    message: str
    log: str
    fix: str
    evidence: tuple[Evidence, ...]


def collectstatic_obstacle(source: Source, manage_py: RepoPath, python: str | None) -> Obstacle | Unresolved | None:
    """The first thing that makes `manage_py collectstatic` fail on this Python, N.N.N; None when it goes through."""
    facts = source.facts
    if facts is None:
        return Unresolved(reason="the settings were not read")
    old = too_old_for(source, python) if python is not None else None
    if old is not None and python is not None:
        return _too_old(old, python)
    settings = facts.django.build_settings
    if settings.manage_py != manage_py:
        evidence = (Evidence(path=settings.manage_py, note="the project's own"),)
        return Unresolved(reason=f"{manage_py} is not the manage.py of the project", evidence=evidence)
    if isinstance(settings.module, Unresolved):
        return settings.module
    chosen = source.variables.get("DJANGO_SETTINGS_MODULE", settings.module.value)
    if chosen != settings.module.value:
        return Unresolved(reason=f"DJANGO_SETTINGS_MODULE is set to {chosen}, which was not read for a build")
    return _loading(source, settings) or _running(settings)


def _too_old(django: Fact[str], python: str) -> Obstacle:
    return Obstacle(
        stage=Stage.LOADING,
        mode="B11",
        message=f"Django {django.value} does not start on Python {python}: modules that it imports are no longer there",
        log="ModuleNotFoundError: No module named 'cgi' (or 'distutils', or six.moves)",
        fix="write a version that this Django knows, such as 3.11, into .python-version",
        evidence=django.evidence,
    )


def _loading(source: Source, settings: BuildSettings) -> Obstacle | None:
    for variable in settings.required:
        if variable.name in source.variables:
            continue
        direct = "is not set" in variable.how or _EMPTY_KEY in variable.how
        return Obstacle(
            stage=Stage.LOADING,
            mode="C1" if direct else "C2",
            message=f"the settings cannot be loaded without the variable {variable.name}",
            log=variable.how,
            fix=f"set {variable.name} for the build, or give it a default that only the build uses",
            evidence=(variable.evidence,),
        )
    for evidence in settings.absent_apps:
        module = settings.module.value if isinstance(settings.module, Fact) else None
        return Obstacle(
            stage=Stage.LOADING,
            mode="C4",
            message=f"manage.py chooses {module}, whose app {evidence.note} is not installed in production",
            log=f"ModuleNotFoundError: No module named '{evidence.note}'",
            fix="set DJANGO_SETTINGS_MODULE to the production settings for the build",
            evidence=(evidence, *settings.module.evidence),
        )
    return None


def _running(settings: BuildSettings) -> Obstacle | Unresolved | None:
    if isinstance(settings.staticfiles, Unresolved):
        return settings.staticfiles
    if not settings.staticfiles.value:
        return Obstacle(
            stage=Stage.NO_COMMAND,
            mode=None,
            message="django.contrib.staticfiles is not in INSTALLED_APPS, so that there is no command collectstatic",
            log="Unknown command: 'collectstatic'",
            fix="set DISABLE_COLLECTSTATIC=1, or add django.contrib.staticfiles to INSTALLED_APPS",
            evidence=settings.staticfiles.evidence,
        )
    root, storage = settings.static_root, settings.storage
    if isinstance(root, Fact) and root.value is None and isinstance(storage, Fact) and _is_local(storage.value):
        return Obstacle(
            stage=Stage.COLLECTING,
            mode="C3",
            message="STATIC_ROOT is not set: collectstatic has no folder to write to",
            log="ImproperlyConfigured: You're using the staticfiles app without having set the STATIC_ROOT setting",
            fix='add STATIC_ROOT = BASE_DIR / "staticfiles" to the settings',
            evidence=root.evidence,
        )
    return None


def _is_local(storage: str | None) -> bool:
    return storage is None or storage.startswith(_LOCAL_STORAGES)


def note_start_failure(source: Source, python: str | None, collected: PredictedCollectstatic, notes: Notes) -> None:
    """Note that the project does not start on this Python, N.N.N, where no command of the build has met it before."""
    old = too_old_for(source, python) if python is not None and collected.outcome is Outcome.SKIPPED else None
    if old is None or python is None:
        return
    obstacle = _too_old(old, python)
    notes.fail(
        PredictedFailure(
            id="boot::django-too-old",
            mode=obstacle.mode,
            message=obstacle.message,
            step=Step.BOOT,
            log=obstacle.log,
            fix=obstacle.fix,
            evidence=obstacle.evidence,
        )
    )


def refuses_missing_references(source: Source) -> Fact[str] | None:
    """The storage of static files that fails when a CSS file names a file that is not there."""
    storage = source.facts.django.build_settings.storage if source.facts is not None else None
    if isinstance(storage, Fact) and storage.value is not None and "Manifest" in storage.value:
        return Fact(value=storage.value, evidence=storage.evidence, certainty=storage.certainty)
    return None
