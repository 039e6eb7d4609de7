"""Django names the Python versions that each release supports."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed, with_commands


def check(ctx: Context) -> RuleOutcome:
    """As the planner says."""
    found = ctx.noted("python-not-supported-by-django")
    return (
        with_commands(found)
        if found
        else passed("Django supports the Python of the image", *ctx.plan.image.python_version.evidence)
    )


rule = Rule(
    info=RuleInfo(
        id="python-not-supported-by-django",
        title="Django does not support the Python of the image",
        severity=Severity.RISK,
        category=Category.PYTHON,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Each Django release supports the Python versions that were there when it came out. On a newer "
            "one it may fail at import, for modules that are gone, or behave differently in places that its "
            "tests did not cover; on an older one pip refuses to install it."
        ),
        remediation="Declare a Python that the pinned Django supports, or update Django.",
        commands=("echo 3.12 > .python-version",),
        references=("https://docs.djangoproject.com/en/stable/faq/install/#what-python-version-can-i-use-with-django",),
        bad=(bad({".python-version": "3.14\n", "requirements.txt": "django==4.2.16\ngunicorn==23.0.0\n"}, line=1),),
        good=(good({".python-version": "3.13\n"}),),
        notes=("python-not-supported-by-django",),
    ),
    check=check,
)
