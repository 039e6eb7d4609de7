"""A project whose requirements stand in setup.py alone."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("B10") or passed("no buildpack installs from setup.py alone")


rule = Rule(
    info=RuleInfo(
        id="setup-py-only",
        title="Only setup.py says what to install",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "App Platform's buildpack installs a folder with nothing but setup.py in editable mode, newer "
            "releases stop there, and nothing pins what the app runs with. The Dockerfile installs the "
            "project as a package."
        ),
        remediation="List what production installs in requirements.txt, with versions.",
        commands=(
            "pip install pip-tools",
            "pip-compile --output-file requirements.txt setup.py",
        ),
        references=(
            "https://devcenter.heroku.com/articles/python-support",
            "https://github.com/heroku/heroku-buildpack-python/pull/1992",
        ),
        bad=(
            bad(
                {
                    "setup.py": (
                        "from setuptools import setup\n\n"
                        'setup(name="shop", version="1.0", install_requires=["Django==5.2.8"])\n'
                    ),
                    "requirements.txt": None,
                },
                line=1,
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        modes=("B10",),
    ),
    check=check,
)
