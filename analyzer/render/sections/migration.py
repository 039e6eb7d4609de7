"""The move as an ordered list of steps: before the cut-over, the data, the cut-over, after it."""

from collections.abc import Iterable, Iterator
from shlex import quote

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.finding import Audit, Effort, Finding, Severity, Undetermined
from analyzer.model.plan import (
    ComponentKind,
    DatabaseEngine,
    DeploymentPlan,
    PlanNote,
    Role,
)
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.statements import counted, listing

_BY_EFFORT = tuple(Effort)
OF_THE_STEPS = ("create-clusters", "secrets-to-set", "values-to-set")
"""Codes of notes that are steps of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStep:
    """One thing to do."""

    title: str
    detail: str = ""
    commands: tuple[str, ...] = ()
    effort: Effort | None = None
    evidence: tuple[Evidence, ...] = ()
    rule: str | None = None
    """Id of the rule whose findings the step settles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Steps that belong together, in their order."""

    title: str
    intent: str
    steps: tuple[MoveStep, ...]


def migration(report: Report) -> tuple[Phase, ...]:
    """The steps of this project's move; none where there is no plan."""
    plan = report.plan
    if plan is None:
        return ()
    return (
        Phase(
            title="Before the cut-over",
            intent="Nothing here touches the running site.",
            steps=tuple(_before(report, plan)),
        ),
        Phase(
            title="Data move",
            intent="The old site stops writing, so that the copy is complete. Rehearse it once, and time it.",
            steps=tuple(_data(report, plan)),
        ),
        Phase(
            title="Cut-over",
            intent="Visitors come to the new app. The old one stays as it is, ready to take over again.",
            steps=tuple(_cut_over(report, plan)),
        ),
        Phase(
            title="After",
            intent="When a day has passed without surprises.",
            steps=tuple(_after(report, plan)),
        ),
    )


# --- before ---------------------------------------------------------------------------------------------------------


def _before(report: Report, plan: DeploymentPlan) -> Iterator[MoveStep]:
    if report.audit is not None:
        yield from _settle(report.audit, Severity.BLOCKER)
        asked = sum(isinstance(one.outcome, Undetermined) for one in report.audit.results)
        if asked:
            yield MoveStep(title=f"Answer {counted(asked, 'question')} of this report", effort=Effort.MINUTES)
        yield from _settle(report.audit, Severity.RISK)
    yield from (_noted(note) for note in _other_notes(plan, report.audit))
    yield MoveStep(
        title="Write the files, and read the difference",
        detail="Dockerfile, .dockerignore and app spec; the reason of each line is in this report.",
        commands=("doctor emit --diff", "doctor emit", "git add -A && git commit -m 'Deploy with a Dockerfile'"),
        effort=Effort.MINUTES,
    )
    yield MoveStep(
        title="Build the image, start it and try it",
        detail="On a machine with Docker, with throw-away services: the same image that the platform builds.",
        commands=("doctor verify --json-out verify.json",),
        effort=Effort.MINUTES,
    )
    clusters = next((note for note in plan.notes if note.code == "create-clusters"), None)
    if clusters is not None:
        yield MoveStep(
            title="Create the database clusters",
            detail="An app spec refers to clusters and does not create them.",
            commands=tuple(clusters.remedy.split("; ")),
            effort=Effort.MINUTES,
            evidence=clusters.evidence,
        )
    for database in plan.databases:
        for extension in database.extensions:
            yield MoveStep(
                title=f"Enable {extension} in {database.name}",
                commands=(f'psql "$NEW_DATABASE_URL" -c "CREATE EXTENSION IF NOT EXISTS {extension}"',),
                effort=Effort.MINUTES,
            )
    yield MoveStep(
        title="Create the app from its spec",
        detail="The first deployment may fail until the secrets are there.",
        commands=("doctl apps create --spec .do/app.yaml --wait",),
        effort=Effort.MINUTES,
    )
    yield from _values(plan)
    yield MoveStep(
        title="Lower the TTL of the DNS records to 300 seconds",
        detail=f"A day ahead, so that nobody keeps the old address for long: {_domains(plan)}.",
        effort=Effort.MINUTES,
    )


