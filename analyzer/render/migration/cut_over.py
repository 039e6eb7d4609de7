"""The cut-over, and what is left when it is done."""

from collections.abc import Iterator
from shlex import quote

from analyzer.model.finding import Effort, Severity
from analyzer.model.plan import ComponentKind, DeploymentPlan, Role
from analyzer.model.report import Report
from analyzer.render.migration.before import domains
from analyzer.render.migration.remedies import remedies
from analyzer.render.migration.steps import Step
from analyzer.render.outcomes import groups


def steps_of_cut_over(plan: DeploymentPlan) -> Iterator[Step]:
    """From the last deployment to the domain."""
    migrates = any(one.role is Role.MIGRATE for one in plan.components)
    yield Step(
        text="Deploy once more",
        detail="The job that migrates runs first; the deployment fails when it does." if migrates else "",
        commands=('doctl apps create-deployment "$APP_ID" --wait',),
        effort=Effort.MINUTES,
    )
    web = next((one for one in plan.components if one.role is Role.WEB), None)
    check = web.health_check.value.path if web is not None and web.health_check is not None else None
    yield Step(
        text="Look at the app on its own address",
        detail="Log in, upload a file, send a mail, run a task: what a start alone does not show.",
        commands=(
            'doctl apps get "$APP_ID" --format DefaultIngress',
            f'curl --fail --silent --show-error --head "$APP_URL"{quote(check or "/")}',
        ),
        effort=Effort.MINUTES,
    )
    yield Step(
        text="Point the domain at the new app, and keep the old one until its traffic has ended",
        detail=f"A CNAME record to the app's own address, for {domains(plan)}.",
        effort=Effort.MINUTES,
    )


def steps_after(report: Report) -> Iterator[Step]:
    """What can wait until the move is done."""
    if report.plan is not None:
        running = (ComponentKind.SERVICE, ComponentKind.WORKER)
        names = [one.name for one in report.plan.components if one.kind in running]
        if names:
            yield Step(
                text="Read the logs of each component",
                commands=tuple(f'doctl apps logs "$APP_ID" {quote(name)} --type run' for name in names),
                effort=Effort.MINUTES,
            )
    if report.audit is not None:
        yield from remedies(one for one in groups(report.audit) if one.severity is Severity.ADVICE)
    if report.plan is not None:
        yield Step(text="Raise the TTL of the DNS records again", effort=Effort.MINUTES)
        yield Step(
            text="Switch the old app off and remove its add-ons once backups of the new one are tried",
            effort=Effort.HOURS,
        )
