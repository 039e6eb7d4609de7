"""Only Heroku has a release phase."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("A11") or passed("no Procfile relies on a release phase")


rule = Rule(
    info=RuleInfo(
        id="release-command-ignored",
        title="The release command does not run",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "`release` in a Procfile is a phase of the platform Heroku. App Platform and other builders list "
            "it as a process that nobody starts, so the migrations never run and the new code meets the old "
            "tables. The emitted app spec runs the command as a pre-deploy job."
        ),
        remediation=(
            "Deploy with the app spec that doctor emit writes: it has the command as a job of kind PRE_DEPLOY."
        ),
        commands=("doctor emit",),
        references=(
            "https://devcenter.heroku.com/articles/release-phase",
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",
        ),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\nrelease: python manage.py migrate --noinput\n"
                    )
                },
                line=2,
            ),
        ),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"}),),
        modes=("A11",),
    ),
    check=check,
)
