"""Packages of conda in an image without conda."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """What pip cannot install may be needed; the rest depends on whether its index has the version."""
    left_out = ctx.noted("conda-packages-left-out")
    by_pip = ctx.noted("conda-packages-by-pip")
    if left_out is None:
        return by_pip or passed("nothing is installed by conda alone")
    risks = (replace(one, severity=Severity.RISK) for one in left_out.problems)
    return Failed(problems=(*risks, *(by_pip.problems if by_pip is not None else ())))


rule = Rule(
    info=RuleInfo(
        id="conda-environment",
        title="The requirements are those of conda",
        severity=Severity.ADVICE,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "The image has the official Python and pip, not conda: its packages are installed by pip under "
            "the same names, whose index may lack a version, and what is no Python package is left out. "
            "Buildpacks do not read environment.yml at all, but for Paketo's."
        ),
        remediation=(
            "List what production needs in a requirements file with versions; Debian packages belong into "
            "image.system_packages."
        ),
        commands=("pip freeze --exclude-editable > requirements.txt",),
        references=(
            "https://pip.pypa.io/en/stable/reference/requirements-file-format/",
            "https://docs.conda.io/projects/conda/en/latest/user-guide/tasks/manage-environments.html",
        ),
        bad=(
            bad(
                {
                    "environment.yml": (
                        "name: shop\nchannels: [conda-forge]\ndependencies:\n  - python=3.13\n  - django=5.2.8\n"
                        "  - gunicorn=23.0.0\n"
                    ),
                    "requirements.txt": None,
                    ".python-version": None,
                },
                line=5,
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        notes=(
            "conda-packages-by-pip",
            "conda-packages-left-out",
        ),
    ),
    check=check,
)
