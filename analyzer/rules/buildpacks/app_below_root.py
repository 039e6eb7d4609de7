"""At the root of the repository nothing looks like Python."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted."""
    return ctx.predicted("B2", once=True) or passed(
        "the root of the repository has the files by which buildpacks know Python"
    )


rule = Rule(
    info=RuleInfo(
        id="app-below-root",
        title="Buildpacks do not take the root of the repository",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Buildpacks look at one folder. The root has none of the files that make it a Python app; the "
            'project is in a folder below, so the build stops with "no buildpack" until the app\'s source '
            "directory is set. The emitted app spec names the folder, and the Dockerfile copies from it."
        ),
        remediation=("Deploy with the app spec that doctor emit writes, which sets source_dir and dockerfile_path."),
        commands=("doctor emit",),
        references=(
            "https://devcenter.heroku.com/articles/python-support",
            "https://docs.digitalocean.com/products/app-platform/how-to/deploy-from-monorepo/",
        ),
        bad=(
            bad(
                {
                    "backend/manage.py": (
                        "import os\nimport sys\n\nfrom django.core.management import execute_from_command_line\n"
                        '\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
                        "execute_from_command_line(sys.argv)\n"
                    ),
                    "backend/requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n",
                    "backend/shop/settings.py": 'SECRET_KEY = "x"\n',
                    "manage.py": None,
                    "Procfile": None,
                    "shop/__init__.py": None,
                    "shop/defaults.py": None,
                    "shop/health.py": None,
                    "shop/settings.py": None,
                    "shop/urls.py": None,
                    "shop/wsgi.py": None,
                    "requirements.txt": None,
                    ".python-version": None,
                },
                line=1,
                path="backend/requirements.txt",
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        modes=("B2",),
    ),
    check=check,
)
