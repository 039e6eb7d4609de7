"""What buildpacks put into the environment of each process, and an image of one's own has to set itself."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.procfile_lines import listening

_OPTIONS = ("--access-logfile", "-c", "--config")


def check(ctx: Context) -> RuleOutcome:
    """Only where the loss would be seen: a Procfile's gunicorn whose command says nothing of an access log."""
    web, told = ctx.web, ctx.predicted("E4")
    if web is None or web.source != "Procfile" or web.program != "gunicorn" or told is None:
        return not_applicable("no buildpack starts gunicorn")
    settings = {one.name for one in ctx.facts.server_settings}
    if "accesslog" in settings or any(word.partition("=")[0] in _OPTIONS for word in web.arguments):
        return passed("the command, or gunicorn's file, says where the access log goes", web.evidence)
    return fail(
        "Heroku's buildpack sets GUNICORN_CMD_ARGS to switch the access log on, and buildpacks set PYTHONUNBUFFERED, "
        "LANG and PYTHONPATH: another image has none of these unless it sets them, as the emitted Dockerfile does.",
        web.evidence,
        *(place for problem in told.problems for place in problem.evidence),
        commands=listening(ctx, web.evidence, "--access-logfile -"),
    )


rule = Rule(
    info=RuleInfo(
        id="buildpack-variables",
        title="The buildpack switches the access log on",
        severity=Severity.ADVICE,
        category=Category.PROCESSES,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "A buildpack sets variables that no file of the repository names: an access log to "
            "standard output, unbuffered output so that log lines appear at once, UTF-8, and the "
            "folder to import from. With an image of one's own they are gone. The emitted Dockerfile "
            "and its command set what matters."
        ),
        remediation=(
            "Keep these lines of the emitted Dockerfile, and name the access log in the command where you write one."
        ),
        commands=("web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --access-logfile -",),
        references=(
            "https://devcenter.heroku.com/articles/python-gunicorn",
            "https://docs.gunicorn.org/en/stable/settings.html#accesslog",
        ),
        bad=(bad({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2\n"}, line=1),),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
        modes=("E4",),
    ),
    check=check,
)
