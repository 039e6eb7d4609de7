"""buildpack.yml is no longer read."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("B20") or passed("no buildpack.yml")


rule = Rule(
    info=RuleInfo(
        id="buildpack-yml",
        title="buildpack.yml stops the build",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Paketo read buildpack.yml once; its components stop now where there is one. The variables in "
            "project.toml took its place. The Dockerfile reads neither."
        ),
        remediation="Delete buildpack.yml; a version of Python belongs into .python-version.",
        commands=("git rm buildpack.yml",),
        references=(
            "https://paketo.io/docs/howto/python/",
            "https://github.com/paketo-buildpacks/cpython",
        ),
        bad=(bad({"buildpack.yml": "cpython:\n  version: 3.12.*\n"}, line=1),),
        good=(good({".python-version": "3.13\n"}),),
        modes=("B20",),
    ),
    check=check,
)
