"""A migration that follows one which is not there."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Dependencies between apps of the repository."""
    apps = [app for app in ctx.facts.migrations.apps if app.files]
    if not apps:
        return not_applicable("no app of the repository has migrations")
    found = fail_all(
        Problem(
            message=f"It depends on {place.note}, which the repository lacks: migrate ends with NodeNotFoundError, "
            "and so does every command that loads migrations.",
            evidence=(place,),
        )
        for app in apps
        for place in app.lost[:3]
        if app.is_package
    )
    return found or passed("migrations depend on ones that are there", Evidence(path=apps[0].files[-1]))


rule = Rule(
    info=RuleInfo(
        id="migration-dependency-missing",
        title="A migration depends on one that is not there",
        severity=Severity.BLOCKER,
        category=Category.MIGRATIONS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Django builds the graph of all migrations before it runs one. A dependency without a file, "
            "such as one that was never committed, ends migrate with NodeNotFoundError, and with it the "
            "job before the deployment."
        ),
        remediation="Commit the missing migration, or correct the name.",
        commands=("git status --ignored -- '*/migrations/*'",),
        references=("https://docs.djangoproject.com/en/stable/topics/migrations/#dependencies",),
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
                    "shop/migrations/0003_c.py": (
                        "from django.db import migrations, models\n"
                        "\n"
                        "\n"
                        "class Migration(migrations.Migration):\n"
                        '    dependencies = [("shop", "0002_b")]\n'
                        "    operations = []\n"
                    ),
                },
                line=5,
                path="shop/migrations/0003_c.py",
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
