"""With uv the Python version has to stand in .python-version."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed, pin_python, with_commands


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    folder, install = ctx.facts.repository.django_dir or ".", ctx.facts.dependencies.install
    if folder != "." and install.manifests and all(path.startswith(f"{folder}/") for path in install.manifests):
        return passed("uv.lock of the root is not what production installs from")
    found = ctx.predicted("B3", once=True)
    return with_commands(found, *pin_python(ctx)) if found else passed("no buildpack misses a .python-version")


rule = Rule(
    info=RuleInfo(
        id="uv-without-version-file",
        title="uv.lock without a .python-version",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Heroku's buildpacks, App Platform's among them, stop with `python-version-file::not-found`: with "
            "a uv.lock they take the version from .python-version alone and do not read requires-python. The "
            "Dockerfile takes its base image by what pyproject.toml says."
        ),
        remediation="Write the version into .python-version, which the Dockerfile follows as well.",
        commands=("echo 3.13 > .python-version",),
        references=(
            "https://devcenter.heroku.com/articles/python-runtimes",
            "https://github.com/heroku/heroku-buildpack-python",
        ),
        bad=(
            bad(
                {
                    "uv.lock": (
                        'version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "shop"\nversion = "1.0"\n'
                        'source = { virtual = "." }\ndependencies = [{ name = "django" }]\n\n[[package]]\n'
                        'name = "django"\nversion = "5.2.8"\nsource = { registry = "simple" }\n'
                    ),
                    "pyproject.toml": (
                        '[project]\nname = "shop"\nversion = "1.0"\nrequires-python = ">=3.12"\n'
                        'dependencies = ["django==5.2.8"]\n'
                    ),
                    "requirements.txt": None,
                    ".python-version": None,
                },
                line=4,
                path="pyproject.toml",
            ),
        ),
        good=(good({".python-version": "3.13\n"}),),
        modes=("B3",),
    ),
    check=check,
)
