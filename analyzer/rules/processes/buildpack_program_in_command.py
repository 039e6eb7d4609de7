"""Programs that a buildpack brings and that stand in front of a process."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed
from analyzer.tables import load_table


def check(ctx: Context) -> RuleOutcome:
    """The image does not have them, so the emitted command goes without."""
    programs = {row["program"]: row for row in load_table("analyzer.rules", "buildpack_programs")["program"]}
    found = fail_all(
        Problem(
            message=f"{one.name} starts through {word}, of {row['buildpack']}: the emitted command goes without it, "
            f"and {row['does']} is gone.",
            evidence=(one.evidence,),
        )
        for one in ctx.facts.processes
        for word in one.wrappers
        if (row := programs.get(word.removeprefix("./"))) is not None
    )
    return found or passed("no command starts through a program that only a buildpack has")


rule = Rule(
    info=RuleInfo(
        id="buildpack-program-in-command",
        title="A command starts through a buildpack's program",
        severity=Severity.RISK,
        category=Category.PROCESSES,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "Such a program starts a second process in the container: a proxy, a connection pool, a "
            "tunnel. The image that the Dockerfile builds has none of them, and App Platform's own "
            "proxy and connection pools take the place of most."
        ),
        remediation=(
            "Use the platform's own: its edge for nginx, a connection pool of the managed database "
            "for PgBouncer, TLS addresses for tunnels."
        ),
        references=(
            "https://github.com/heroku/heroku-buildpack-pgbouncer",
            "https://github.com/heroku/heroku-buildpack-nginx",
            "https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/",
        ),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: bin/start-pgbouncer gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 "
                        "--access-logfile -\n"
                    )
                },
                line=1,
            ),
        ),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
    ),
    check=check,
)
