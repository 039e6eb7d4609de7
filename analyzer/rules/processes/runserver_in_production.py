"""manage.py runserver as the web process of a file for deployments."""

from analyzer.model.facts import Process, ProcessType
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_SOURCES = ("Procfile", "Dockerfile", "app spec", "heroku.yml", "render.yaml", "railway", "fly.toml", "app.yaml")
"""Files for deployments; a Compose file is as a rule for laptops."""


def check(ctx: Context) -> RuleOutcome:
    """The plan starts another server in its place."""
    web = [p for p in ctx.facts.processes if p.type is ProcessType.WEB and p.source in _SOURCES]
    web = [p for p in web if not p.evidence.path.endswith("Makefile")]
    if not web:
        return not_applicable("no file for deployments starts a web process")
    found = fail_all(
        Problem(
            message=f"{one.evidence.path} starts runserver, which its documentation keeps out of production; the "
            f"emitted command starts {ctx.plan.image.command.value.split()[0]}.",
            evidence=(one.evidence,),
            commands=_commands(ctx, one),
        )
        for one in web
        if one.program == "manage.py" and "runserver" in one.arguments[:1]
    )
    return found or passed("the web process is a server for production", web[0].evidence)


def _commands(ctx: Context, web: Process) -> tuple[str, ...] | None:
    """The line of a Procfile: the rule's own for gunicorn (None); other files have forms of their own."""
    command = ctx.plan.image.command.value
    if web.source != "Procfile":
        return ()
    return None if command.startswith("gunicorn ") else (f"web: {command}",)


rule = Rule(
    info=RuleInfo(
        id="runserver-in-production",
        title="The web process is Django's development server",
        severity=Severity.ADVICE,
        category=Category.PROCESSES,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "runserver has gone through no security audit and no test of its performance, watches "
            "files, and serves static files only while DEBUG is on. The image starts a server for "
            "production, so that static files and DEBUG pages that relied on runserver are gone."
        ),
        remediation="Start gunicorn, or uvicorn for an ASGI application, in that file as well.",
        commands=("web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT",),
        references=("https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver",),
        bad=(bad({"Procfile": "web: python manage.py runserver 0.0.0.0:$PORT\n"}, line=1),),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
    ),
    check=check,
)
