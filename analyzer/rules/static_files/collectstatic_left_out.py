"""Builders that know nothing of Django, or look for manage.py elsewhere, collect no static files."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.model.prediction import BuildpackPrediction, Step
from analyzer.rules.absent_modules import absent_module
from analyzer.rules.base import Context, Rule, bad, good, passed

_FILES = ("project.toml", "buildpack.yml", "cloudbuild.yaml")
"""Files of pack and of Google Cloud Build."""


def check(ctx: Context) -> RuleOutcome:
    """Paketo and Google never collect: that is told where somebody asks for them by a file of theirs."""
    if ctx.notes.get("static-root-missing"):
        return passed("STATIC_ROOT is not set, which is a finding of its own")
    found = ctx.predicted("A7") if any(map(_passes_over, ctx.predictions)) else None
    found = found or (ctx.predicted("A8") if _built_by_others(ctx) else None)
    module = absent_module(ctx)
    if found is not None and module is not None:
        remedy = (
            f"Move to the Dockerfile that doctor emit writes, and add {module} to the repository: without it the "
            "settings do not load, and collectstatic fails there."
        )
        return Failed(
            problems=tuple(replace(one, remediation=remedy, commands=rule.info.commands) for one in found.problems)
        )
    return found or passed("the buildpacks that Django projects are built with find manage.py, or it is in the root")


def _passes_over(prediction: BuildpackPrediction) -> bool:
    """Whether the build gets as far as to pass over static files."""
    steps = list(Step)
    return any(one.mode == "A7" for one in prediction.failures) and all(
        steps.index(one.step) >= steps.index(Step.COLLECTSTATIC) for one in prediction.failures
    )


def _built_by_others(ctx: Context) -> bool:
    return any(path.rpartition("/")[2] in _FILES for path in ctx.facts.repository.paths)


rule = Rule(
    info=RuleInfo(
        id="collectstatic-left-out",
        title="A buildpack passes over collectstatic",
        severity=Severity.ADVICE,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "The build passes and the site has no styles: Heroku's Cloud Native Buildpack looks for "
            "manage.py in the root alone, and Paketo and Google have no step for static files. The "
            "Dockerfile runs collectstatic where manage.py is."
        ),
        remediation="Move to the Dockerfile that doctor emit writes.",
        commands=("doctor emit",),
        references=(
            "https://github.com/heroku/buildpacks-python",
            "https://paketo.io/docs/howto/python/",
        ),
        bad=(
            bad(
                {
                    "manage.py": None,
                    "site/manage.py": (
                        "import os\n"
                        "import sys\n"
                        "\n"
                        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
                        "\n"
                        "from django.core.management import execute_from_command_line\n"
                        "\n"
                        "execute_from_command_line(sys.argv)\n"
                    ),
                    "site/shop/settings.py": (
                        'SECRET_KEY = "x"\n'
                        'INSTALLED_APPS = ["django.contrib.staticfiles"]\n'
                        'STATIC_URL = "static/"\n'
                        'STATIC_ROOT = "collected"\n'
                    ),
                    "site/shop/__init__.py": "",
                },
                line=1,
                path="site/manage.py",
            ),
        ),
        good=(good({}),),
        modes=(
            "A7",
            "A8",
        ),
    ),
    check=check,
)
