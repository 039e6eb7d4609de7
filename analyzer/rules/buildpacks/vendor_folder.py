"""Paketo installs offline where there is a folder vendor/."""

from dataclasses import replace

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """A folder has no lines, so its first file is shown."""
    found = ctx.predicted("B19")
    if found is None:
        return passed("no folder vendor/ in the root makes an installation offline")
    return Failed(problems=tuple(replace(one, evidence=(_file_of(ctx, one), *one.evidence)) for one in found.problems))


def _file_of(ctx: Context, problem: Problem) -> Evidence:
    folder = problem.evidence[0].path
    inside = (path for path in ctx.facts.repository.paths if path.startswith(f"{folder}/"))
    return Evidence(path=next(inside, folder))


rule = Rule(
    info=RuleInfo(
        id="vendor-folder",
        title="A folder vendor/ makes Paketo install offline",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Paketo's pip takes a folder vendor/ in the root for the packages and installs from it alone, "
            "without an index. A folder of style sheets or scripts with that name stops the build. For the "
            "Dockerfile the name means nothing."
        ),
        remediation=(
            "Move to the Dockerfile that doctor emit writes. As long as Paketo builds the app, give the "
            "folder another name."
        ),
        commands=("doctor emit",),
        references=(
            "https://paketo.io/docs/howto/python/",
            "https://github.com/paketo-buildpacks/pip-install",
        ),
        bad=(bad({"vendor/README.md": "Style sheets of others.\n"}, line=1),),
        good=(good({"shop/static/vendor/README.md": "Style sheets of others.\n"}),),
        modes=("B19",),
    ),
    check=check,
)
