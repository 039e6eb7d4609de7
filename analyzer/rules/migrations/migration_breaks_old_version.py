"""While the job migrates, the former version still answers requests."""

from datetime import date, timedelta

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.project_code import AppMigrations
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_SAYS = {
    "RemoveField": "reads the column",
    "DeleteModel": "reads the table",
    "RenameField": "asks for the old name",
    "RenameModel": "asks for the old table",
}
RECENT = timedelta(days=180)
"""A last migration that is older than this beside the newest of the project has run wherever the project runs."""

_RENAME = (
    "Keep the old name in the database: a column by `db_column`, a table by `db_table`. Where it has to change, add "
    "the new one in one release, write to both, and take the old one away in the next."
)


def check(ctx: Context) -> RuleOutcome:
    """The last migration of each app alone, unless other apps have had theirs much later: older ones have run."""
    apps = [app for app in ctx.facts.migrations.apps if app.leaves]
    if not apps:
        return not_applicable("no last migration could be told")
    newest = max(filter(None, map(_day, apps)), default=None)
    breaking = [
        app for app in apps if any(step.operation in _SAYS for step in app.newest) and not _has_run(_day(app), newest)
    ]
    if not breaking:
        return passed("the newest migrations leave to a former version what it needs", apps[0].leaves[0])
    app = breaking[0]
    steps = [step for one in breaking for step in one.newest if step.operation in _SAYS]
    number = len(breaking) - 1
    more = (
        "The last migration of another app has" if number == 1 else f"The last migrations of {number} other apps have"
    )
    others = f" {more} such steps, too." if number else ""
    return fail(
        f"{app.leaves[0].note} of {app.label} has {steps[0].operation} of {steps[0].subject}: a former version that "
        f"{_SAYS[steps[0].operation]} fails where it still serves while the job migrates.{others}",
        *(step.evidence for step in steps[:10]),
        remediation=_RENAME if steps[0].operation.startswith("Rename") else None,
        certainty=Certainty.LIKELY,
    )


def _day(app: AppMigrations) -> date | None:
    try:
        return date.fromisoformat(app.made_on)
    except ValueError:
        return None


def _has_run(day: date | None, newest: date | None) -> bool:
    """Whether a migration is so much older than the newest that it has run with an earlier deployment."""
    return day is not None and newest is not None and newest - day > RECENT


rule = Rule(
    info=RuleInfo(
        id="migration-breaks-old-version",
        title="The last migration breaks the version before it",
        severity=Severity.ADVICE,
        category=Category.MIGRATIONS,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "The pre-deploy job migrates while containers of the former version still serve, for the "
            "minutes of a deployment, or for good where the new version does not come up. They ask for "
            "the column or table that is gone and answer 500. A database that is copied for the move "
            "has run it already; the next such one has not."
        ),
        remediation="Take the use out of the code in one release, and the column or table in the next.",
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
                        "from django.db import migrations\n"
                        "\n"
                        "\n"
                        "class Migration(migrations.Migration):\n"
                        '    dependencies = [("shop", "0001_initial")]\n'
                        "    operations = [\n"
                        '        migrations.RemoveField("product", "price"),\n'
                        "    ]\n"
                    ),
                },
                line=7,
                path="shop/migrations/0002_a.py",
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
                        '    operations = [migrations.AddField("product", "price", models.IntegerField(null=True))]\n'
                    ),
                }
            ),
        ),
    ),
    check=check,
)
