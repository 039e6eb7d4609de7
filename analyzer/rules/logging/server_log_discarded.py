"""Log options of the web server that lead to /dev/null."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, fail_all, good, not_applicable, passed

_OWN = ("logconfig", "logconfig_dict", "logconfig_json", "logger_class", "dictConfig", "fileConfig")
"""Settings and calls of gunicorn's file that give its loggers handlers, beside which its own option is another one."""
_NOWHERE = "/dev/null"


def check(ctx: Context) -> RuleOutcome:
    """Of the command, which keeps these options, and of gunicorn's file."""
    web = ctx.web
    if web is None:
        return not_applicable("no file starts a web process")
    words = web.arguments
    options = [
        option
        for at, word in enumerate(words)
        for option, _, value in (word.partition("="),)
        if "log" in option and option.startswith("-") and (value or "".join(words[at + 1 : at + 2])) == _NOWHERE
    ]
    configured = next((one for one in ctx.facts.server_settings if one.name in _OWN), None)
    if configured is not None and web.program == "gunicorn":
        return passed("a file of gunicorn's configures its loggers itself", configured.evidence)
    if options:
        return fail(
            f"{web.program} is started with {' and '.join(dict.fromkeys(options))} /dev/null: why a worker does not "
            "boot, or was killed, is not in the platform's log.",
            web.evidence,
        )
    found = fail_all(
        Problem(message=f"{one.name} = {one.value!r}: the platform's log has nothing of it.", evidence=(one.evidence,))
        for one in ctx.facts.server_settings
        if one.name in ("accesslog", "errorlog", "logfile") and one.value == _NOWHERE
    )
    return found or passed("the web server's log is written", web.evidence)


rule = Rule(
    info=RuleInfo(
        id="server-log-discarded",
        title="The web server's log is thrown away",
        severity=Severity.RISK,
        category=Category.LOGGING,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "The first thing to look at when a deployment fails is the output of the web server: a "
            "traceback of the start, a worker that timed out or ran out of memory."
        ),
        remediation="Write the log to standard output.",
        commands=("web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --access-logfile - --error-logfile -",),
        references=(
            "https://docs.gunicorn.org/en/stable/settings.html#errorlog",
            "https://docs.digitalocean.com/products/app-platform/how-to/view-logs/",
        ),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile - "
                        "--error-logfile /dev/null\n"
                    )
                },
                line=1,
            ),
        ),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
    ),
    check=check,
)
