"""Buildpacks offer supported versions of Python, and of those the newest patches."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed, pin_python, with_commands

_ENDED = (
    "Move to the Dockerfile that doctor emit writes, for which there is still an image. To stay with buildpacks, move "
    "to a Python that is supported, and where Django holds it back, to a newer Django first."
)


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; the image's Python is no way out where it has ended itself."""
    found = ctx.predicted("B5", "B13")
    if found is None:
        return passed("every buildpack that reads the requested version offers it")
    if ctx.notes.get("python-ended") or ctx.notes.get("python-2"):
        problems = (replace(one, remediation=_ENDED, commands=("doctor emit",)) for one in found.problems)
        return Failed(problems=tuple(problems))
    return with_commands(found, *pin_python(ctx))


rule = Rule(
    info=RuleInfo(
        id="python-refused",
        title="A buildpack does not offer the requested Python",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Buildpacks drop Python versions some time after their end of life, and old patch releases; the "
            "build then stops although nothing in the repository changed. The Dockerfile names an official "
            "image of the minor version, which stays available."
        ),
        remediation="Move to a supported Python, and name it without a patch release.",
        commands=("echo 3.13 > .python-version",),
        references=(
            "https://devcenter.heroku.com/articles/python-support",
            "https://devguide.python.org/versions/",
        ),
        bad=(bad({".python-version": "3.8\n", "requirements.txt": "django==4.2.16\ngunicorn==23.0.0\n"}, line=1),),
        good=(good({".python-version": "3.13\n"}),),
        modes=(
            "B5",
            "B13",
        ),
    ),
    check=check,
)
