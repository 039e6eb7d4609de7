"""A server that stands in the settings cannot become the managed one."""

from analyzer.model.connections import ConnectionRole
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.services import POSTGRESQL, connections_of, with_settings


def check(ctx: Context) -> RuleOutcome:
    """As the planner finds no variable in an address."""
    connections = connections_of(ctx, ConnectionRole.DATABASE)
    if not connections:
        return not_applicable("no database has an address")
    return ctx.noted("database-address-fixed") or passed("variables give the server", *connections[0].evidence)


rule = Rule(
    info=RuleInfo(
        id="database-address-fixed",
        title="Address of the database stands in the code",
        severity=Severity.BLOCKER,
        category=Category.DATABASE,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The managed database has an address of its own. With another server in the settings, or with the local "
            "socket, which no container has, the job that migrates cannot connect, and the deployment fails."
        ),
        remediation="Read the whole address from DATABASE_URL.",
        commands=(
            "pip install dj-database-url",
            'DATABASES = {"default": dj_database_url.config(conn_max_age=60, conn_health_checks=True)}',
        ),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#databases",),
        bad=(
            bad(
                with_settings(
                    'DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n'
                    '        "NAME": "shop",\n        "HOST": "10.0.0.5",\n    }\n}\n'
                ),
                line=9,
            ),
        ),
        good=(good(with_settings(f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}    }}\n}}\n')),),
        notes=("database-address-fixed",),
    ),
    check=check,
)
