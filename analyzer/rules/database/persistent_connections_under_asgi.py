"""Under ASGI a request may end in another thread than it began in, so connections that are kept pile up."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import databases_of, with_settings

_ASGI = lazy_pattern(r"uvicorn|daphne|hypercorn|--interface[= ]asgi")
_ENTRY = """\
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
application = get_asgi_application()
"""
_SERVED = {
    "Procfile": "web: uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT\n",
    "shop/asgi.py": _ENTRY,
    "requirements.txt": "dj-database-url==3.1.0\ndjango==5.2.8\npsycopg[binary]==3.2.13\nredis==7.1.0\n"
    "uvicorn==0.38.0\nwhitenoise==6.11.0\n",
}


def check(ctx: Context) -> RuleOutcome:
    """Ages that are known and not 0, where the image serves ASGI."""
    server = _ASGI.search(ctx.plan.image.command.value)
    setting = ctx.setting("DATABASES")
    if server is None or setting is None:
        return not_applicable("the web process does not serve ASGI")
    ages = [name for name in setting.env if "MAX_AGE" in name]
    unless = f", unless the variable {' or '.join(ages)} says otherwise" if ages else ""
    problems = (
        Problem(
            message=f"DATABASES[{one.alias!r}] keeps connections (CONN_MAX_AGE {one.config['CONN_MAX_AGE']}{unless}), "
            f"and the web process serves ASGI ({server[0]}): each thread of it leaves connections open until the "
            "cluster refuses further ones.",
            evidence=setting.place(one.alias, "CONN_MAX_AGE"),
        )
        for one in databases_of(ctx)
        if "CONN_MAX_AGE" in one.config
        and (one.config["CONN_MAX_AGE"] is None or _positive(one.config["CONN_MAX_AGE"]))
        and "sqlite" not in one.engine
    )
    return fail_all(problems) or passed("connections end with the request", *setting.evidence[:1])


def _positive(age: object) -> bool:
    return isinstance(age, int | float) and age > 0


rule = Rule(
    info=RuleInfo(
        id="persistent-connections-under-asgi",
        title="Kept database connections pile up under ASGI",
        severity=Severity.RISK,
        category=Category.DATABASE,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Django's documentation says that persistent connections should be off under ASGI: a connection belongs to "
            "a thread, and threads come and go with requests. The smallest managed PostgreSQL has 22 connections for "
            "all of the app, after which requests fail with too many connections."
        ),
        remediation="Set CONN_MAX_AGE to 0, and use the connection pool of Django 5.1 or of the cluster instead.",
        commands=('DATABASES["default"]["CONN_MAX_AGE"] = 0',),
        references=("https://docs.djangoproject.com/en/stable/ref/databases/#caveats",),
        bad=(
            bad(
                {**with_settings('DATABASES = {"default": dj_database_url.config(conn_max_age=600)}\n'), **_SERVED},
                line=5,
            ),
        ),
        good=(good({**with_settings('DATABASES = {"default": dj_database_url.config()}\n'), **_SERVED}),),
    ),
    check=check,
)
