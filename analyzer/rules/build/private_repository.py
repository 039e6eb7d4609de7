"""A requirement that is cloned over ssh."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the planner says."""
    return ctx.noted("private-repository") or passed("no requirement is cloned over ssh")


rule = Rule(
    info=RuleInfo(
        id="private-repository",
        title="A requirement is cloned over ssh",
        severity=Severity.BLOCKER,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "The build on the platform has no ssh key, and a key in the Dockerfile would stay in a layer: git "
            'answers "Permission denied (publickey)" or "Host key verification failed", and the installation '
            "stops."
        ),
        remediation=(
            "Install the package from an index or from a wheel in the repository; where its repository is "
            "public, use its https address."
        ),
        commands=(
            "# requirements.txt",
            "PACKAGE @ git+https://github.com/OWNER/PACKAGE@COMMIT",
        ),
        references=("https://pip.pypa.io/en/stable/topics/vcs-support/",),
        bad=(
            bad(
                {
                    "requirements.txt": (
                        "django==5.2.8\ngunicorn==23.0.0\n"
                        "shop-theme @ git+ssh://git@github.com/shop-example/theme.git@1f6a0d2c9f0b6a1d5f5f3c0a9d8e7b6c5a4f3e2d\n"
                    )
                },
                line=3,
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        notes=("private-repository",),
    ),
    check=check,
)
