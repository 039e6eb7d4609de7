"""Jobs: what a release does before its containers start, and what runs at fixed times."""

import re
from dataclasses import replace
from textwrap import shorten

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.existing import ScheduledCommand
from analyzer.model.facts import Process, ProcessType
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.overrides import ComponentOverrides
from analyzer.model.plan import ComponentKind, Decision, PlanNote, Role, Schedule
from analyzer.plan.commands import Command, management_command, parse_command, split_commands
from analyzer.plan.components import App, Planned, Wanted, build, existing_of
from analyzer.plan.cron import SHORTEST, spaced_out, without_minutes
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.sources import file_called
from analyzer.plan.storage import Keeper, static_storage
from analyzer.plan.tables import table

MIGRATE = "python manage.py migrate --noinput"
_ANSWERS = lazy_pattern(r"yes\b[^|]*\|\s*")
"""`yes | command`: in a job nobody is asked."""
MAX_SAID = 80
"""Characters of a command in a note."""
WIPES = "deletes the data"
LAPTOP = "is for a laptop: it writes files or asks somebody"
AFTER = ("POST_DEPLOY", "FAILED_DEPLOY")
FIRM_SOURCES = ("Procfile", "heroku.yml", "app spec", "fly.toml", "render.yaml", "app.json")
"""Files of platforms: of their release commands every one counts, of other files the management commands alone."""


def plan_release(app: App) -> Planned:
    """The pre-deploy job: the release commands that belong there, with the migrations; none without a database."""
    uploads = static_storage(app.facts).keeper in (Keeper.S3, Keeper.OTHER)
    chosen = _chosen(app)
    commands, evidence, notes = _release_commands(app, chosen, uploads)
    if not app.databases and not uploads:
        return Planned(notes=tuple(notes))
    file = next((file_called(process.source) for process in chosen), None)
    rule = f"as {file} does at a release" if file is not None else "Django's own command"
    migrates = any("migrate" in ((management_command(c) or "") if isinstance(c, Command) else c) for c in commands)
    texts = [c.text if isinstance(c, Command) else c for c in commands]
    if app.databases and not migrates:
        texts.insert(0, _migrate(app))
        if len(texts) > 1:
            rule += ", and the migrations, which it leaves to somebody"
    if uploads and not any("collectstatic" in text for text in texts):
        texts.append("python manage.py collectstatic --noinput")
        rule += "; collectstatic uploads, so it runs here and not while the image is built"
    existing = next((job for job in app.existing("jobs") if job.job_kind == "PRE_DEPLOY"), None)
    name = existing.name if existing is not None else "migrate"
    wanted = Wanted(
        name=name,
        otherwise="migrate",
        kind=ComponentKind.JOB,
        role=Role.MIGRATE,
        because="migrations run once before a release, not in every container that starts",
        evidence=evidence,
        command=decide(" && ".join(dict.fromkeys(texts)), rule, *evidence),
        existing=existing,
        size="a job costs only while it runs: the smallest size",
    )
    planned = build(app, wanted)
    components = tuple(replace(component, job_kind="PRE_DEPLOY") for component in planned.components)
    return replace(planned, components=components, notes=(*notes, *planned.notes))


def plan_other_jobs(app: App) -> Planned:
    """The jobs of the existing spec that run after a deployment."""
    planned = Planned()
    for existing in app.existing("jobs"):
        command = parse_command(existing.run_command or "", app.variables)
        if existing.job_kind not in AFTER or command is None:
            continue
        wanted = Wanted(
            name=existing.name,
            otherwise="after-deploy",
            kind=ComponentKind.JOB,
            role=Role.OTHER,
            because="the existing app spec has this job",
            evidence=(existing.evidence,),
            command=decide(command.text, "as the existing app spec has it", existing.evidence),
            existing=existing,
            size="a job costs only while it runs: the smallest size",
        )
        built = build(app, wanted)
        components = tuple(replace(component, job_kind=existing.job_kind) for component in built.components)
        planned = planned.plus(replace(built, components=components))
    return planned


def plan_scheduled(app: App) -> Planned:
    """A job for each command that some file has run at fixed times; at least 15 minutes lie between two runs."""
    planned = Planned()
    for scheduled in app.facts.schedules:
        if not scheduled.command:
            planned = planned.plus(Planned(notes=(_outside(scheduled),)))
            continue
        command = parse_command(scheduled.command, app.variables)
        if command is None or not _can_run(command, scheduled):
            planned = planned.plus(Planned(notes=(_not_ours(scheduled),)))
            continue
        planned = planned.plus(_scheduled(app, scheduled, command))
    return planned


def _scheduled(app: App, scheduled: ScheduledCommand, command: Command) -> Planned:
    notes: list[PlanNote] = []
    cron, rule = scheduled.cron, f"as {file_called(scheduled.source)} has it"
    if not spaced_out(cron):
        cron = without_minutes(cron)
        rule = f"{file_called(scheduled.source)} has {scheduled.cron}, but jobs run at most every {SHORTEST} minutes"
        notes.append(_too_often(scheduled))
    existing = existing_of(app, "jobs", scheduled)
    wanted = Wanted(
        name=scheduled.name,
        otherwise="scheduled",
        kind=ComponentKind.JOB,
        role=Role.SCHEDULED,
        because=f"{file_called(scheduled.source)} has it run at fixed times, and no cron runs in a container",
        evidence=(scheduled.evidence,),
        command=decide(command.text, f"as {file_called(scheduled.source)} has it", scheduled.evidence),
        existing=existing,
        size="a job costs only while it runs: the smallest size",
    )
    planned = build(app, wanted)
    components = []
    for component in planned.components:
        configured = app.overrides.components.get(component.name, ComponentOverrides())
        key = f"components.{component.name}.schedule"
        decision = decide(
            Schedule(cron=cron, time_zone=_time_zone(app, scheduled)), rule, scheduled.evidence, override=key
        )
        wanted_cron = None if configured.schedule is None else replace(decision.value, cron=configured.schedule)
        schedule: Decision[Schedule] = overridden(decision, wanted_cron, app.overrides)
        components.append(replace(component, job_kind="SCHEDULED", schedule=schedule))
    return replace(planned, components=tuple(components), notes=(*notes, *planned.notes))


