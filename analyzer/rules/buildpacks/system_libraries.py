"""Python buildpacks install no Debian packages."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """One finding for each requirement, by its line."""
    return ctx.predicted("D") or passed("the images of the buildpacks have what the requirements need")


rule = Rule(
    info=RuleInfo(
        id="system-libraries",
        title="Buildpacks lack system libraries that packages need",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "No Python buildpack installs Debian packages from the repository. Where its image lacks the "
            "headers, pip cannot build the package and the build fails; where it lacks the library or "
            "program, the import or the call fails at run time. The Dockerfile installs both, each in the "
            "stage that needs it."
        ),
        remediation=(
            "Move to the Dockerfile that doctor emit writes, which names the Debian packages and because of "
            "which requirement each is there."
        ),
        commands=("doctor emit",),
        references=(
            "https://devcenter.heroku.com/articles/stack-packages",
            "https://docs.digitalocean.com/products/app-platform/reference/buildpacks/python/",
        ),
        bad=(bad({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\nmysqlclient==2.2.7\n"}, line=3),),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        modes=("D",),
    ),
    check=check,
)
