"""DISABLE_COLLECTSTATIC is a switch of one buildpack."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("C8") or passed("nothing relies on DISABLE_COLLECTSTATIC")


rule = Rule(
    info=RuleInfo(
        id="collectstatic-switch",
        title="DISABLE_COLLECTSTATIC is not honoured everywhere",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "The variable tells Heroku's classic buildpack to leave collectstatic out. The Cloud Native one "
            "runs it all the same and fails with the build where the settings cannot be loaded. In the "
            "Dockerfile, collectstatic is a line of its own, with values of the variables that the settings "
            "need."
        ),
        remediation=(
            "Delete the variable when the app moves to the Dockerfile; where static files are not to be "
            "collected, tell doctor."
        ),
        commands=(
            "# pyproject.toml",
            "[tool.doctor.image]",
            "collectstatic = false",
        ),
        references=(
            "https://devcenter.heroku.com/articles/django-assets",
            "https://github.com/heroku/buildpacks-python/issues/109",
        ),
        bad=(bad({"app.json": '{\n  "env": {\n    "DISABLE_COLLECTSTATIC": "1"\n  }\n}\n'}, line=3),),
        good=(good({"app.json": '{\n  "env": {\n    "WEB_CONCURRENCY": "2"\n  }\n}\n'}),),
        modes=("C8",),
    ),
    check=check,
)
