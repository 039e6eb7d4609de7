"""Management commands that run while the image is built: compilemessages and collectstatic."""

from collections.abc import Mapping
from dataclasses import replace

from analyzer.model.evidence import Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import BuildSettings, ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Decision, ManagementCommand, PlanNote
from analyzer.plan.decisions import CONFIGURED, decide
from analyzer.plan.image_places import ROOT, absolute
from analyzer.plan.image_variables import library_paths
from analyzer.plan.storage import Keeper, static_storage

COLLECTSTATIC = "python manage.py collectstatic --noinput"
COMPILEMESSAGES = "python manage.py compilemessages"
_MODES = {"FILE_UPLOAD_PERMISSIONS": 0o004, "FILE_UPLOAD_DIRECTORY_PERMISSIONS": 0o005}
"""What others need of a file and of a folder (django/core/files/storage/filesystem.py; static files go through it)."""
UNKNOWN = "the settings of production are not known: "


def plan_compilemessages(facts: ProjectFacts, overrides: Overrides, debian: str) -> Decision[ManagementCommand | None]:
    """Where sources of translations have no compiled file beside them in the repository."""
    key, configured = "image.compilemessages", overrides.image.compilemessages
    answer = facts.django.compilemessages
    needed = isinstance(answer, Fact) and answer.value
    if configured is not None:
        return configured_command(facts, overrides, debian, key, COMPILEMESSAGES, runs=configured)
    if not needed:
        note = answer.evidence[0].note if answer.evidence else ""
        return decide(None, f"no translation is to be compiled: {note}", *answer.evidence[:1], override=key)
    rule = "translations are committed without their compiled .mo files, which Django reads"
    return decide(build_command(facts, overrides, debian, COMPILEMESSAGES), rule, *answer.evidence, override=key)


def plan_collectstatic(
    facts: ProjectFacts, overrides: Overrides, context: RepoPath, debian: str
) -> tuple[Decision[ManagementCommand | None], tuple[PlanNote, ...]]:
    """In the image, since containers share no disk; the pre-deploy job does it where static files go to a store."""
    key, configured = "image.collectstatic", overrides.image.collectstatic
    settings = facts.django.image_settings
    if configured is not None:
        return configured_command(facts, overrides, debian, key, COLLECTSTATIC, runs=configured), ()
    if (unknown := unknown_settings(facts)) is not None:
        note = PlanNote(
            code="settings-not-known",
            message=f"collectstatic is left out of the image: {unknown.removeprefix(UNKNOWN)}",
            evidence=settings.module.evidence,
            remedy=f"give the build the settings module, then set {key} = true",
        )
        return decide(None, unknown, *settings.module.evidence, override=key), (note,)
    if isinstance(settings.staticfiles, Fact) and not settings.staticfiles.value:
        rule = "django.contrib.staticfiles is not installed, so there is no collectstatic"
        return decide(None, rule, *settings.staticfiles.evidence[:1], override=key), ()
    store = static_storage(facts)
    if store.keeper in (Keeper.S3, Keeper.OTHER) and not store.switched_on:
        rule = f"static files go to a store ({store.backend}) out of a build's reach: the pre-deploy job collects them"
        return decide(None, rule, *store.evidence[:2], override=key), ()
    if isinstance(settings.static_root, Fact) and not settings.static_root.value:
        note = PlanNote(
            code="static-root-missing",
            message="STATIC_ROOT is not set, so collectstatic would stop: the image is made without it",
            evidence=settings.static_root.evidence[:1],
            remedy="set STATIC_ROOT to a folder below BASE_DIR in the settings of production",
        )
        return decide(None, "STATIC_ROOT is not set", *settings.static_root.evidence[:1], override=key), (note,)
    rule = "static files are collected while the image is built, as containers share no disk"
    folder = _static_root(settings, context)
    closed = _closed(facts)
    if folder is not None and closed:
        rule += "; the settings close them to other users, and the processes are not root"
    command = replace(
        build_command(facts, overrides, debian, COLLECTSTATIC),
        outside=() if folder is None or folder == ROOT or folder.startswith(f"{ROOT}/") else (folder,),
        unreadable=(folder,) if folder is not None and closed else (),
    )
    places = (*settings.static_root.evidence[:1], *settings.module.evidence[:1], *closed)
    decision = decide(command, rule, *places, override=key)
    return decision, tuple(_notes(facts, overrides))


