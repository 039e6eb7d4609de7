"""What stands before the web server runs in every container."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed
from analyzer.rules.procfile_lines import starting


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; the command that the image starts is another one."""
    found = ctx.predicted("E6")
    if found is None:
        return passed("the web process starts with its server")
    return Failed(problems=tuple(replace(one, commands=starting(ctx, one.evidence[0])) for one in found.problems))


rule = Rule(
    info=RuleInfo(
        id="migrations-at-start",
        title="Each start of the web process migrates or collects",
        severity=Severity.ADVICE,
        category=Category.MIGRATIONS,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Every container runs the commands before its server, also when it only restarts: two "
            "migrate at once, and health checks wait for them. The emitted app spec migrates in one job "
            "before the deployment, and the image has the collected files."
        ),
        remediation="Keep the emitted job, and take the commands out of the web process.",
        commands=("web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT",),
        references=("https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",),
        bad=(
            bad(
                {
                    "Procfile": "web: python manage.py migrate && gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n",
                },
                line=1,
            ),
        ),
        good=(good({}),),
        modes=("E6",),
    ),
    check=check,
)
