"""No cron runs in a container of the platform."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_CRON = ("django-crontab", "django-cron", "crontab")


def check(ctx: Context) -> RuleOutcome:
    """What cron and its packages for Django run today and the app spec has as jobs; the rest is told by other rules."""
    if not ctx.facts.schedules:
        return not_applicable("nothing in the repository is run at fixed times")
    told = {note.evidence for codes in ctx.notes.values() for note in codes if note.code.startswith("schedule-")}
    by_cron = [s for s in ctx.facts.schedules if s.source in _CRON and s.command and (s.evidence,) not in told]
    jobs = [c for c in ctx.plan.components if c.job_kind == "SCHEDULED"]
    found = fail_all(
        Problem(
            message=f"`{one.name}` is run by {one.source} at {one.cron}, which nothing starts in a container: the app "
            f"spec has it as one of {len(jobs)} scheduled job{'s' * (len(jobs) != 1)}, in a container of its own.",
            evidence=(one.evidence,),
        )
        for one in by_cron[:10]
    )
    return found or passed("the platforms' own files have the schedules")


rule = Rule(
    info=RuleInfo(
        id="cron-in-container",
        title="Commands rely on cron of the machine",
        severity=Severity.ADVICE,
        category=Category.SCHEDULING,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "A container runs one program, and cron is not it: what `manage.py crontab add` or a "
            "crontab installs is never started. A scheduled job starts a container of its own, without "
            "the files that the web process has written."
        ),
        remediation="Keep the scheduled jobs of the emitted app spec, and remove the package.",
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'CRONJOBS = [("0 3 * * *", "django.core.management.call_command", ["clearsessions"])]\n'
                    ),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "app.json": (
                        "{\n"
                        '  "name": "shop",\n'
                        '  "cron": [{"command": "python manage.py clearsessions", "schedule": "0 3 * * *"}]\n'
                        "}\n"
                    ),
                }
            ),
        ),
    ),
    check=check,
)
