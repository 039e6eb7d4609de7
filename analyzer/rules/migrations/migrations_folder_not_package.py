"""Django passes over a folder of migrations without __init__.py."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """django/db/migrations/loader.py: namespace packages count as apps without migrations."""
    apps = [app for app in ctx.facts.migrations.apps if app.files]
    if not apps:
        return not_applicable("no app of the repository has migrations")
    found = fail_all(
        Problem(
            message=f"{app.folder} has {len(app.files)} migrations and no __init__.py: Django takes {app.label} for "
            "an app without migrations, and migrate makes no table of it.",
            evidence=(Evidence(path=app.files[0]),),
            commands=(f"touch {app.folder}/__init__.py", f"git add {app.folder}/__init__.py"),
        )
        for app in apps
        if not app.is_package
    )
    return found or passed("the folders of migrations are packages", Evidence(path=apps[0].files[0]))


rule = Rule(
    info=RuleInfo(
        id="migrations-folder-not-package",
        title="A folder of migrations has no __init__.py",
        severity=Severity.BLOCKER,
        category=Category.MIGRATIONS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Django's loader takes an app whose folder of migrations is no package for one without "
            "migrations. On a laptop the file may lie there without being committed; in the image "
            "migrate passes over the app."
        ),
        remediation="Add an empty __init__.py to the folder.",
        commands=("touch shop/migrations/__init__.py",),
        references=("https://docs.djangoproject.com/en/stable/topics/migrations/",),
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
                    "shop/migrations/0001_initial.py": (
                        "from django.db import migrations, models\n"
                        "\n"
                        "\n"
                        "class Migration(migrations.Migration):\n"
                        "    dependencies = []\n"
                        '    operations = [migrations.CreateModel("Product", fields=[])]\n'
                    ),
                },
                line=1,
                path="shop/migrations/0001_initial.py",
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
