"""A buildpack takes a folder without a file that it installs from, installs nothing, and succeeds."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, at_requirements, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    found = ctx.predicted("A1", "A6")
    return at_requirements(ctx, found) if found else passed("every buildpack that takes the folder installs packages")


rule = Rule(
    info=RuleInfo(
        id="nothing-installed",
        title="A buildpack succeeds without installing packages",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Paketo passes over requirements in a folder of their own, Google's builder over Pipenv. The build passes, "
            "and the image has Python alone: the app fails at its start with ModuleNotFoundError. The Dockerfile names "
            "the files that it installs from, so a missing one stops the build."
        ),
        remediation="Move to the Dockerfile that doctor emit writes.",
        commands=("doctor emit",),
        references=("https://paketo.io/docs/howto/python/",),
        bad=(
            bad(
                {
                    "requirements.txt": None,
                    "requirements/production.txt": "django==5.2.8\ngunicorn==23.0.0\n",
                },
                line=1,
                path="requirements/production.txt",
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        modes=("A1", "A6"),
    ),
    check=check,
)
