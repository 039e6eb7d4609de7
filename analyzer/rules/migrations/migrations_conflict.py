"""Two last migrations of one app stop migrate."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Apps with several migrations that no other one comes after; squashed ones are not judged."""
    apps = [app for app in ctx.facts.migrations.apps if app.files]
    if not apps:
        return not_applicable("no app of the repository has migrations")
    found = fail_all(
        Problem(
            message=f"The app {app.label} has {len(app.leaves)} last migrations "
            f"({', '.join(one.note for one in app.leaves[:4])}): "
            'migrate stops with "Conflicting migrations detected", and with it the job before the deployment.',
            evidence=tuple(reversed(app.leaves)),
            commands=(f"python manage.py makemigrations --merge {app.label}",),
        )
        for app in apps
        if len(app.leaves) > 1 and app.is_package
    )
    return found or passed("the migrations of each app end in one", Evidence(path=apps[0].files[-1]))


rule = Rule(
    info=RuleInfo(
        id="migrations-conflict",
        title="Migrations of one app have two ends",
        severity=Severity.BLOCKER,
        category=Category.MIGRATIONS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Two branches that each added a migration leave two that follow the same one. migrate "
            "refuses to choose, the pre-deploy job fails, and the platform keeps the old version."
        ),
        remediation="Let makemigrations write a migration that follows both.",
        commands=("python manage.py makemigrations --merge",),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/migrations/",
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
                    "shop/migrations/__init__.py": "",
                    "shop/migrations/0001_initial.py": (
                        "from django.db import migrations, models\n"
                        "\n"
                        "\n"
                        "class Migration(migrations.Migration):\n"
                        "    dependencies = []\n"
                        '    operations = [migrations.CreateModel("Product", fields=[])]\n'
                    ),
                    "shop/migrations/0002_a.py": (
                        "from django.db import migrations, models\n"
                        "\n"
                        "\n"
                        "class Migration(migrations.Migration):\n"
                        '    dependencies = [("shop", "0001_initial")]\n'
                        "    operations = []\n"
                    ),
                    "shop/migrations/0002_b.py": (
                        "from django.db import migrations, models\n"
                        "\n"
                        "\n"
                        "class Migration(migrations.Migration):\n"
                        '    dependencies = [("shop", "0001_initial")]\n'
                        "    operations = []\n"
                    ),
                },
                line=4,
                path="shop/migrations/0002_b.py",
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
                    "shop/migrations/0002_a.py": (
                        "from django.db import migrations, models\n"
                        "\n"
                        "\n"
                        "class Migration(migrations.Migration):\n"
                        '    dependencies = [("shop", "0001_initial")]\n'
                        "    operations = []\n"
                    ),
                }
            ),
        ),
    ),
    check=check,
)
