"""Paketo takes uv's group for few build backends."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("B4", once=True) or passed("no buildpack stops at the build backend")


rule = Rule(
    info=RuleInfo(
        id="uv-build-backend",
        title="A buildpack stops at the build backend beside uv.lock",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "With a uv.lock, Paketo's components leave every other package manager out, and take the project "
            "for uv's with some build backends only: those of hatchling, pdm and flit are refused. The "
            "Dockerfile calls uv itself, for which the backend makes no difference."
        ),
        remediation="Move to the Dockerfile that doctor emit writes.",
        commands=("doctor emit",),
        references=(
            "https://paketo.io/docs/howto/python/",
            "https://github.com/paketo-buildpacks/python",
        ),
        bad=(
            bad(
                {
                    "pyproject.toml": (
                        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n'
                        '[project]\nname = "shop"\nversion = "1.0"\nrequires-python = ">=3.12"\n'
                        'dependencies = ["django==5.2.8"]\n'
                    ),
                    "uv.lock": (
                        'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "shop"\nversion = "1.0"\n'
                        'source = { virtual = "." }\ndependencies = [{ name = "django" }]\n\n[[package]]\n'
                        'name = "django"\nversion = "5.2.8"\nsource = { registry = "simple" }\n'
                    ),
                    "requirements.txt": None,
                },
                line=3,
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        modes=("B4",),
    ),
    check=check,
)
