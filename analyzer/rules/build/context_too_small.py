"""The build cannot read what lies outside its context."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the planner says."""
    return ctx.noted("context-too-small") or passed("the build context has what the build reads")


rule = Rule(
    info=RuleInfo(
        id="context-too-small",
        title="The build context lacks files that the build reads",
        severity=Severity.BLOCKER,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "A builder gets one folder and sees nothing outside it. The configured context lacks a file that "
            "the installation or the app needs, so COPY or the installer stops the build."
        ),
        remediation="Set image.context to a folder that holds all that the build reads, or leave it out.",
        commands=(
            "# pyproject.toml",
            "[tool.doctor.image]",
            'context = "."',
        ),
        references=(
            "https://docs.docker.com/build/concepts/context/",
            "https://docs.digitalocean.com/products/app-platform/reference/app-spec/",
        ),
        bad=(bad({"pyproject.toml": '[tool.doctor.image]\ncontext = "backend"\n'}, line=1, path="manage.py"),),
        good=(good({"pyproject.toml": '[tool.doctor.image]\ncontext = "."\n'}),),
        notes=("context-too-small",),
    ),
    check=check,
)
