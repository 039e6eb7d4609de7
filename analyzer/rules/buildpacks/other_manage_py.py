"""collectstatic is run by the manage.py that a search finds first."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("C5", "C6") or passed("the buildpacks that collect static files find the project's manage.py")


rule = Rule(
    info=RuleInfo(
        id="other-manage-py",
        title="A buildpack takes another manage.py, or none",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Heroku's classic buildpack runs collectstatic with the manage.py that is nearest to the root, "
            "then first by name, at most three folders deep, and passes over links. With an example project "
            "beside the app, that one's static files are collected, or none. The Dockerfile names the folder "
            "of manage.py."
        ),
        remediation=(
            "Move to the Dockerfile that doctor emit writes, which runs collectstatic in the folder of the project."
        ),
        commands=("doctor emit",),
        references=(
            "https://devcenter.heroku.com/articles/django-assets",
            "https://github.com/heroku/heroku-buildpack-python/issues/972",
        ),
        bad=(
            bad(
                {
                    "example/manage.py": (
                        "import os\nimport sys\n\nfrom django.core.management import execute_from_command_line\n"
                        '\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
                        "execute_from_command_line(sys.argv)\n"
                    ),
                    "example/shop/settings.py": 'SECRET_KEY = "x"\n',
                    "server/manage.py": (
                        "import os\nimport sys\n\nfrom django.core.management import execute_from_command_line\n"
                        '\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
                        "execute_from_command_line(sys.argv)\n"
                    ),
                    "server/requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n",
                    "server/shop/settings.py": ('SECRET_KEY = "x"\nINSTALLED_APPS = ["django.contrib.staticfiles"]\n'),
                    "requirements.txt": "-r server/requirements.txt\n",
                    "manage.py": None,
                    "Procfile": None,
                    "shop/__init__.py": None,
                    "shop/defaults.py": None,
                    "shop/health.py": None,
                    "shop/settings.py": None,
                    "shop/urls.py": None,
                    "shop/wsgi.py": None,
                },
                line=1,
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        modes=(
            "C5",
            "C6",
        ),
    ),
    check=check,
)
