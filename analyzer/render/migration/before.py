"""Before the move: repairs, files, clusters, the app, its secrets."""

from collections.abc import Iterator

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Audit, Effort, Severity
from analyzer.model.plan import DeploymentPlan
from analyzer.model.report import Report
from analyzer.render.migration.remedies import remedies
from analyzer.render.migration.steps import Step
from analyzer.render.outcomes import groups, questions, unlifted_codes
from analyzer.render.statements import counted, listing

CLUSTERS = "create-clusters"
"""Code of the plan's note whose remedy is a command for each cluster."""
STEPS_OF_THEIR_OWN = frozenset({CLUSTERS, "secrets-to-set", "values-to-set", "uploads-in-container"})
"""Codes of notes that other steps speak of."""


def steps_before(report: Report) -> Iterator[Step]:
    """What stops the move or puts data at risk first, then all that can be made ready."""
    audit, plan = report.audit, report.plan
    if audit is not None:
        yield from remedies(one for one in groups(audit) if one.severity is not Severity.ADVICE)
        yield from _questions(audit)
    if plan is not None:
        yield from _notes(plan, audit)
        yield from _files()
        yield from _clusters(plan)
        yield from _app(plan)


def _questions(audit: Audit) -> Iterator[Step]:
    asked = questions(audit)
    if asked:
        places: Iterator[Evidence] = (place for one in asked for place in one.asked.evidence[:1])
        yield Step(text=f"Answer {counted(len(asked), 'question')}", effort=Effort.MINUTES, evidence=tuple(places))


def _notes(plan: DeploymentPlan, audit: Audit | None) -> Iterator[Step]:
    codes = [code for code in unlifted_codes(plan, audit) if code not in STEPS_OF_THEIR_OWN]
    for note in plan.notes:
        if note.code in codes:
            detail = f"Because {note.message}." if note.remedy else ""
            yield Step(text=_sentence(note.remedy or note.message), detail=detail, evidence=note.evidence)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _files() -> Iterator[Step]:
    yield Step(
        text="Write the deployment files and commit them",
        detail="Dockerfile, .dockerignore and app spec. Each decision in them can be changed by a key of the "
        "configuration.",
        commands=("doctor emit --diff", "doctor emit"),
        effort=Effort.MINUTES,
    )
    yield Step(
        text="Build and boot them on a laptop",
        detail="With Docker and throw-away services: the image is the one that the platform builds.",
        commands=("doctor verify",),
        effort=Effort.MINUTES,
    )


def _clusters(plan: DeploymentPlan) -> Iterator[Step]:
    note = next((one for one in plan.notes if one.code == CLUSTERS), None)
    if note is not None:
        yield Step(
            text="Create the database clusters",
            detail="An app spec refers to clusters and does not create them.",
            commands=tuple(note.remedy.split("; ")),
            effort=Effort.MINUTES,
            evidence=note.evidence,
        )
    for database in plan.databases:
        for extension in database.extensions:
            yield Step(
                text=f"Enable {extension} in {database.name}",
                commands=(f'psql "$NEW_DATABASE_URL" -c "CREATE EXTENSION IF NOT EXISTS {extension}"',),
                effort=Effort.MINUTES,
            )


def _app(plan: DeploymentPlan) -> Iterator[Step]:
    given = [*plan.variables, *(one for component in plan.components for one in component.variables)]
    missing = list(dict.fromkeys(one.name for one in given if not one.secret and one.value.value is None))
    if missing:
        yield Step(
            text=f"Give {counted(len(missing), 'variable')} a value in the app spec",
            detail=f"The settings do not load without {listing(missing)}.",
            effort=Effort.MINUTES,
        )
    yield Step(
        text="Create the app from the spec",
        detail="Its first deployment fails while secrets are missing.",
        commands=("doctl apps create --spec .do/app.yaml",),
        effort=Effort.MINUTES,
    )
    secrets = list(dict.fromkeys(one.name for one in given if one.secret))
    if secrets:
        yield Step(
            text=f"Set {counted(len(secrets), 'secret')} in the app's settings: {listing(secrets)}",
            detail="With the values of the old site: sessions, reset links and encrypted fields end with their keys.",
            effort=Effort.MINUTES,
        )
    yield Step(
        text="Lower the TTL of the DNS records to 300 seconds",
        detail=f"A day ahead, so that no resolver keeps the old address for long: {domains(plan)}.",
        effort=Effort.MINUTES,
    )


def domains(plan: DeploymentPlan) -> str:
    """The names that visitors use."""
    found = [one.domain for one in plan.domains.value] if plan.domains is not None else []
    return listing(found) if found else "the names that lead to the old site"
