"""Commands and times that only a console knows."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned."""
    found = ctx.noted("schedule-not-in-repository")
    if found is None and not ctx.facts.schedules:
        return not_applicable("nothing in the repository is run at fixed times")
    return found or passed("the times of all scheduled commands are in the repository")


rule = Rule(
    info=RuleInfo(
        id="schedule-not-in-repository",
        title="Schedules exist only in a console",
        severity=Severity.RISK,
        category=Category.SCHEDULING,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "Commands of Heroku Scheduler and its like are entered by hand, so neither the repository "
            "nor the emitted app spec has them. After the move nothing runs them, and nothing says so."
        ),
        remediation="Add a SCHEDULED job to the app spec for each of them.",
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",
            "https://devcenter.heroku.com/articles/scheduler",
        ),
        bad=(
            bad(
                {
                    "app.json": ('{\n  "name": "shop",\n  "addons": ["scheduler:standard"]\n}\n'),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "crontab": "0 3 * * * python manage.py clearsessions\n",
                }
            ),
        ),
        notes=("schedule-not-in-repository",),
    ),
    check=check,
)
