"""A project of whose files a buildpack installs from setup.py alone."""

from shlex import quote

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed, with_commands


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; extras that production installs are to be named."""
    found = ctx.predicted("B10")
    extras = ",".join(ctx.facts.dependencies.install.extras)
    if found is None or not extras:
        return found or passed("no buildpack installs from setup.py alone")
    return with_commands(found, f"echo {quote(f'--editable .[{extras}]')} > requirements.txt")


rule = Rule(
    info=RuleInfo(
        id="setup-py-only",
        title="A buildpack installs from setup.py alone",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Where a folder has no requirements.txt, Pipfile.lock, poetry.lock or uv.lock, App Platform's buildpack "
            "takes setup.py and installs in editable mode, with a pyproject.toml beside it or not; newer releases stop "
            "there, and nothing pins what the app runs with. The Dockerfile installs the project as a package."
        ),
        remediation=(
            "Add a requirements.txt that installs the project itself, as that buildpack does today; versions are "
            "pinned by a constraints file."
        ),
        commands=('echo "--editable ." > requirements.txt',),
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
            bad(
                {
                    "setup.py": "from setuptools import setup\n\nsetup()\n",
                    "pyproject.toml": ('[project]\nname = "shop"\nversion = "1.0"\ndependencies = ["Django==5.2.8"]\n'),
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
