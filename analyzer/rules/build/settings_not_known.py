"""Without the settings module nothing is collected."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, is_template, passed, rendered_first


def check(ctx: Context) -> RuleOutcome:
    """As the planner says, where an entry point names the module."""
    found = ctx.noted("settings-not-known")
    if found is None:
        return passed("the settings module of the build is in the repository")
    places = ctx.facts.django.settings_modules.production.evidence
    placed = Failed(problems=tuple(replace(one, evidence=(*places, *one.evidence)) for one in found.problems))
    return rendered_first(placed) if is_template(ctx) else placed


rule = Rule(
    info=RuleInfo(
        id="settings-not-known",
        title="The settings of the build are not in the repository",
        severity=Severity.RISK,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "collectstatic needs the settings. Where they are made at deployment, or where the repository is "
            "a template, the build cannot load them, so the Dockerfile leaves collectstatic out and the site "
            "has no style sheets unless something else collects them."
        ),
        remediation=(
            "Commit a settings module for production that reads its secrets from variables, and have manage.py name it."
        ),
        commands=(
            "# pyproject.toml",
            "[tool.doctor.image]",
            "collectstatic = true",
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/settings/",
            "https://docs.djangoproject.com/en/stable/ref/contrib/staticfiles/#collectstatic",
        ),
        bad=(
            bad(
                {
                    "manage.py": (
                        "import os\nimport sys\n\nfrom django.core.management import execute_from_command_line\n"
                        '\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "production_settings")\n'
                        "execute_from_command_line(sys.argv)\n"
                    ),
                    "shop/wsgi.py": (
                        "import os\n\nfrom django.core.wsgi import get_wsgi_application\n\n"
                        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "production_settings")\n'
                        "application = get_wsgi_application()\n"
                    ),
                    "shop/settings.py": None,
                    "shop/defaults.py": None,
                },
                line=6,
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        notes=("settings-not-known",),
    ),
    check=check,
)
