"""A password in DATABASES that no variable changes."""

from analyzer.model.connections import ConnectionRole
from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.texts import HIDDEN
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_PARTS = tuple(f'{part}=os.environ["{{}}DB_{part}"]' for part in ("HOST", "PORT", "NAME", "USER", "PASSWORD"))
_NO_NAME = lazy_pattern(r"\W+")


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


def _commands(ctx: Context, alias: str) -> tuple[str, ...]:
    """With the engine of GeoDjango, which an address that begins with postgresql:// does not ask for.

    Without dj-database-url, whose releases need a Django of their time, the address comes in parts.
    """
    prefix = "" if alias == "default" else f"{_NO_NAME.sub('_', alias).strip('_').upper()}_"
    if not ctx.facts.dependencies.has("dj-database-url"):
        return (f'DATABASES["{alias}"].update({", ".join(part.format(prefix) for part in _PARTS)})', "doctor emit")
    databases = ctx.facts.django.databases
    found = databases.value.get(alias) if isinstance(databases, Fact) else None
    engine = (found.configured_engine or found.engine or "") if found is not None else ""
    options = [f'"{prefix}DATABASE_URL"'] if prefix else []
    options += [f'engine="{engine}"'] if engine.endswith(".postgis") else []
    return (f'DATABASES["{alias}"] = dj_database_url.config({", ".join([*options, "conn_max_age=60"])})', "doctor emit")


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
            "variables; one in the code cannot be that, and it stays in the history of the "
            "repository."
        ),
        remediation=(
            "Take the whole address from variables, which the app spec sets then, and change the password where the "
            "database is in use."
        ),
        commands=('DATABASES["default"] = dj_database_url.config(conn_max_age=60)', "doctor emit"),
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
