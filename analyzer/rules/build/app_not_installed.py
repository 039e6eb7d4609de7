"""INSTALLED_APPS names packages that production does not install."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the planner says; what the image installs with a group of development is no obstacle."""
    absent, needed = ctx.noted("app-not-installed"), ctx.noted("development-group-needed")
    found = (
        *(absent.problems if absent is not None else ()),
        *(replace(one, severity=Severity.ADVICE) for one in (needed.problems if needed is not None else ())),
    )
    return Failed(problems=found) if found else passed("production installs the packages of INSTALLED_APPS")


rule = Rule(
    info=RuleInfo(
        id="app-not-installed",
        title="INSTALLED_APPS names an app that is not installed",
        severity=Severity.BLOCKER,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Django imports every app of INSTALLED_APPS at its start. A package that only the requirements of "
            "development or an extra bring is not in the image, so collectstatic stops the build with "
            "ModuleNotFoundError, and so would every process."
        ),
        remediation=(
            "Take the app out of the settings of production, or add its package to the requirements that "
            "production installs."
        ),
        commands=(
            "# settings of production",
            'INSTALLED_APPS.remove("debug_toolbar")',
        ),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#installed-apps",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\nINSTALLED_APPS = [\n    *INSTALLED_APPS,\n"
                        '    "debug_toolbar",\n]\n'
                    ),
                    "requirements-dev.txt": "-r requirements.txt\ndjango-debug-toolbar==6.0.0\n",
                },
                line=5,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nINSTALLED_APPS = [*INSTALLED_APPS, "debug_toolbar"]\n'
                    ),
                    "requirements.txt": (
                        "dj-database-url==3.1.0\ndjango==5.2.8\ndjango-debug-toolbar==6.0.0\ngunicorn==23.0.0\n"
                        "psycopg[binary]==3.2.13\nredis==7.1.0\nwhitenoise==6.11.0\n"
                    ),
                }
            ),
        ),
        notes=("app-not-installed", "development-group-needed"),
    ),
    check=check,
)
