"""Each buildpack reads the version files in its own way."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed, pin_python, with_commands

_NEWER_FIRST = (
    "Delete runtime.txt, and once the project runs on a Python that is still supported, name that in .python-version: "
    "buildpacks refuse one that has ended in any file."
)


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; a runtime.txt goes, another file is written anew.

    A Python that gets no fixes any more is refused in any file.
    """
    found = ctx.predicted("B6", "B7", "B14")
    if found is None:
        return passed("no buildpack stops at a version file")
    old = next((e.path for one in found.problems for e in one.evidence if e.path.endswith("runtime.txt")), None)
    removed = (f"git rm {old}",) if old is not None else ()
    if ctx.notes.get("python-ended"):
        return Failed(
            problems=tuple(replace(one, remediation=_NEWER_FIRST, commands=removed) for one in found.problems)
        )
    return with_commands(found, *pin_python(ctx), *removed)


rule = Rule(
    info=RuleInfo(
        id="version-file-refused",
        title="A buildpack stops at the Python version file",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "runtime.txt stops Heroku's Cloud Native Buildpack whatever it says, and the classic one unless "
            "it is exactly `python-3.13` or `python-3.13.9` in plain text. Google's builder takes all of "
            ".python-version, comments included, for the version. The Dockerfile has the version in its first "
            "line."
        ),
        remediation="Keep one .python-version with nothing but the minor version, and delete runtime.txt.",
        commands=(
            "echo 3.13 > .python-version",
            "git rm runtime.txt",
        ),
        references=(
            "https://devcenter.heroku.com/articles/python-runtimes",
            "https://github.com/heroku/heroku-buildpack-python/pull/1958",
        ),
        bad=(
            bad({"runtime.txt": "python-3.13\n"}, line=1),
            bad({".python-version": "# as on the laptops\n3.13\n"}, line=1),
        ),
        good=(good({".python-version": "3.13\n"}),),
        modes=(
            "B6",
            "B7",
            "B14",
        ),
    ),
    check=check,
)
