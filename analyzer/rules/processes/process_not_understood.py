"""Workers whose command needs what a script sets before."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """The planner cannot make a component of such a command."""
    if not ctx.facts.processes:
        return not_applicable("no file declares a process")
    return ctx.noted("process-not-understood") or passed("the command of each process stands for itself")


rule = Rule(
    info=RuleInfo(
        id="process-not-understood",
        title="A process hangs on a shell script",
        severity=Severity.RISK,
        category=Category.PROCESSES,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "A component of the app spec has one command. One that uses variables, loops or "
            "substitutions of the script around it cannot be taken out of it, so that the worker is "
            "not deployed and its work is not done."
        ),
        remediation="Write it as one command into the Procfile, or add the component to the app spec by hand.",
        references=("https://docs.digitalocean.com/products/app-platform/reference/app-spec/",),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"
                        "worker: scripts/work.sh\n"
                    ),
                    "scripts/work.sh": (
                        "#!/bin/sh\nfor queue in fast slow; do\n  python manage.py work $queue\ndone\n"
                    ),
                },
                line=3,
                path="scripts/work.sh",
            ),
        ),
        good=(
            good(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"
                        "worker: python manage.py work fast slow\n"
                    )
                }
            ),
        ),
        notes=("process-not-understood",),
    ),
    check=check,
)
