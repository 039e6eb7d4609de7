"""Commands of a release that a job before a deployment must not run."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned; makemigrations has a rule of its own."""
    found = ctx.noted("release-command-left-out")
    others = (
        [one for one in found.problems if not one.message.startswith("`makemigrations`")] if found is not None else []
    )
    return fail_all(others) or passed("the pre-deploy job runs what a release runs today")


rule = Rule(
    info=RuleInfo(
        id="release-command-left-out",
        title="The pre-deploy job leaves out a command",
        severity=Severity.ADVICE,
        category=Category.PLATFORM,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Before each release a job runs the commands that today's release runs. One that deletes "
            "data, asks somebody, or needs what only a script knows is left out of it, so whatever it "
            "did is not done any more."
        ),
        remediation=("Run it by hand in the console of the app, or make it a management command without questions."),
        references=("https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"
                        "release: python manage.py migrate --noinput && python manage.py flush --noinput\n"
                    ),
                },
                line=2,
            ),
        ),
        good=(good({}),),
        notes=("release-command-left-out",),
    ),
    check=check,
)
