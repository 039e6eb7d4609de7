"""An ini file that uWSGI reads in addition to the emitted command."""

from analyzer.model.facts import ServerSetting
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_SOCKETS = ("socket", "uwsgi-socket", "http-socket", "http", "https")


def check(ctx: Context) -> RuleOutcome:
    """The planner sees the file among the arguments of the command; which of its lines do not fit is told here."""
    web = ctx.web
    if web is None or web.program != "uwsgi":
        return not_applicable("the web server is not uWSGI")
    notes = ctx.noted("server-configuration")
    if notes is None or not ctx.facts.server_settings:
        return notes or passed("uWSGI is told everything by the command", web.evidence)
    found = fail_all(
        problem
        for one in ctx.facts.server_settings
        if one.name not in _SOCKETS or any(f"--{name}" in ctx.plan.image.command.value for name in _SOCKETS)
        if one.name != "chdir" or "--chdir" not in ctx.plan.image.command.value
        if (problem := _problem(one)) is not None
    )
    return found or passed("the ini file has nothing that the container cannot have", web.evidence)


def _problem(setting: ServerSetting) -> Problem | None:
    name, value = setting.name, str(setting.value)
    severity = Severity.BLOCKER
    if name in _SOCKETS:
        message = f"uWSGI also opens {name} = {value}, beside the address of the emitted command."
        severity = Severity.ADVICE
    elif name in ("uid", "gid"):
        message = f"{name} = {value} makes uWSGI change its user, which only root may: it does not start."
    elif name == "chdir" and value.startswith("/") and not value.startswith("/app"):
        message = f"uWSGI changes to {value}, which the image does not have, and does not start: its source is in /app."
    elif name == "daemonize":
        message = f"daemonize = {value} sends uWSGI into the background: the container ends at once."
    elif name in ("logto", "logto2") and value.startswith("/") and not value.startswith("/dev/"):
        message = f"{name} = {value} writes the log into the container, where nobody sees it."
        severity = Severity.RISK
    else:
        return None
    return Problem(message=message, evidence=(setting.evidence,), severity=severity)


rule = Rule(
    info=RuleInfo(
        id="server-configuration",
        title="uWSGI's ini file does not fit a container",
        severity=Severity.RISK,
        category=Category.PROCESSES,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "uWSGI opens the sockets that its file names beside the one of the command, changes to "
            "the folder and the user that it names, and goes into the background where it says so. "
            "The image's user is not root, and its source stands in /app."
        ),
        remediation="Take sockets, uid, gid, chdir and daemonize out of the file.",
        references=("https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html",),
        bad=(
            bad(
                {
                    "uwsgi.ini": ("[uwsgi]\nmodule = shop.wsgi\nsocket = /run/shop.sock\n"),
                    "Procfile": "web: uwsgi --ini uwsgi.ini --http-socket :$PORT\n",
                    "requirements.txt": (
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "uwsgi==2.0.31\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                },
                line=3,
                path="uwsgi.ini",
            ),
        ),
        good=(
            good(
                {
                    "uwsgi.ini": "[uwsgi]\nmodule = shop.wsgi\nhttp-socket = :$(PORT)\n",
                    "Procfile": "web: uwsgi uwsgi.ini\n",
                    "requirements.txt": (
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "uwsgi==2.0.31\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                }
            ),
            good(
                {
                    "Procfile": "web: uwsgi --module shop.wsgi --http-socket :$PORT --processes 2\n",
                    "requirements.txt": (
                        "dj-database-url==3.1.0\n"
                        "django==5.2.8\n"
                        "uwsgi==2.0.31\n"
                        "psycopg[binary]==3.2.13\n"
                        "redis==7.1.0\n"
                        "whitenoise==6.11.0\n"
                    ),
                }
            ),
        ),
        notes=("server-configuration",),
    ),
    check=check,
)
