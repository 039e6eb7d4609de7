"""Folders of the source that processes must be able to write to, as the source belongs to root."""

import posixpath
from collections.abc import Iterator, Mapping

from analyzer.model.evidence import Evidence, Fact, RepoPath
from analyzer.model.facts import Plain, ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Decision, PlanNote
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.image_places import ROOT, absolute, is_inside
from analyzer.plan.storage import Keeper, media_storage

OVERRIDE = "image.writable"
SQLITE = ("sqlite3", "spatialite")


def plan_writable(
    facts: ProjectFacts, context: RepoPath, overrides: Overrides
) -> tuple[Decision[tuple[RepoPath, ...]], tuple[PlanNote, ...]]:
    """Uploads, log files and SQLite databases that the settings put below the source, relative to the context."""
    found: dict[RepoPath, Evidence] = {}
    notes: list[PlanNote] = []
    django_dir = facts.repository.django_dir or "."
    for folder, evidence, note in (*_uploads(facts), *_logs(facts), *_databases(facts)):
        path = _inside(folder, context)
        if not folder.startswith(("/", "<", "..")) and not is_inside(folder, django_dir):
            # A setting may also be relative to the folder that processes start in.
            beside = _inside(posixpath.join(django_dir, folder), context)
            if beside is not None:
                found.setdefault(beside, evidence)
        if note is not None:
            notes.append(note)
        if path is not None:
            found.setdefault(path, evidence)
        elif not absolute(folder, context).startswith(("/tmp", "/dev")):
            notes.append(_outside(absolute(folder, context), evidence))
    rule = (
        "the settings write here; the folders are empty again after each deployment"
        if found
        else "the settings write nothing below the source, which belongs to root"
    )
    decision = decide(tuple(sorted(found)), rule, *found.values(), override=OVERRIDE)
    return overridden(decision, overrides.image.writable, overrides), tuple(notes)


def database_in_temporary_folder(facts: ProjectFacts, context: RepoPath) -> bool:
    """Whether SQLite's file is below /tmp, where the image's user may write without being given anything."""
    return any(absolute(folder, context).startswith("/tmp") for folder, _, _ in _databases(facts))


def _inside(folder: str, context: RepoPath) -> RepoPath | None:
    """A folder of the settings, relative to the context; None for one elsewhere."""
    path = absolute(folder, context)
    if path == ROOT:
        return "."
    return path.removeprefix(f"{ROOT}/") if path.startswith(f"{ROOT}/") else None


def _uploads(facts: ProjectFacts) -> Iterator[tuple[str, Evidence, PlanNote | None]]:
    root = facts.django.media.root
    store = media_storage(facts)
    if not isinstance(root, Fact) or not root.value or store.keeper is not Keeper.CONTAINER:
        return
    note = PlanNote(
        code="uploads-in-container",
        message="uploads go to a folder of the container and are lost with the next deployment",
        evidence=root.evidence[:1],
        remedy="keep them in Spaces: django-storages as the default storage",
    )
    yield root.value, root.evidence[0], note


def _logs(facts: ProjectFacts) -> Iterator[tuple[str, Evidence, PlanNote | None]]:
    files = facts.django.logging_files
    for name in files.value if isinstance(files, Fact) else ():
        note = PlanNote(
            code="log-file",
            message=f"logging writes to {name}, which nobody sees on the platform",
            evidence=files.evidence[:1],
            remedy="log to the console: the platform keeps standard output",
        )
        yield name.rpartition("/")[0] or ".", files.evidence[0], note


def _databases(facts: ProjectFacts) -> Iterator[tuple[str, Evidence, PlanNote | None]]:
    """Of SQLite, which writes its journal beside the file, where the deployment can have no other database."""
    databases = facts.django.databases
    setting = facts.django.settings.get("DATABASES")
    if not isinstance(databases, Fact) or setting is None:
        return
    for alias, database in databases.value.items():
        engine = database.configured_engine or database.engine or ""
        name = _file(setting.configured, alias) or _file(setting.bare, alias)
        if engine.endswith(SQLITE) and ":memory:" not in name and name:
            yield name.rpartition("/")[0] or ".", databases.evidence[0], None  # the plan of the databases says it


def _file(databases: Plain, alias: str) -> str:
    """The NAME of an alias; empty where it is not known."""
    entry = databases.get(alias) if isinstance(databases, Mapping) else None
    name = entry.get("NAME") if isinstance(entry, Mapping) else None
    return name if isinstance(name, str) else ""


def _outside(folder: str, evidence: Evidence) -> PlanNote:
    unless = f" ({evidence.note})" if evidence.note.startswith("unless ") else ""
    return PlanNote(
        code="folder-outside-source",
        message=f"the settings write to {folder}{unless}, where the image's user cannot: it is no part of the source",
        evidence=(evidence,),
        remedy="put it below BASE_DIR, or below /tmp",
    )