def configured_command(
    facts: ProjectFacts, overrides: Overrides, debian: str, key: str, command: str, *, runs: bool
) -> Decision[ManagementCommand | None]:
    """A command that runs, or does not, since the configuration says so under `key`."""
    value = build_command(facts, overrides, debian, command) if runs else None
    return decide(value, CONFIGURED, overrides.place(key), override=key)


def unknown_settings(facts: ProjectFacts) -> str | None:
    """Why no management command can run in the image: the settings of production are not known. None where it can."""
    settings = facts.django.image_settings
    if isinstance(settings.module, Unresolved) or (isinstance(settings.debug, Unresolved) and _is_outside(settings)):
        reason = settings.debug.reason if isinstance(settings.debug, Unresolved) else "no settings module is known"
        return f"{UNKNOWN}{reason}"
    return None


def _static_root(settings: BuildSettings, context: RepoPath) -> str | None:
    """STATIC_ROOT in the image; None where it is not known."""
    answer = settings.static_root
    value = answer.value if isinstance(answer, Fact) else None
    return absolute(value, context) if value else None


def _closed(facts: ProjectFacts) -> tuple[Evidence, ...]:
    """The settings of modes that keep other users from reading what Django writes, static files included."""
    found = ((facts.django.settings.get(name), needed) for name, needed in _MODES.items())
    return tuple(
        setting.evidence[0]
        for setting, needed in found
        if setting is not None
        and isinstance(setting.bare, int)
        and setting.bare & needed != needed
        and setting.evidence
    )


def _is_outside(settings: BuildSettings) -> bool:
    """Whether the settings could not be read at all."""
    return isinstance(settings.static_root, Unresolved) and isinstance(settings.staticfiles, Unresolved)


def build_command(facts: ProjectFacts, overrides: Overrides, debian: str, command: str) -> ManagementCommand:
    """A command of manage.py with a throw-away value for each variable that the settings of production require."""
    settings = facts.django.image_settings
    evidence = tuple(variable.evidence for variable in settings.required)
    return ManagementCommand(
        command=command, variables=_variables(facts, settings, overrides, debian), evidence=evidence
    )


def _variables(facts: ProjectFacts, settings: BuildSettings, overrides: Overrides, debian: str) -> Mapping[str, str]:
    """What names the settings, what turns DEBUG off, and a throw-away value for each variable that they require."""
    throwaway = {variable.name: variable.dummy or "throwaway" for variable in settings.required}
    known = {variable.name: variable.value for variable in library_paths(facts, debian)}
    given = {**throwaway, **known, **overrides.image.build_environment}
    return {**facts.django.entry_variables, **settings.debug_off, **given}


def _notes(facts: ProjectFacts, overrides: Overrides) -> list[PlanNote]:
    settings = facts.django.image_settings
    notes = []
    refused = [v for v in settings.required if v.dummy is None and v.name not in overrides.image.build_environment]
    if refused:
        names = ", ".join(v.name for v in refused)
        notes.append(
            PlanNote(
                code="build-variable-unknown",
                message=f"the settings need a value of {names} that could not be made up: collectstatic may stop",
                evidence=tuple(v.evidence for v in refused),
                remedy=f"set image.build_environment.{refused[0].name} to a value without a secret that they accept",
            )
        )
    if isinstance(settings.debug, Fact) and settings.debug.value:
        notes.append(
            PlanNote(
                code="debug-on",
                message="DEBUG is on in the settings of production, and no variable turns it off",
                evidence=settings.debug.evidence[:1],
                remedy="set DEBUG = False in the settings of production",
            )
        )
    notes += [
        PlanNote(
            code="app-not-installed",
            message=f"INSTALLED_APPS names {absent.note}, which production's requirements do not install",
            evidence=(absent,),
            remedy="take it out of the settings of production, or add its package to the requirements",
        )
        for absent in settings.absent_apps
    ]
    return notes
