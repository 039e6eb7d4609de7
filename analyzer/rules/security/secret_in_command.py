"""A secret in the arguments of a process, for which the emitted files have asterisks."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """The planner leaves it out of the emitted command."""
    return ctx.noted("secret-in-command") or passed("no command of a component holds a secret")


rule = Rule(
    info=RuleInfo(
        id="secret-in-command",
        title="A command holds a secret",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The emitted files never repeat a secret, so that three asterisks stand in its place and "
            "the component does not work. In the repository it is known to everybody who can read it."
        ),
        remediation="Put it into a variable, set that as a secret of the app, and let the command read it.",
        references=("https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/",),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"
                        "worker: python manage.py listen --password kV7qhT2mZp94\n"
                    )
                },
                line=2,
            ),
        ),
        good=(
            good(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"
                        "worker: python manage.py listen --password $QUEUE_PASSWORD\n"
                    )
                }
            ),
        ),
        notes=("secret-in-command",),
        security=True,
    ),
    check=check,
)
