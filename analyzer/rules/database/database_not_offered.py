"""App Platform has PostgreSQL and MySQL; another engine needs a server elsewhere."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.services import POSTGRESQL, with_settings


def check(ctx: Context) -> RuleOutcome:
    """As the planner finds no engine of the app spec for an alias."""
    databases = ctx.facts.django.databases
    if not isinstance(databases, Fact):
        return not_applicable("the settings have no DATABASES that could be told")
    return ctx.noted("database-not-offered") or passed("the platform has the engine of every database")


rule = Rule(
    info=RuleInfo(
        id="database-not-offered",
        title="Engine of the database is not offered",
        severity=Severity.RISK,
        category=Category.DATABASE,
        area=Area.DATA,
        effort=Effort.DAYS,
        rationale=(
            "Managed databases for Django are PostgreSQL and MySQL. With another engine the app spec brings no "
            "database: the app starts without one, unless its address leads to a server elsewhere that lets the app in."
        ),
        remediation="Rent the server elsewhere and set its address by variables, or move the data to PostgreSQL.",
        references=("https://docs.digitalocean.com/products/app-platform/how-to/manage-databases/",),
        bad=(
            bad(
                with_settings(
                    'DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.oracle",\n'
                    '        "NAME": os.environ["DB_NAME"],\n    }\n}\n'
                ),
                line=7,
            ),
        ),
        good=(good(with_settings(f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}    }}\n}}\n')),),
        notes=("database-not-offered",),
    ),
    check=check,
)
