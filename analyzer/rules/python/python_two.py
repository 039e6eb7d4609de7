"""Python 2 cannot be moved as it is."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the planner says."""
    return ctx.noted("python-2") or passed("the project runs on Python 3", *ctx.plan.image.python_version.evidence)


rule = Rule(
    info=RuleInfo(
        id="python-two",
        title="The project runs on Python 2",
        severity=Severity.BLOCKER,
        category=Category.PYTHON,
        area=Area.BUILD,
        effort=Effort.DAYS,
        rationale=(
            "Python 2.7 has had no fixes since 2020, no buildpack offers it, and it lacks the venv module "
            "with which the Dockerfile keeps its packages: the image does not build."
        ),
        remediation="Port the project to Python 3, then declare the version.",
        commands=("echo 3.13 > .python-version",),
        references=(
            "https://docs.python.org/3/howto/pyporting.html",
            "https://docs.djangoproject.com/en/stable/faq/install/",
        ),
        bad=(bad({".python-version": "2.7\n", "requirements.txt": "django==1.11.29\ngunicorn==19.10.0\n"}, line=1),),
        good=(good({".python-version": "3.13\n"}),),
        notes=("python-2",),
        security=True,
    ),
    check=check,
)
