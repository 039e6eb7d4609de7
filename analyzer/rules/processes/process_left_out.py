"""Processes that are neither the web process nor workers of a task queue."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, loads, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """The planner leaves them out of the app spec; what the server's own file starts is in its container."""
    if not ctx.facts.processes:
        return not_applicable("no file declares a process")
    found = ctx.noted("process-left-out")
    left = [one for one in found.problems if not loads(ctx, one.evidence[0].path)] if found is not None else []
    return fail_all(left) or passed("each declared process is a component, or starts with the web process")


rule = Rule(
    info=RuleInfo(
        id="process-left-out",
        title="A declared process is not deployed",
        severity=Severity.ADVICE,
        category=Category.PROCESSES,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "The app spec has components for the web process, workers, the scheduler and jobs. What "
            "a file starts beside these, such as a dashboard or a program that watches files, is not "
            "among them."
        ),
        remediation="Add it to the app spec by hand if production needs it.",
        references=("https://docs.digitalocean.com/products/app-platform/reference/app-spec/",),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"
                        "flower: celery -A shop flower\n"
                    )
                },
                line=2,
            ),
        ),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
        notes=("process-left-out",),
    ),
    check=check,
)
