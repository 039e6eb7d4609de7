"""A server that stands in the settings cannot become the managed one."""

from dataclasses import replace

from analyzer.model.connections import ConnectionRole
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.database_aliases import alias_of, weighed_by_alias
from analyzer.rules.database_packages import read_address
from analyzer.rules.services import POSTGRESQL, connections_of, with_settings

_PUBLIC = lazy_pattern(
    r"(?:[a-z0-9_-]+\.)+(?!(?:internal|intern|local|localdomain|lan|home|svc|test|invalid)$)[a-z]{2,}"
)
"""Names of servers that others than their own network may reach: the app runs on with such a database."""


def check(ctx: Context) -> RuleOutcome:
    """As the planner finds no variable in an address; a server that is on the internet may go on to answer."""
    connections = connections_of(ctx, ConnectionRole.DATABASE)
    if not connections:
        return not_applicable("no database has an address")
    found = ctx.noted("database-address-fixed", with_remedy=False)
    if found is None:
        return passed("variables give the server", *connections[0].evidence)
    texts = [one.parts["host"].text for one in connections if "host" in one.parts]
    public = [text for text in texts if _PUBLIC.fullmatch(text)]
    remedied = ((one, read_address(ctx, alias_of(one))) for one in found.problems)
    return Failed(problems=tuple(replace(_weighed(one, public), commands=commands) for one, commands in remedied))


def _weighed(problem: Problem, public: list[str]) -> Problem:
    """A server that others may reach keeps the app running."""
    if any(f"({text})" in problem.message for text in public):
        return replace(
            problem, message=f"{problem.message[:-1]}, and the app stays with that server.", severity=Severity.RISK
        )
    return weighed_by_alias(problem)


rule = Rule(
    info=RuleInfo(
        id="database-address-fixed",
        title="Address of the database stands in the code",
        severity=Severity.BLOCKER,
        category=Category.DATABASE,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The managed database has an address of its own. With another server in the settings, or with the local "
            "socket, which no container has, the job that migrates cannot connect, and the deployment fails."
        ),
        remediation="Read the whole address from a variable.",
        commands=('DATABASES["default"] = dj_database_url.config(conn_max_age=60, conn_health_checks=True)',),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#databases",),
        bad=(
            bad(
                with_settings(
                    'DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n'
                    '        "NAME": "shop",\n        "HOST": "10.0.0.5",\n    }\n}\n'
                ),
                line=9,
            ),
        ),
        good=(good(with_settings(f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}    }}\n}}\n')),),
        notes=("database-address-fixed",),
    ),
    check=check,
)
