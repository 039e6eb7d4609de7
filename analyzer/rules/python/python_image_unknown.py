"""An image is built on an official one of Python."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the planner says."""
    found = ctx.noted("python-unknown")
    return found or passed("there is an official image of the Python", *ctx.plan.image.python_version.evidence)


rule = Rule(
    info=RuleInfo(
        id="python-image-unknown",
        title="No official image of the requested Python is known",
        severity=Severity.BLOCKER,
        category=Category.PYTHON,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "The Dockerfile begins with an official image of the Python that the project asks for. For this "
            "version none is known, so the build stops at its first line."
        ),
        remediation="Declare a version that has an official image, or name another image that has Python.",
        commands=(
            "# pyproject.toml",
            "[tool.doctor.image]",
            'python_version = "3.13"',
        ),
        references=(
            "https://github.com/docker-library/official-images/blob/master/library/python",
            "https://devguide.python.org/versions/",
        ),
        bad=(bad({".python-version": "3.2\n", "requirements.txt": "gunicorn==19.10.0\n"}, line=1),),
        good=(good({".python-version": "3.13\n"}),),
        notes=("python-unknown",),
    ),
    check=check,
)
