"""manage.py's own settings are those that a buildpack's collectstatic loads."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    module, modules = ctx.facts.django.build_settings.module, ctx.facts.django.settings_modules
    served = {one.value for one in (modules.wsgi, modules.asgi) if isinstance(one, Fact) and one.value}
    if isinstance(module, Fact) and module.value in served:
        return passed("manage.py chooses the settings that are served", *module.evidence)
    return ctx.predicted("C4") or passed("manage.py chooses settings whose apps production installs", *module.evidence)


rule = Rule(
    info=RuleInfo(
        id="development-settings-at-build",
        title="The build loads settings for development",
        severity=Severity.ADVICE,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "A buildpack runs manage.py without DJANGO_SETTINGS_MODULE. Its default are the settings "
            "for development, whose apps production does not install, so collectstatic ends with "
            "ModuleNotFoundError. The Dockerfile names the production settings."
        ),
        remediation=("Set DJANGO_SETTINGS_MODULE for the build, or move to the Dockerfile that doctor emit writes."),
        references=("https://devcenter.heroku.com/articles/django-assets",),
        bad=(
            bad(
                {
                    "shop/local.py": ('from shop.settings import *\n\nINSTALLED_APPS += ["debug_toolbar"]\n'),
                    "manage.py": (
                        "import os\n"
                        "import sys\n"
                        "\n"
                        "from django.core.management import execute_from_command_line\n"
                        "\n"
                        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.local")\n'
                        "execute_from_command_line(sys.argv)\n"
                    ),
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nimport os\n\nREDIS_URL = os.environ.get("REDIS_URL", "")\n'
                    ),
                    "shop/defaults.py": (
                        'SECRET_KEY = "only-for-tests"\n'
                        'INSTALLED_APPS = ["django.contrib.staticfiles"]\n'
                        'STATIC_URL = "static/"\n'
                        'STATIC_ROOT = "collected"\n'
                    ),
                    "requirements-dev.txt": ("-r requirements.txt\ndjango-debug-toolbar==6.0.0\n"),
                },
                line=3,
            ),
        ),
        good=(good({}),),
        modes=("C4",),
    ),
    check=check,
)
