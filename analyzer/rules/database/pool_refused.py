"""Django's own connection pool refuses connections that are kept, and needs psycopg 3 with its pool."""

from collections.abc import Iterator

from analyzer.model.facts import Setting
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import POSTGRESQL, Database, databases_of, with_settings

_POOL = '        "OPTIONS": {"pool": True},\n    }\n}\n'


def check(ctx: Context) -> RuleOutcome:
    """As django/db/backends/postgresql/base.py checks it on the first connection."""
    setting = ctx.setting("DATABASES")
    pooled = [one for one in databases_of(ctx) if one.is_postgresql and one.option("pool")]
    if setting is None or not pooled:
        return not_applicable("no database has a pool of Django's")
    return fail_all(problem for one in pooled for problem in _problems(ctx, setting, one)) or passed(
        "the pool has what it needs", *setting.place(pooled[0].alias, "OPTIONS", "pool")[:1]
    )


def _problems(ctx: Context, setting: Setting, database: Database) -> Iterator[Problem]:
    name = f"DATABASES[{database.alias!r}]"
    age = database.config.get("CONN_MAX_AGE", 0)
    if age is None or (isinstance(age, int | float) and age != 0):
        yield Problem(
            message=f"{name} has a pool and CONN_MAX_AGE {age}: Django raises ImproperlyConfigured on the first query.",
            evidence=setting.place(database.alias, "CONN_MAX_AGE"),
        )
    psycopg = ctx.facts.dependencies.get("psycopg")
    if not ctx.facts.dependencies.has("psycopg-pool") and (psycopg is None or "pool" not in psycopg.extras):
        yield Problem(
            message=f"{name} has a pool, and no requirement brings psycopg_pool: Django fails on the first query.",
            evidence=setting.place(database.alias, "OPTIONS", "pool"),
            remediation="Ask for psycopg with its pool.",
            commands=('pip install "psycopg[binary,pool]"',),
        )


rule = Rule(
    info=RuleInfo(
        id="pool-refused",
        title="Connection pool of Django cannot start",
        severity=Severity.BLOCKER,
        category=Category.DATABASE,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "With pool among the options Django takes connections from psycopg_pool, which only psycopg[pool] "
            "installs, and refuses to keep them beyond a request as well. Either mistake shows on the first query, "
            "which is that of the job that migrates."
        ),
        remediation="Set CONN_MAX_AGE to 0 beside the pool.",
        commands=('DATABASES["default"]["CONN_MAX_AGE"] = 0',),
        references=("https://docs.djangoproject.com/en/stable/ref/databases/#connection-pool",),
        bad=(
            bad(
                {
                    **with_settings(
                        f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}        "CONN_MAX_AGE": 60,\n{_POOL}'
                    ),
                    "requirements.txt": "dj-database-url==3.1.0\ndjango==5.2.8\ngunicorn==23.0.0\n"
                    "psycopg[binary,pool]==3.2.13\nredis==7.1.0\nwhitenoise==6.11.0\n",
                },
                line=13,
            ),
        ),
        good=(
            good(
                {
                    **with_settings(f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}{_POOL}'),
                    "requirements.txt": "dj-database-url==3.1.0\ndjango==5.2.8\ngunicorn==23.0.0\n"
                    "psycopg[binary,pool]==3.2.13\nredis==7.1.0\nwhitenoise==6.11.0\n",
                }
            ),
        ),
    ),
    check=check,
)
