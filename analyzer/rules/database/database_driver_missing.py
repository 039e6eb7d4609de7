"""The backend of PostgreSQL imports psycopg, which some requirement has to bring."""

from shlex import quote

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.plan import DatabaseEngine
from analyzer.rules.base import Context, Rule, add_requirement, bad, fail, good, not_applicable, passed
from analyzer.rules.database_packages import postgresql_driver
from analyzer.rules.services import value_of
from analyzer.tables import load_table

_TITLES = {DatabaseEngine.POSTGRESQL: "PostgreSQL", DatabaseEngine.MYSQL: "MySQL", DatabaseEngine.VALKEY: "Valkey"}


def check(ctx: Context) -> RuleOutcome:
    """Packages of the table; what only a development group has is not installed in the image."""
    cluster = next((one for one in ctx.plan.databases if one.engine.value in _drivers()), None)
    dependencies = ctx.facts.dependencies
    if cluster is None or not dependencies.dependencies:
        return not_applicable("the app has no relational database")
    engine: DatabaseEngine = cluster.engine.value
    drivers = _drivers()[engine]
    fitting = [name for family, names in _drivers().items() if family in _engines(ctx, engine) for name in names]
    found = next((d for name in fitting if (d := dependencies.get(name)) is not None and d.group is None), None)
    if found is not None:
        return passed(f"{found.name} is installed", found.evidence)
    others = [d for name in drivers if (d := dependencies.get(name)) is not None]
    where = f"; {others[0].name} is in the group {others[0].group} alone" if others else ""
    return fail(
        f"No requirement of production brings a driver for {_TITLES[engine]}{where}: Django raises "
        "ImproperlyConfigured when it loads the database backend, and no process starts.",
        *_places(ctx, cluster.engine.evidence),
        commands=_commands(ctx, engine),
    )


def _commands(ctx: Context, engine: DatabaseEngine) -> tuple[str, ...]:
    """What adds the driver; what installs it where no command of the project's package manager does."""
    requirement = postgresql_driver(ctx.facts) if engine is DatabaseEngine.POSTGRESQL else "mysqlclient"
    return add_requirement(ctx, requirement) or (f"pip install {quote(requirement)}",)


def _engines(ctx: Context, planned: DatabaseEngine) -> set[DatabaseEngine]:
    """The plan's engine, and those that the address in a variable can choose as well."""
    facts = (value_of(ctx.facts.django.databases) or {}).values()
    names = " ".join(name for one in facts for name in (one.engine, one.configured_engine) if name)
    words = {"postg": DatabaseEngine.POSTGRESQL, "mysql": DatabaseEngine.MYSQL}
    return {planned} | {engine for word, engine in words.items() if word in names}


def _drivers() -> dict[DatabaseEngine, list[str]]:
    return {
        DatabaseEngine(name): packages for name, packages in load_table("analyzer.rules", "drivers")["drivers"].items()
    }


def _places(ctx: Context, otherwise: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Where the packages are asked for, then where the database is."""
    direct = [d for d in ctx.facts.dependencies.dependencies if d.group is None and d.direct and d.name == "django"]
    return tuple(dict.fromkeys([*(d.evidence for d in direct), *otherwise]))


rule = Rule(
    info=RuleInfo(
        id="database-driver-missing",
        title="No requirement brings the driver of the database",
        severity=Severity.BLOCKER,
        category=Category.DATABASE,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Django brings no drivers. Without psycopg or mysqlclient the backend raises ImproperlyConfigured when the "
            "apps are loaded, so neither the web process nor the job that migrates starts."
        ),
        remediation="Add the driver to the requirements of production.",
        commands=('pip install "psycopg[binary]"',),
        references=("https://docs.djangoproject.com/en/stable/ref/databases/",),
        bad=(
            bad(
                {
                    "requirements.txt": (
                        "dj-database-url==3.1.0\ndjango==5.2.8\ngunicorn==23.0.0\nredis==7.1.0\nwhitenoise==6.11.0\n"
                    ),
                    "shop/settings.py": (
                        'import os\n\nfrom shop.defaults import *\n\nDATABASES = {\n    "default": {\n'
                        '        "ENGINE": "django.db.backends.postgresql",\n        "HOST": os.environ["DB_HOST"],\n'
                        '        "PORT": os.environ["DB_PORT"],\n    }\n}\n'
                    ),
                },
                line=2,
            ),
        ),
        good=(good({"shop/settings.py": "from shop.defaults import *\n"}),),
    ),
    check=check,
)
