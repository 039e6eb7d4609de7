"""Pins that fail at import on the Python of the image."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the planner says."""
    return ctx.noted("pin-breaks-on-python") or passed("no pin is known to fail on the Python of the image")


rule = Rule(
    info=RuleInfo(
        id="pin-breaks-on-python",
        title="A pinned package does not run on the Python",
        severity=Severity.BLOCKER,
        category=Category.PYTHON,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The pinned release imports modules that this Python no longer has, or is otherwise known to fail "
            "on it. pip installs it without a word; the app fails at its start."
        ),
        remediation="Update the package, or declare an older Python.",
        commands=("pip install --upgrade PACKAGE",),
        references=(
            "https://docs.python.org/3/whatsnew/3.12.html#removed",
            "https://devguide.python.org/versions/",
        ),
        bad=(
            bad(
                {
                    "requirements.txt": "django==5.1.2\ngunicorn==23.0.0\nurllib3==1.26.4\n",
                    ".python-version": "3.12\n",
                },
                line=3,
            ),
        ),
        good=(
            good({".python-version": "3.13\n"}),
            good(
                {
                    "requirements.txt": "django==5.1.2\ngunicorn==23.0.0\nurllib3==1.26.5\n",
                    ".python-version": "3.12\n",
                }
            ),
        ),
        notes=("pin-breaks-on-python",),
    ),
    check=check,
)
