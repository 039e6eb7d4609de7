"""Behind a pooler of transactions, the next part of a server-side cursor may be asked of another connection."""

from collections.abc import Iterator

from analyzer.model.connections import ConnectionRole
from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import POSTGRESQL, connections_of, databases_of, with_settings

_POOLER = "pgbouncer"
_HOST = POSTGRESQL.replace("DB_HOST", "PGBOUNCER_HOST")


def check(ctx: Context) -> RuleOutcome:
    """A pooler shows by its name: in an address or its variables, or as an image of a Compose file."""
    setting = ctx.setting("DATABASES")
    pooler = next(_poolers(ctx), None)
    databases = [one for one in databases_of(ctx) if one.is_postgresql]
    if setting is None or pooler is None or not databases:
        return not_applicable("nothing names a pooler in front of PostgreSQL")
    for one in databases:
        if one.config.get("DISABLE_SERVER_SIDE_CURSORS", False) is False:
            return fail(
                f"DATABASES[{one.alias!r}] is behind a pooler ({pooler.note}) and leaves server-side cursors on: "
                "QuerySet.iterator() fails where the pooler changes the connection between two fetches.",
                *dict.fromkeys((*setting.place(one.alias)[:1], Evidence(path=pooler.path, line=pooler.line))),
            )
    return passed("server-side cursors are off", *setting.place(databases[0].alias)[:1])


def _poolers(ctx: Context) -> Iterator[Evidence]:
    for one in connections_of(ctx, ConnectionRole.DATABASE):
        for part in one.parts.values():
            if _POOLER in part.text.lower() and one.evidence:
                yield Evidence(path=one.evidence[0].path, line=one.evidence[0].line, note=part.text)
    for service in ctx.facts.services:
        if _POOLER in service.image:
            yield Evidence(path=service.evidence.path, line=service.evidence.line, note=service.image)


rule = Rule(
    info=RuleInfo(
        id="pgbouncer-server-side-cursors",
        title="Server-side cursors are on behind PgBouncer",
        severity=Severity.ADVICE,
        category=Category.DATABASE,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "The connection pools of managed PostgreSQL are PgBouncer, too. In its transaction mode a cursor that "
            "outlives its transaction is gone, and QuerySet.iterator() outside of atomic() raises InvalidCursorName "
            "now and then."
        ),
        remediation="Turn server-side cursors off for the alias that goes through the pooler.",
        commands=('DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True',),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/databases/#transaction-pooling-and-server-side-cursors",
        ),
        bad=(bad(with_settings(f'DATABASES = {{\n    "default": {{\n{_HOST}    }}\n}}\n'), line=6),),
        good=(
            good(
                with_settings(
                    f'DATABASES = {{\n    "default": {{\n{_HOST}'
                    '        "DISABLE_SERVER_SIDE_CURSORS": True,\n    }\n}\n'
                )
            ),
        ),
    ),
    check=check,
)
