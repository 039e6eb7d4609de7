"""Port, user and name of a managed database are not those of a server of one's own."""

from analyzer.model.connections import ConnectionRole
from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.database_aliases import weighed_by_alias
from analyzer.rules.services import POSTGRESQL, connections_of, with_settings


def check(ctx: Context) -> RuleOutcome:
    """As planned: the job that migrates cannot connect, until users and databases that can be made are made."""
    connections = connections_of(ctx, ConnectionRole.DATABASE)
    if not connections:
        return not_applicable("no database has an address")
    found = ctx.noted("database-parts-fixed")
    if found is None:
        return passed("no part of the address is fixed beside a variable", *connections[0].evidence)
    return Failed(problems=tuple(map(weighed_by_alias, found.problems)))


rule = Rule(
    info=RuleInfo(
        id="database-parts-fixed",
        title="Part of the database's address stands in the code",
        severity=Severity.BLOCKER,
        category=Category.DATABASE,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "A managed cluster listens on port 25060 and has the user doadmin and the database defaultdb. A port of "
            "the settings leads nowhere there; a user or a database of the settings is refused until somebody makes "
            "it: the job that migrates fails, and with it the deployment."
        ),
        remediation="Read every part of the address from a variable, or all of it from DATABASE_URL.",
        commands=('"PORT": os.environ["DB_PORT"],',),
        references=("https://docs.digitalocean.com/products/databases/postgresql/how-to/connect/",),
        bad=(
            bad(
                with_settings(
                    'DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n'
                    '        "HOST": os.environ["DB_HOST"],\n        "PORT": 5432,\n'
                    '        "NAME": os.environ["DB_NAME"],\n        "USER": os.environ["DB_USER"],\n'
                    '        "PASSWORD": os.environ["DB_PASSWORD"],\n    }\n}\n'
                ),
                line=9,
            ),
        ),
        good=(good(with_settings(f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}    }}\n}}\n')),),
        notes=("database-parts-fixed",),
    ),
    check=check,
)
