"""Jobs run at most every 15 minutes."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned."""
    found = ctx.noted("schedule-too-often")
    if found is None and not ctx.facts.schedules:
        return not_applicable("nothing in the repository is run at fixed times")
    return found or passed("at least 15 minutes lie between two runs of each command")


rule = Rule(
    info=RuleInfo(
        id="schedule-too-often",
        title="A schedule is shorter than 15 minutes",
        severity=Severity.RISK,
        category=Category.SCHEDULING,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "App Platform runs a scheduled job no more often than every 15 minutes. The emitted app "
            "spec has the command every quarter of an hour instead, so whatever relies on it waits "
            "longer."
        ),
        remediation="Let Celery beat send it, or a worker that sleeps between two runs.",
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",
            "https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html",
        ),
        bad=(
            bad(
                {
                    "crontab": "*/5 * * * * python manage.py send_mail\n",
                },
                line=1,
            ),
        ),
        good=(
            good(
                {
                    "crontab": "0 3 * * * python manage.py clearsessions\n",
                }
            ),
        ),
        notes=("schedule-too-often",),
    ),
    check=check,
)
