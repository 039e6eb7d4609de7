"""The Python that a buildpack takes unasked is too new or too old for the pinned Django."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed, pin_python, with_commands

_PAKETO = "pack build shop --builder paketobuildpacks/builder-jammy-base"
_ENDED = (
    "Move to the Dockerfile that doctor emit writes. The Python of this project has ended, and builders drop those: to "
    "stay with buildpacks, move to one that is supported, and where Django holds it back, to a newer Django first."
)


def check(ctx: Context) -> RuleOutcome:
    """What is only told of files that are not read is no failure."""
    found = ctx.predicted_to_fail("B11", "B12")
    if found is None:
        return passed("no buildpack runs Django on a Python that it cannot use")
    if ctx.notes.get("python-ended"):
        return Failed(
            problems=tuple(replace(one, remediation=_ENDED, commands=("doctor emit",)) for one in found.problems)
        )
    return with_commands(found, *_commands(ctx))


def _commands(ctx: Context) -> tuple[str, ...]:
    """Paketo reads a variable alone, the others a file."""
    failing = {one.buildpack for one in ctx.predictions for case in one.failures if case.mode in ("B11", "B12")}
    version = ctx.plan.image.python_version.value
    paketo = (f"{_PAKETO} --env BP_CPYTHON_VERSION={version}",) if "paketo" in failing else ()
    return (*(pin_python(ctx) if failing - {"paketo"} else ()), *paketo)


rule = Rule(
    info=RuleInfo(
        id="default-python-unfit",
        title="Django fails on the Python that a buildpack takes",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Where a buildpack reads no version, its default moves with its releases: Django before 4.1 "
            "imports modules that Python 3.12 and 3.13 removed, and Django 6.0 needs 3.12, while Paketo's "
            "default is 3.11. pip or the start fails. The Dockerfile names a Python that the pinned Django "
            "supports."
        ),
        remediation=(
            "Move to the Dockerfile that doctor emit writes. As long as buildpacks build the app, name a "
            "Python that Django supports."
        ),
        commands=("echo 3.12 > .python-version",),
        references=(
            "https://docs.djangoproject.com/en/stable/faq/install/",
            "https://devcenter.heroku.com/articles/python-runtimes",
            "https://github.com/paketo-buildpacks/cpython/issues/207",
        ),
        bad=(bad({"requirements.txt": "django==4.0.3\ngunicorn==23.0.0\n", ".python-version": None}, line=1),),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        modes=(
            "B11",
            "B12",
        ),
    ),
    check=check,
)
