"""Tables come from migrations of the repository alone."""

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_USERS = "stops, as Django's own migrations refer to the users' table (AUTH_USER_MODEL), and the deployment with it."


def check(ctx: Context) -> RuleOutcome:
    """Apps with models and without any migration; those with a folder that Django passes over have another rule."""
    apps = [app for app in ctx.facts.migrations.apps if app.models]
    if not apps:
        return not_applicable("no app of the repository was found to have models")
    ignored = ctx.facts.migrations.ignored
    user = ctx.facts.django.auth_user_model
    users = user.value.partition(".")[0] if isinstance(user, Fact) and user.value else None
    found = fail_all(
        Problem(
            message=f"The app {app.label} has models ({', '.join(one.note for one in app.models[:3])}) and no "
            f"migration in the repository{f', as {ignored.path} ignores them' if ignored is not None else ''}: migrate "
            f"{_USERS if app.label == users else 'makes no table for them, and the first query fails.'}",
            evidence=((ignored, app.models[0]) if ignored is not None else app.models[:1]),
            severity=Severity.BLOCKER if app.label == users else None,
            commands=(f"python manage.py makemigrations {app.label}", f"git add -f {app.folder}/*.py"),
        )
        for app in apps
        if not app.files
    )
    return found or passed("every app with models has migrations", Evidence(path=apps[0].files[0]))


rule = Rule(
    info=RuleInfo(
        id="migrations-missing",
        title="Models have no migrations in the repository",
        severity=Severity.RISK,
        category=Category.MIGRATIONS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The job before a deployment runs migrate, which makes tables from the migrations of the "
            "image. For models without any it makes none. makemigrations in a container does not help: "
            "its files are gone with the container, and another one numbers them anew."
        ),
        remediation="Run makemigrations on a laptop against the database as it is, and commit the result.",
        commands=(
            "python manage.py makemigrations",
            "git add -f '*/migrations/*.py'",
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/migrations/#version-control",
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",
        ),
        bad=(
            bad(
                {
                    "shop/models.py": (
                        "from django.db import models\n"
                        "\n"
                        "\n"
                        "class Product(models.Model):\n"
                        "    name = models.CharField(max_length=100)\n"
                    ),
                },
                line=4,
            ),
        ),
        good=(
            good(
                {
                    "shop/models.py": (
                        "from django.db import models\n"
                        "\n"
                        "\n"
                        "class Product(models.Model):\n"
                        "    name = models.CharField(max_length=100)\n"
                    ),
                    "shop/migrations/__init__.py": "",
                    "shop/migrations/0001_initial.py": (
                        "from django.db import migrations, models\n"
                        "\n"
                        "\n"
                        "class Migration(migrations.Migration):\n"
                        "    dependencies = []\n"
                        '    operations = [migrations.CreateModel("Product", fields=[])]\n'
                    ),
                }
            ),
        ),
    ),
    check=check,
)
