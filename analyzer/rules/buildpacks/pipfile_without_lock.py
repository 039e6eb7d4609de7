"""Heroku's buildpacks stop at a Pipfile without a lock file."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("B8") or passed("no Pipfile lacks its lock file")


rule = Rule(
    info=RuleInfo(
        id="pipfile-without-lock",
        title="Pipfile without Pipfile.lock stops the build",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "A Pipfile makes Heroku's classic buildpack, App Platform's among them, ask for Pipfile.lock, "
            "whatever other requirements stand beside it. The Dockerfile installs from the file that "
            "production uses."
        ),
        remediation=("Commit Pipfile.lock, or delete the Pipfile where requirements.txt is what production installs."),
        commands=(
            "pipenv lock",
            "git add Pipfile.lock",
        ),
        references=(
            "https://devcenter.heroku.com/articles/python-support",
            "https://github.com/heroku/heroku-buildpack-python/pull/1833",
        ),
        bad=(bad({"Pipfile": '[packages]\ndjango = "==5.2.8"\n'}, line=1),),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        modes=("B8",),
    ),
    check=check,
)
