"""Options that reload code, or put the server into the background where the container ends with it."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_OPTIONS = {
    "--reload": "it watches all files and restarts when one changes",
    "--daemon": "it goes into the background, and the container ends",
    "-D": "it goes into the background, and the container ends",
    "--daemonize": "it goes into the background, and the container ends",
    "--py-autoreload": "it watches all files and restarts when one changes",
}


def check(ctx: Context) -> RuleOutcome:
    """The emitted command leaves these out."""
    web = ctx.web
    if web is None or web.program == "manage.py":
        return not_applicable("no file starts a web server")
    found = fail_all(
        Problem(
            message=f"{web.program} is started with {option}: {_OPTIONS[option]}. The emitted command leaves it out.",
            evidence=(web.evidence,),
        )
        for option in dict.fromkeys(word.partition("=")[0] for word in web.arguments)
        if option in _OPTIONS
    )
    return found or passed("the web command has no option for development", web.evidence)


rule = Rule(
    info=RuleInfo(
        id="development-server-options",
        title="The web command has options for development",
        severity=Severity.ADVICE,
        category=Category.PROCESSES,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "A server that reloads looks at thousands of files on a slow file system, and one that "
            "goes into the background ends the container's first process, which the platform takes "
            "for a crash."
        ),
        remediation="Take the option out of the command of production.",
        references=(
            "https://docs.gunicorn.org/en/stable/settings.html#reload",
            "https://docs.gunicorn.org/en/stable/settings.html#daemon",
        ),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile - --reload\n"
                    )
                },
                line=1,
            ),
        ),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
    ),
    check=check,
)
