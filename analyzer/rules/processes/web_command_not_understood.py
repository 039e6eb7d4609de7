"""A web process whose options the planner does not know, so that another server takes its place."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """The planner knows the servers of its table."""
    if ctx.web is None:
        return not_applicable("no file starts a web process")
    return ctx.noted("web-command-not-understood") or passed("the web server is a known one", ctx.web.evidence)


rule = Rule(
    info=RuleInfo(
        id="web-command-not-understood",
        title="The web process is a program that is not known here",
        severity=Severity.RISK,
        category=Category.PROCESSES,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "The emitted command starts a server that the project installs, or gunicorn, in place of "
            "the program that the file names: what that program did beside serving Django is not "
            "done."
        ),
        remediation=(
            "Set components.web.command to the program, if it has to be that one; it must listen on 0.0.0.0:$PORT."
        ),
        commands=(('[tool.doctor.components.web]\ncommand = "exec myserver --listen 0.0.0.0:$PORT"'),),
        references=("https://docs.digitalocean.com/products/app-platform/reference/app-spec/",),
        bad=(bad({"Procfile": "web: cherryd shop.wsgi\n"}, line=1),),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
        notes=("web-command-not-understood",),
    ),
    check=check,
)