def _settle(audit: Audit, severity: Severity) -> Iterator[MoveStep]:
    """A step for each rule with open findings of this severity, the quickest first."""
    by_rule: dict[str, list[Finding]] = {}
    for one in audit.open:
        if one.severity is severity:
            by_rule.setdefault(one.rule, []).append(one)
    for rule_id, found in sorted(
        by_rule.items(), key=lambda one: (_BY_EFFORT.index(audit.rule(one[0]).effort), one[0])
    ):
        info = audit.rule(rule_id)
        yield MoveStep(
            title=f"{severity.value.capitalize()}: {info.title}",
            detail=found[0].remediation,
            effort=info.effort,
            evidence=tuple(dict.fromkeys(one.evidence[0] for one in found)),
            rule=rule_id,
        )


def _other_notes(plan: DeploymentPlan, audit: Audit | None) -> Iterator[PlanNote]:
    """Notes that are neither findings nor steps of their own."""
    lifted = {code for one in audit.results for code in one.rule.notes} if audit is not None else set()
    yield from (note for note in plan.notes if note.code not in lifted and note.code not in OF_THE_STEPS)


def _noted(note: PlanNote) -> MoveStep:
    return MoveStep(
        title=_sentence(note.message), detail=_sentence(note.remedy) if note.remedy else "", evidence=note.evidence
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _values(plan: DeploymentPlan) -> Iterator[MoveStep]:
    given = [*plan.variables, *(one for component in plan.components for one in component.variables)]
    secrets = list(dict.fromkeys(one.name for one in given if one.secret))
    missing = list(dict.fromkeys(one.name for one in given if not one.secret and one.value.value is None))
    if secrets:
        yield MoveStep(
            title=f"Set {counted(len(secrets), 'secret')}",
            detail=f"In the app's settings; never in the app spec of the repository: {listing(secrets)}. "
            "Take a fresh SECRET_KEY only if nobody minds that sessions and reset links end.",
            effort=Effort.MINUTES,
        )
    if missing:
        yield MoveStep(
            title=f"Give {counted(len(missing), 'variable')} a value",
            detail=f"The settings do not load without: {listing(missing)}.",
            effort=Effort.MINUTES,
        )


def _domains(plan: DeploymentPlan) -> str:
    found = [one.domain for one in plan.domains.value] if plan.domains is not None else []
    return listing(found) if found else "whichever names lead to the old site"


# --- data -----------------------------------------------------------------------------------------------------------


def _data(report: Report, plan: DeploymentPlan) -> Iterator[MoveStep]:
    heroku = any(one.source in ("Procfile", "app.json") for one in report.facts.processes)
    workers = any(one.role in (Role.WORKER, Role.BEAT) for one in plan.components)
    yield MoveStep(
        title="Stop writing on the old site",
        detail="A maintenance page; workers and schedulers off" if workers else "A maintenance page",
        commands=(
            ("heroku maintenance:on", *(("heroku ps:scale worker=0 beat=0",) if workers else ())) if heroku else ()
        ),
        effort=Effort.MINUTES,
    )
    if workers:
        yield MoveStep(
            title="Let the queue run empty",
            detail="Tasks that still wait are not copied: Valkey starts empty, caches too.",
            effort=Effort.MINUTES,
        )
    for database in plan.databases:
        if database.engine.value is not DatabaseEngine.VALKEY:
            yield _copy(database.engine.value, database.name, _sqlite(report))
    if not any(one.engine.value is not DatabaseEngine.VALKEY for one in plan.databases):
        yield MoveStep(
            title="Copy the database",
            detail="The plan has no database for the data; see the findings about it.",
            effort=Effort.HOURS,
        )
    if _local_uploads(report):
        yield MoveStep(
            title="Copy the uploads to Spaces",
            detail="From the folder that MEDIA_ROOT names on the old server.",
            commands=("rclone sync --progress MEDIA_ROOT spaces:BUCKET/media",),
            effort=Effort.HOURS,
            evidence=report.facts.django.media.root.evidence[:1],
        )
    yield MoveStep(
        title="Compare the copy with the original",
        detail="Row counts of the largest tables, the newest row of each, and a login on the new address.",
        effort=Effort.MINUTES,
    )


def _copy(engine: DatabaseEngine, name: str, sqlite: bool) -> MoveStep:
    if sqlite:
        return MoveStep(
            title=f"Copy SQLite into {name}",
            detail="As fixtures, after the tables were made there.",
            commands=(
                "python manage.py dumpdata --natural-foreign --natural-primary "
                "--exclude contenttypes --exclude auth.permission --output data.json",
                'DATABASE_URL="$NEW_DATABASE_URL" python manage.py migrate',
                'DATABASE_URL="$NEW_DATABASE_URL" python manage.py loaddata data.json',
            ),
            effort=Effort.HOURS,
        )
    if engine is DatabaseEngine.MYSQL:
        return MoveStep(
            title=f"Copy MySQL into {name}",
            detail="The options for host, user and password stand in two option files.",
            commands=(
                "mysqldump --defaults-extra-file=old.cnf --single-transaction --routines --set-gtid-purged=OFF "
                "DATABASE > dump.sql",
                "mysql --defaults-extra-file=new.cnf DATABASE < dump.sql",
            ),
            effort=Effort.HOURS,
        )
    return MoveStep(
        title=f"Copy PostgreSQL into {name}",
        detail="With programs of the new server's version or a later one; owners and grants stay behind.",
        commands=(
            'pg_dump --format=custom --no-owner --no-privileges --file=dump.pgdump "$OLD_DATABASE_URL"',
            "pg_restore --no-owner --no-privileges --clean --if-exists --jobs=4 "
            '--dbname="$NEW_DATABASE_URL" dump.pgdump',
            'psql "$NEW_DATABASE_URL" -c "ANALYZE"',
        ),
        effort=Effort.HOURS,
    )


def _sqlite(report: Report) -> bool:
    databases = report.facts.django.databases
    if not isinstance(databases, Fact) or "default" not in databases.value:
        return False
    default = databases.value["default"]
    return (default.configured_engine or default.engine or "").endswith("sqlite3")


def _local_uploads(report: Report) -> bool:
    media = report.facts.django.media
    local = isinstance(media.storage, Fact) and str(media.storage.value).endswith("FileSystemStorage")
    return local and not (isinstance(media.root, Fact) and media.root.value in (None, ""))


# --- cut-over -------------------------------------------------------------------------------------------------------


def _cut_over(report: Report, plan: DeploymentPlan) -> Iterator[MoveStep]:
    yield MoveStep(
        title="Deploy once more",
        detail="The migrate job runs first; the deployment fails when it does."
        if any(one.role is Role.MIGRATE for one in plan.components)
        else "",
        commands=('doctl apps create-deployment "$APP_ID" --wait',),
        effort=Effort.MINUTES,
    )
    web = next((one for one in plan.components if one.role is Role.WEB), None)
    check = web.health_check.value.path if web is not None and web.health_check is not None else None
    address = f"https://{plan.app_name.value}.ondigitalocean.app{check or '/'}"
    yield MoveStep(
        title="Look at the app on its own address",
        detail="Log in, upload, send a mail, run a task: what the start alone does not show.",
        commands=(f"curl --fail --silent --show-error --head {quote(address)}",),
        effort=Effort.MINUTES,
    )
    if any(one.role is Role.BEAT for one in plan.components):
        yield MoveStep(
            title="See that one scheduler runs",
            detail="The old one is off before the new one starts: two send every task twice.",
            effort=Effort.MINUTES,
        )
    yield MoveStep(
        title="Point the domain to the app",
        detail=f"{_domains(plan)}: a CNAME record to the app's address, or the name servers of the platform.",
        commands=('doctl apps get "$APP_ID" --format DefaultIngress',),
        effort=Effort.MINUTES,
    )


# --- after ----------------------------------------------------------------------------------------------------------


def _after(report: Report, plan: DeploymentPlan) -> Iterator[MoveStep]:
    running = [one.name for one in plan.components if one.kind in (ComponentKind.SERVICE, ComponentKind.WORKER)]
    yield MoveStep(
        title="Read the logs of each component",
        commands=tuple(f'doctl apps logs "$APP_ID" {quote(name)} --type run --follow' for name in running),
        effort=Effort.MINUTES,
    )
    yield MoveStep(
        title="See that backups are there, and restore one",
        detail="Managed clusters are backed up daily; a restore makes a new cluster.",
        effort=Effort.HOURS,
    )
    yield MoveStep(title="Raise the TTL of the DNS records again", effort=Effort.MINUTES)
    if report.audit is not None:
        yield from _later(report.audit)
    yield MoveStep(
        title="Take the old site down",
        detail="After a last dump, and once nothing asks for it: add-ons and schedulers, too.",
        effort=Effort.MINUTES,
    )


def _later(audit: Audit) -> Iterable[MoveStep]:
    number = sum(one.severity is Severity.ADVICE for one in audit.open)
    if number:
        yield MoveStep(title=f"Go through the advice of this report ({number})", effort=Effort.HOURS)
