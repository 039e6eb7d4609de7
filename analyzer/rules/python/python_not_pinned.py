"""No file that a build reads says which Python production runs on."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.prediction import BuildpackPrediction
from analyzer.rules.base import Context, Rule, bad, fail, good, known, passed, pin_python

_WITH_THE_IMAGE = (
    "Write the version into .python-version together with the Dockerfile: buildpacks refuse a Python some time after "
    "its end, and stop at a file that asks for it."
)


def check(ctx: Context) -> RuleOutcome:
    """A range is an answer: the newest Python in it is taken."""
    wanted = ctx.facts.dependencies.python_version
    if known(wanted):
        return passed("a file says which Python production runs on", *wanted.evidence)
    defaults = sorted({one.python.resolved for one in ctx.predictions if _is_default(one)} - {None}, key=str)
    image = ctx.plan.image.python_version
    message = f"No file that a build reads says which Python production runs on: the image takes {image.value}"
    if defaults:
        message += f", buildpacks their defaults ({', '.join(map(str, defaults))})"
    remedy = _WITH_THE_IMAGE if ctx.notes.get("python-ended") else None
    return fail(f"{message}.", *_places(ctx), remediation=remedy, commands=pin_python(ctx))


def _is_default(prediction: BuildpackPrediction) -> bool:
    return bool(prediction.detected.value) and prediction.python.origin == "default"


def _places(ctx: Context) -> tuple[Evidence, ...]:
    """Django's requirement, by which the image's Python is chosen, and where buildpacks miss a version."""
    told = ctx.predicted("E7", "B16")
    places = [place for one in (told.problems if told is not None else ()) for place in one.evidence]
    return tuple(dict.fromkeys([*ctx.plan.image.python_version.evidence, *places]))


rule = Rule(
    info=RuleInfo(
        id="python-not-pinned",
        title="No file that a build reads says which Python to take",
        severity=Severity.ADVICE,
        category=Category.PYTHON,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Buildpacks then take a default, which moves with their releases, and Heroku's keeps that of the "
            "first build in the build cache: the repository alone cannot tell what is deployed. The "
            "Dockerfile pins the newest Python that Django supports and the pins have wheels for, which may "
            "not be the one in use today."
        ),
        remediation=(
            "Write the version that is deployed today into .python-version; `python --version` in a console "
            "of the app tells it."
        ),
        commands=("echo 3.13 > .python-version",),
        references=(
            "https://devcenter.heroku.com/articles/python-runtimes",
            "https://github.com/GoogleCloudPlatform/buildpacks/issues/602",
        ),
        bad=(bad({".python-version": None}, line=1, path="manage.py"),),
        good=(good({".python-version": "3.13\n"}),),
        modes=(
            "E7",
            "B16",
        ),
    ),
    check=check,
)
