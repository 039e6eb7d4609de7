"""Processes times threads are connections, and a small cluster has few."""

from collections.abc import Iterator
from typing import Any

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import Component, ComponentKind, DatabaseEngine
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import option_of
from analyzer.tables import load_table

_VARIABLE = lazy_pattern(r"\$\{(\w+):-(\d+)\}")


def check(ctx: Context) -> RuleOutcome:
    """What the commands of the plan say; a web process that says nothing has one thread of one process."""
    cluster = next((one for one in ctx.plan.databases if one.engine.value is DatabaseEngine.POSTGRESQL), None)
    limit = _table()["connections"].get(cluster.size.value) if cluster is not None else None
    if cluster is None or limit is None:
        return not_applicable("the app has no managed PostgreSQL of a known size")
    parts = [(one, _connections(ctx, one)) for one in ctx.plan.components if _runs(one)]
    total = sum(number for _, number in parts)
    if total <= limit:
        return passed(f"the components need {total} connections at most, and {cluster.size.value} has {limit}")
    told = ", ".join(f"{one.name} {number}" for one, number in parts if number > 1)
    largest = max(parts, key=lambda part: part[1])[0]
    return fail(
        f"The processes can hold {total} connections ({told}); {cluster.size.value} has {limit} of them, and further "
        "ones are refused.",
        *_places(ctx, largest),
    )


def _table() -> dict[str, Any]:
    return load_table("analyzer.rules", "connection_limits")


def _runs(component: Component) -> bool:
    return component.kind in (ComponentKind.SERVICE, ComponentKind.WORKER)


def _connections(ctx: Context, component: Component) -> int:
    words = (_command(ctx, component) or "").split()
    if "beat" in words:
        return 1
    number = component.instances.value if component.instances is not None else 1
    options = next((row for word in words if (row := _table()["programs"].get(word)) is not None), ())
    for names in options:
        number *= _number(ctx, option_of(words, *names) or "")
    return number


def _number(ctx: Context, word: str) -> int:
    """A number as a command has it; of a variable the plan's value, else its default. 1 where it is none."""
    match = _VARIABLE.fullmatch(word)
    if match is not None:
        values = (one.value.value for one in ctx.plan.variables if one.name == match[1])
        word = next((value for value in values if value), match[2])
    return int(word) if word.isascii() and word.isdigit() and 0 < len(word) < 5 else 1


def _command(ctx: Context, component: Component) -> str | None:
    return component.command.value or (
        ctx.plan.image.command.value if component.kind is ComponentKind.SERVICE else None
    )


def _places(ctx: Context, component: Component) -> Iterator[Evidence]:
    command = component.command if component.command.value is not None else ctx.plan.image.command
    yield from command.evidence or component.because.evidence


rule = Rule(
    info=RuleInfo(
        id="connection-limit-exceeded",
        title="Processes can open more connections than the cluster has",
        severity=Severity.RISK,
        category=Category.DATABASE,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "Each thread that talks to PostgreSQL holds a connection of its own. A managed node has 25 connections "
            "for each GiB of memory, three of which are the provider's. Beyond that the cluster answers that "
            "remaining slots are reserved, and requests and tasks fail under load."
        ),
        remediation="Lower processes and threads, or add a connection pool to the cluster and use its address.",
        commands=(
            "doctl databases pool create CLUSTER_ID app-pool --db defaultdb --user doadmin --size 20 --mode "
            "transaction",
        ),
        references=(
            "https://docs.digitalocean.com/products/databases/postgresql/details/limits/",
            "https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/",
        ),
        bad=(bad({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 8 --threads 4\n"}, line=1),),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --threads 4\n"}),),
    ),
    check=check,
)
