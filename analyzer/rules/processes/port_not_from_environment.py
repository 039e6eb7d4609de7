"""Where the web process listens under a buildpack: on a fixed port, on the loopback, or where the platform says."""

from dataclasses import replace

from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed
from analyzer.rules.procfile_lines import listening


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; the emitted command names the address."""
    found = ctx.predicted("E1", "E5")
    if found is None:
        return passed("no buildpack starts the web process on an address that it does not name")
    return Failed(
        problems=tuple(
            replace(one, commands=listening(ctx, one.evidence[0])) if one.evidence else one for one in found.problems
        )
    )


rule = Rule(
    info=RuleInfo(
        id="port-not-from-environment",
        title="The web command does not bind 0.0.0.0:$PORT",
        severity=Severity.ADVICE,
        category=Category.PROCESSES,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Under a buildpack the platform's PORT decides: gunicorn listens on 0.0.0.0:$PORT by "
            "itself where PORT is set and on 127.0.0.1:8000 where it is not; a fixed port or the "
            "loopback is not reached, and the deployment fails. The Dockerfile's command binds "
            "0.0.0.0:${PORT:-8080}."
        ),
        remediation="Name the address in the command; the emitted Dockerfile does so.",
        commands=("web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT",),
        references=(
            "https://docs.gunicorn.org/en/stable/settings.html#bind",
            "https://docs.digitalocean.com/products/app-platform/reference/app-spec/",
        ),
        bad=(
            bad({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:8000 --workers 2 --access-logfile -\n"}, line=1),
            bad({"Procfile": "web: gunicorn shop.wsgi --workers 2 --access-logfile -\n"}, line=1),
        ),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
        modes=(
            "E1",
            "E5",
        ),
    ),
    check=check,
)
