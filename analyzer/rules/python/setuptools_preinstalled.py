"""setuptools comes with one buildpack unasked."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("E8") or passed("no buildpack brings setuptools unasked")


rule = Rule(
    info=RuleInfo(
        id="setuptools-preinstalled",
        title="setuptools was there without being asked for",
        severity=Severity.ADVICE,
        category=Category.PYTHON,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "With pip on Python 3.12 and older, Heroku's classic buildpack, App Platform's among them, "
            "installs setuptools and wheel. The virtual environment of the Dockerfile has what the "
            "requirements name: code of the project that imports pkg_resources or distutils needs setuptools "
            "among them. The planner adds it for packages that are known to need it."
        ),
        remediation=(
            "Where the code imports pkg_resources, setuptools or distutils, add setuptools to the "
            "requirements, or use importlib."
        ),
        commands=('git grep -nE "pkg_resources|distutils|setuptools" -- "*.py"',),
        references=(
            "https://docs.python.org/3/whatsnew/3.12.html#ensurepip",
            "https://setuptools.pypa.io/en/latest/pkg_resources.html",
        ),
        bad=(bad({".python-version": "3.12\n"}, line=1, path="requirements.txt"),),
        good=(good({".python-version": "3.13\n"}),),
        modes=("E8",),
    ),
    check=check,
)
