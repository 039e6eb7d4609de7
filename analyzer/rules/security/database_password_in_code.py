"""A password in DATABASES that no variable changes."""

from analyzer.model.connections import ConnectionRole
from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.texts import HIDDEN
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As the settings make the address of each database."""
    databases = [one for one in ctx.facts.connections if one.role is ConnectionRole.DATABASE]
    if not databases:
        return not_applicable("the settings have no database with an address")
    setting = ctx.setting("DATABASES")
    found = fail_all(
        Problem(
            message=f"DATABASES[{one.name!r}] has a fixed password, which everybody who can read the repository knows.",
            evidence=setting.place(one.name, "PASSWORD")[:1]
            if setting is not None and setting.places
            else one.evidence[:1],
            commands=_commands(ctx, one.name),
        )
        for one in databases
        if (part := one.parts.get("password")) is not None and part.text == HIDDEN and not part.variables
    )
    return found or passed("no password of a database is fixed", *databases[0].evidence[:1])


def _commands(ctx: Context, alias: str) -> tuple[str, ...] | None:
    """With the engine of GeoDjango, which an address that begins with postgresql:// does not ask for."""
    databases = ctx.facts.django.databases
    found = databases.value.get(alias) if isinstance(databases, Fact) else None
    engine = (found.configured_engine or found.engine or "") if found is not None else ""
    if not engine.endswith(".postgis"):
        return None
    options = f'engine="{engine}", conn_max_age=60, conn_health_checks=True'
    return (f'DATABASES = {{"{alias}": dj_database_url.config({options})}}',)


rule = Rule(
    info=RuleInfo(
        id="database-password-in-code",
        title="The database's password stands in the code",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "A managed database has a password of its own, which the app spec gives to the app in "
            "DATABASE_URL; one in the code cannot be that, and it stays in the history of the "
            "repository."
        ),
        remediation=("Take the whole address from DATABASE_URL, and change the password where the database is in use."),
        commands=(('DATABASES = {"default": dj_database_url.config(conn_max_age=60, conn_health_checks=True)}'),),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#databases",
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-databases/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "DATABASES = {\n"
                        '    "default": {\n'
                        '        "ENGINE": "django.db.backends.postgresql",\n'
                        '        "NAME": "shop",\n'
                        '        "USER": "shop",\n'
                        '        "PASSWORD": "kV7qhT2mZp94",\n'
                        '        "HOST": "db.example.org",\n'
                        "    }\n"
                        "}\n"
                    )
                },
                line=8,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "import dj_database_url\n"
                        "\n"
                        'DATABASES = {"default": dj_database_url.config(conn_max_age=60)}\n'
                    )
                }
            ),
        ),
        security=True,
    ),
    check=check,
)
