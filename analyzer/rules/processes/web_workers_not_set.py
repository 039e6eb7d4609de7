"""Heroku's buildpack sets WEB_CONCURRENCY by memory and processors, and nothing else does."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed


def check(ctx: Context) -> RuleOutcome:
    """Of commands that a file of the repository has, not of a buildpack's own; the emitted one has a number."""
    told = ctx.predicted("E3")
    written = [one for one in told.problems if one.evidence and one.evidence[0].path != "."] if told is not None else []
    return fail_all(written) or passed("the web command names its workers, or no buildpack starts it")


rule = Rule(
    info=RuleInfo(
        id="web-workers-not-set",
        title="The number of web workers is left to the platform",
        severity=Severity.ADVICE,
        category=Category.PROCESSES,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Without a number gunicorn starts one worker, so that one slow request blocks all "
            "others. Only Heroku's classic buildpack sets WEB_CONCURRENCY. The Dockerfile's command "
            "starts two workers, or as many as WEB_CONCURRENCY says."
        ),
        remediation=("Name the number in the command, or set WEB_CONCURRENCY in the app spec to what memory allows."),
        commands=(('[tool.doctor.environment.WEB_CONCURRENCY]\nvalue = "2"'),),
        references=(
            "https://docs.gunicorn.org/en/stable/settings.html#workers",
            "https://devcenter.heroku.com/articles/python-concurrency",
        ),
        bad=(bad({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --access-logfile -\n"}, line=1),),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
        modes=("E3",),
    ),
    check=check,
)
