"""Migrations that a container writes are gone with it."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed


def check(ctx: Context) -> RuleOutcome:
    """Lines of files of a deployment; what only asks whether something is missing (--check) is left out."""
    found = fail_all(
        Problem(
            message=f"{place.path} runs makemigrations, whose files vanish with the container. The emitted commands "
            "run migrate alone: a change of the models without a committed migration no longer reaches the database.",
            evidence=(place,),
        )
        for place in ctx.facts.migrations.made
    )
    return found or passed("no deployment writes migrations")


rule = Rule(
    info=RuleInfo(
        id="makemigrations-at-deploy",
        title="The deployment runs makemigrations",
        severity=Severity.ADVICE,
        category=Category.MIGRATIONS,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "The database remembers the names of migrations that ran. When each deployment writes them "
            "anew, the same name means something else later, or two containers write different ones: "
            "columns are missing, or migrate asks a question that nobody answers. The emitted job runs "
            "migrate alone."
        ),
        remediation="Commit migrations, and take makemigrations out of the deployment.",
        commands=("python manage.py makemigrations --check --dry-run",),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/migrations/#version-control",
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",
        ),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"
                        "release: python manage.py makemigrations && python manage.py migrate --noinput\n"
                    ),
                },
                line=2,
            ),
        ),
        good=(good({}),),
    ),
    check=check,
)
