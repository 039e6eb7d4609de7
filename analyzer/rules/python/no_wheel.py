"""Without a wheel pip builds from source, where there is one."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """What can be built from source only takes longer; without a source, the installation stops."""
    found = ctx.noted("no-wheel") or ctx.noted("wheel-missing-in-index")
    if found is None:
        return passed("no requirement is known to lack a wheel and a source distribution")
    if not ctx.notes.get("no-wheel"):
        return Failed(problems=tuple(replace(one, severity=Severity.ADVICE) for one in found.problems))
    return found


rule = Rule(
    info=RuleInfo(
        id="no-wheel",
        title="A requirement has no wheel for the Python",
        severity=Severity.BLOCKER,
        category=Category.PYTHON,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "A wheel is built for certain Python versions. For a newer one pip takes the source distribution "
            "and compiles it, for which the image needs compilers and headers; where there is none, the "
            'installation stops with "No matching distribution found".'
        ),
        remediation="Update the package to a release with wheels for this Python, or declare an older Python.",
        commands=("pip download --no-deps --only-binary :all: PACKAGE==VERSION",),
        references=(
            "https://packaging.python.org/en/latest/discussions/package-formats/",
            "https://devguide.python.org/versions/",
        ),
        bad=(
            bad(
                {
                    "requirements.txt": "django==5.1.5\ngunicorn==23.0.0\npsycopg[binary]==3.1.18\n",
                    ".python-version": "3.13\n",
                },
                line=3,
            ),
        ),
        good=(good({".python-version": "3.13\n"}),),
        notes=(
            "no-wheel",
            "wheel-missing-in-index",
        ),
    ),
    check=check,
)
