"""Files of several package managers in one folder."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("B9") or passed("one package manager has its files here")


rule = Rule(
    info=RuleInfo(
        id="two-package-managers",
        title="Files of two package managers",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "With several of Pipfile.lock, requirements.txt, poetry.lock and uv.lock in a folder, App "
            "Platform's buildpack installs from the first in that order, which may be the outdated one, and "
            "newer buildpacks stop. The Dockerfile installs from one of them, and says which."
        ),
        remediation="Delete the file that production does not install from.",
        commands=("git rm requirements.txt",),
        references=(
            "https://devcenter.heroku.com/articles/python-support",
            "https://github.com/heroku/heroku-buildpack-python/issues/1691",
        ),
        bad=(
            bad(
                {
                    "poetry.lock": (
                        '[metadata]\nlock-version = "2.0"\npython-versions = ">=3.12"\ncontent-hash = "0"\n'
                    ),
                    "pyproject.toml": (
                        '[tool.poetry]\nname = "shop"\nversion = "1.0"\ndescription = ""\nauthors = []\n\n'
                        '[tool.poetry.dependencies]\npython = ">=3.12"\ndjango = "5.2.8"\n'
                    ),
                },
                line=1,
                path="requirements.txt",
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        modes=("B9",),
    ),
    check=check,
)
