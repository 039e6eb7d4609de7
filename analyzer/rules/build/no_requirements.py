"""No file says what to install."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the planner says."""
    return ctx.noted("no-requirements") or passed("files say what production installs")


rule = Rule(
    info=RuleInfo(
        id="no-requirements",
        title="No file says which packages the project needs",
        severity=Severity.BLOCKER,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "Buildpacks and the Dockerfile install what a file of the repository names. There is none, so the "
            "image has Python alone, and the build stops where Django is first imported."
        ),
        remediation="List what production needs in requirements.txt, with versions.",
        commands=("pip freeze --exclude-editable > requirements.txt",),
        references=(
            "https://pip.pypa.io/en/stable/cli/pip_freeze/",
            "https://pip.pypa.io/en/stable/reference/requirements-file-format/",
        ),
        bad=(bad({"requirements.txt": None}, line=1, path="manage.py"),),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        notes=("no-requirements",),
    ),
    check=check,
)