def _release_commands(
    app: App, chosen: list[Process], uploads: bool
) -> tuple[list[Command | str], tuple[Evidence, ...], list[PlanNote]]:
    """The release commands that belong into the job, the lines that have them, and what was left out."""
    rows = table("commands")["release"]
    kept: list[Command | str] = []
    notes: list[PlanNote] = []
    evidence: list[Evidence] = []
    for process in chosen:
        evidence.append(process.evidence)
        for text in split_commands(process.command):
            text = _ANSWERS.sub("", text)
            command = parse_command(text, app.variables)
            if command is None:
                if process.source in FIRM_SOURCES:
                    kept.append(text)
                else:
                    notes.append(_left_out(process, text, "needs what only its script knows"))
                continue
            name = management_command(command)
            if re.match(rows["waits"], name or command.program):
                continue
            if name in rows["wipes"] or name in rows["laptop"]:
                notes.append(_left_out(process, name or "", WIPES if name in rows["wipes"] else LAPTOP))
            elif name in rows["collected"] and not (uploads and name == "collectstatic"):
                continue
            elif (target := app.facts.dependencies.install.scripts.get(command.program)) is not None:
                kept.append(_without_installation(command, target))
            elif name is not None or (process.source in FIRM_SOURCES and command.program not in rows["programs"]):
                kept.append(command)
    return kept, tuple(evidence), notes


def _without_installation(command: Command, target: str) -> Command:
    """A program of the project's own, as the image runs it, which has the project's source and not the program."""
    module, _, function = target.partition(":")
    if module.endswith(".__main__"):
        words: tuple[str, ...] = ("-m", module.removesuffix(".__main__"))
    else:
        first = function.partition(".")[0]
        words = ("-c", f"import sys; from {module} import {first}; sys.exit({function}())")
    return Command(before=command.before, program="python", arguments=(*words, *command.arguments))


def _chosen(app: App) -> list[Process]:
    """The release processes of the kind of file that is first: all of them together are one release.

    Those that migrate come first, as the others may stand in scripts that wait for them.
    """
    after = {job.name for job in app.existing("jobs") if job.job_kind in AFTER}
    found = [
        p
        for p in app.facts.processes
        if p.type is ProcessType.RELEASE and not (p.source == "app spec" and p.name in after)
    ]
    first = [p for p in found if p.source == found[0].source]
    return sorted(first, key=lambda process: "migrate" not in process.command)


def _migrate(app: App) -> str:
    apps = app.facts.django.installed_apps
    names = apps.value if isinstance(apps, Fact) else ()
    return next((command for name, command in table("commands")["migrate"].items() if name in names), MIGRATE)


def _can_run(command: Command, scheduled: ScheduledCommand) -> bool:
    """Whether the image has what the command needs: Django, or whatever a platform's own file names."""
    return management_command(command) is not None or scheduled.source in FIRM_SOURCES


def _time_zone(app: App, scheduled: ScheduledCommand) -> str:
    """The declared zone; that of Django for its own cron packages, which run in it."""
    setting = app.facts.django.settings.get("TIME_ZONE")
    if scheduled.time_zone:
        return scheduled.time_zone
    own = scheduled.source in ("django-crontab", "django-cron")
    return setting.bare if own and setting is not None and isinstance(setting.bare, str) else "UTC"


def _left_out(process: Process, name: str, reason: str) -> PlanNote:
    return PlanNote(
        code="release-command-left-out",
        message=f"`{name}` of the release {reason}, so the job does not run it",
        evidence=(process.evidence,),
        remedy="commit migrations, and run one-off commands in the console of the app",
    )


def _outside(scheduled: ScheduledCommand) -> PlanNote:
    return PlanNote(
        code="schedule-not-in-repository",
        message=f"the commands and times of {scheduled.source} stand in its console, not in the repository",
        evidence=(scheduled.evidence,),
        remedy="add a SCHEDULED job to the app spec for each of them, at least 15 minutes apart",
    )


def _not_ours(scheduled: ScheduledCommand) -> PlanNote:
    return PlanNote(
        code="schedule-not-understood",
        message=f"`{shorten(scheduled.command, MAX_SAID)}` runs at {scheduled.cron}, but is no management command: "
        "no job runs it",
        evidence=(scheduled.evidence,),
        remedy="where it is the app's work, make it a management command; no cron runs in a container",
    )


def _too_often(scheduled: ScheduledCommand) -> PlanNote:
    return PlanNote(
        code="schedule-too-often",
        message=f"`{scheduled.name}` runs at {scheduled.cron}: jobs run at most every {SHORTEST} minutes",
        evidence=(scheduled.evidence,),
        remedy="let Celery beat send it, or a worker that sleeps between two runs",
    )
