"""A line of a crontab that the image may not be able to run."""

from dataclasses import replace

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned."""
    found = ctx.noted("schedule-not-understood")
    if found is None and not ctx.facts.schedules:
        return not_applicable("nothing in the repository is run at fixed times")
    if found is None:
        return passed("the image can run every scheduled command")
    return Failed(
        problems=tuple(
            replace(one, severity=Severity.ADVICE, certainty=Certainty.LIKELY) if _is_crontab(one) else one
            for one in found.problems
        )
    )


def _is_crontab(problem: Problem) -> bool:
    """Whether a file of cron has it, which may be that of another machine."""
    return "cron" in problem.evidence[0].path.rpartition("/")[2].lower()


rule = Rule(
    info=RuleInfo(
        id="schedule-not-understood",
        title="A scheduled command is not one of manage.py",
        severity=Severity.RISK,
        category=Category.SCHEDULING,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "No cron runs in a container of App Platform. The app spec gets a job for each scheduled "
            "management command; another command may need programs or files of the old machine, so it "
            "is left out and no longer runs."
        ),
        remediation="Make it a management command, and run the plan again.",
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",
            "https://docs.djangoproject.com/en/stable/howto/custom-management-commands/",
        ),
        bad=(
            bad(
                {
                    "crontab": "0 3 * * * /opt/backup/dump.sh\n",
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
        notes=("schedule-not-understood",),
    ),
    check=check,
)
