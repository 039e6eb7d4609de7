"""Without a lock file two builds of one commit differ."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the planner says."""
    return ctx.noted("no-lock-file") or passed("what the package managers install is locked, or named with versions")


rule = Rule(
    info=RuleInfo(
        id="no-lock-file",
        title="A package manager has no lock file",
        severity=Severity.RISK,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "The manifest names ranges, and each build takes the newest releases that they allow, those of "
            "indirect dependencies included. A build of the same commit can fail or behave differently "
            "tomorrow, and going back to an older commit does not bring back its packages."
        ),
        remediation=("Commit the lock file that the package manager writes; the Dockerfile installs from it then."),
        commands=(
            "uv lock",
            "git add uv.lock",
        ),
        references=(
            "https://docs.astral.sh/uv/concepts/projects/sync/",
            "https://docs.npmjs.com/cli/configuring-npm/package-lock-json",
        ),
        bad=(
            bad(
                {
                    "pyproject.toml": (
                        '[tool.poetry]\nname = "shop"\nversion = "1.0"\ndescription = ""\nauthors = []\n\n'
                        '[tool.poetry.dependencies]\npython = ">=3.12,<4.0"\ndjango = "^5.2"\n'
                        'gunicorn = "^23.0"\n'
                    ),
                    "requirements.txt": None,
                },
                line=1,
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        notes=("no-lock-file",),
    ),
    check=check,
)
