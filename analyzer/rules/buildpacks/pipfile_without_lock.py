"""Heroku's buildpacks stop at a Pipfile without a lock file."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed, track, with_commands

_LOCK = "Pipfile.lock"


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; a lock beside another file to install from would stop newer ones as well."""
    found = ctx.predicted("B8")
    if found is None:
        return passed("no Pipfile lacks its lock file")
    others = [path for path in ctx.facts.dependencies.install.manifests if path == "requirements.txt"]
    if not others:
        return with_commands(found, "pipenv lock", *(track(ctx, _LOCK) or (f"git add {_LOCK}",)))
    remedy = (
        f"Move to the Dockerfile that doctor emit writes, which installs from {others[0]} and leaves the Pipfile to "
        "developers. For buildpacks, keep it off the branch that they build: a lock file stops newer ones."
    )
    return Failed(problems=tuple(replace(one, remediation=remedy, commands=("doctor emit",)) for one in found.problems))


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
        remediation="Commit Pipfile.lock, or delete the Pipfile where requirements.txt is what production installs.",
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
