"""Google's builder takes a folder with a package.json for Node.js."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("A5") or passed("no buildpack takes the project for one of another language")


rule = Rule(
    info=RuleInfo(
        id="nodejs-instead",
        title="package.json makes it a build of Node.js",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Google's builder asks its groups of Node.js before those of Python. A package.json in the "
            "folder, be it for style sheets only, makes it a Node.js build without a Procfile: neither Python "
            "packages nor Django are in the image. The Dockerfile builds Python, and the front end in a stage "
            "of its own."
        ),
        remediation=(
            "Move to the Dockerfile that doctor emit writes. As long as this builder is used, add a Procfile."
        ),
        commands=("doctor emit",),
        references=(
            "https://cloud.google.com/docs/buildpacks/python",
            "https://github.com/GoogleCloudPlatform/buildpacks/issues/45",
        ),
        bad=(bad({"package.json": '{"name": "shop", "private": true}\n', "Procfile": None}, line=1),),
        good=(good({"package.json": '{"name": "shop", "private": true}\n'}),),
        modes=("A5",),
    ),
    check=check,
)
