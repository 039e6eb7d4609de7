"""Detection passes, and then no file says what to install."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("B1", once=True) or passed("every buildpack that takes the folder finds what to install")


rule = Rule(
    info=RuleInfo(
        id="no-package-manager-file",
        title="Buildpacks find no package manager's file",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Heroku's buildpacks take the folder because of manage.py or pyproject.toml, and stop because "
            "none of Pipfile.lock, requirements.txt, poetry.lock and uv.lock is in it. Requirements in a "
            "folder of their own, or in pyproject.toml alone, do not count. The Dockerfile installs from the "
            "files that the project has."
        ),
        remediation=(
            "Move to the Dockerfile that doctor emit writes. As long as buildpacks build the app, add a "
            "requirements.txt that includes the file of production."
        ),
        commands=('echo "-r requirements/production.txt" > requirements.txt',),
        references=(
            "https://devcenter.heroku.com/articles/python-support",
            "https://github.com/heroku/heroku-buildpack-python/issues/755",
        ),
        bad=(
            bad({"requirements/production.txt": "django==5.2.8\ngunicorn==23.0.0\n", "requirements.txt": None}, line=1),
        ),
        good=(
            good(
                {
                    "requirements/production.txt": "django==5.2.8\ngunicorn==23.0.0\n",
                    "requirements.txt": "-r requirements/production.txt\n",
                }
            ),
        ),
        modes=("B1",),
    ),
    check=check,
)
