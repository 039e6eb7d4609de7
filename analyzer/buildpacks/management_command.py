"""What `manage.py collectstatic` meets during a build, where no variable is set but those of the platform."""

from enum import StrEnum

from analyzer.buildpacks.django_python import TooOld, too_old_for
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.wording import listed
from analyzer.model.evidence import Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import BuildSettings
from analyzer.model.prediction import Outcome, PredictedCollectstatic, PredictedFailure, Step
from analyzer.model.quick_dataclass import dataclass

_LOCAL_STORAGES = ("django.contrib.staticfiles.", "django.core.files.storage.", "whitenoise.")


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
    return _loading(source, settings) or _running(source, settings)


def _too_old(old: TooOld, python: str) -> Obstacle:
    return Obstacle(
        stage=Stage.LOADING,
        mode="B11",
        message=f"Django {old.django.value} does not start on Python {python}, which no longer has what it imports",
        log=old.log,
        fix=old.change("ask for Python {newest}, as with the line {newest} in .python-version"),
        evidence=old.django.evidence,
    )


def _loading(source: Source, settings: BuildSettings) -> Obstacle | None:
    missing = [variable for variable in settings.required if variable.name not in source.variables]
    if missing:
        names = listed([variable.name for variable in missing])
        them = "it a default" if len(missing) == 1 else "them defaults"
        return Obstacle(
            stage=Stage.LOADING,
            mode="C1" if missing[0].direct else "C2",
            message=f"the settings cannot be loaded without the variable{'s' * (len(missing) > 1)} {names}",
            log=missing[0].how,
            fix=f"set {names} for the build, or give {them} that only the build uses",
            evidence=tuple(dict.fromkeys(v.evidence for v in missing)),
        )
    if settings.refusal is not None:
        return Obstacle(
            stage=Stage.LOADING,
            mode="C2",
            message="the settings refuse to be loaded, whatever variables are set",
            log=settings.refusal.note,
            fix="put what the settings ask for into the repository, or let them load without it",
            evidence=(settings.refusal,),
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


def _running(source: Source, settings: BuildSettings) -> Obstacle | Unresolved | None:
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
            log="django.core.exceptions.ImproperlyConfigured: You're using the staticfiles app without having set the"
            " STATIC_ROOT setting to a filesystem path.",
            fix=f"add the line `{_static_root_line(source)}` to the settings",
            evidence=root.evidence,
        )
    return None


def _static_root_line(source: Source) -> str:
    """A line that sets STATIC_ROOT, with the settings' own BASE_DIR, be it text or a path."""
    base = source.facts.django.settings.get("BASE_DIR") if source.facts is not None else None
    if base is None or not base.evidence:
        return 'STATIC_ROOT = "staticfiles"'
    lines = (source.repository.text(base.evidence[0].path) or "").split("\n")
    written = lines[base.evidence[0].line - 1 : base.evidence[0].line]
    if any("os.path" in line for line in written):
        return 'STATIC_ROOT = os.path.join(BASE_DIR, "staticfiles")'
    return 'STATIC_ROOT = BASE_DIR / "staticfiles"'


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
