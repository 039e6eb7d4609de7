"""The message broker has to be one that the app can reach: Valkey of the platform, or RabbitMQ rented elsewhere."""

from dataclasses import replace

from analyzer.model.connections import ConnectionRole
from analyzer.model.evidence import Certainty, Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, ask, bad, fail, good, not_applicable, passed, switches
from analyzer.rules.services import (
    CELERY,
    REQUIREMENTS,
    certainty_of,
    connections_of,
    uses_celery,
    valkey_commands,
    value_of,
    with_celery,
    with_settings,
)

_VARIABLE = "CELERY_BROKER_URL"
"""Celery takes it before any setting, whatever the namespace (celery/app/utils.py, Settings.broker_url)."""


def check(ctx: Context) -> RuleOutcome:
    """Without a setting Celery takes amqp://guest@localhost//; an address of the settings may be a local one, too."""
    queue = ctx.facts.task_queue
    if value_of(queue.kind) is None:
        return not_applicable("the project has no task queue")
    found = ctx.noted("broker-not-offered")
    if found is None:
        return passed("the broker is one that the app can have", *queue.broker.evidence[:1])
    if any("no broker is configured" in place.note for place in queue.broker.evidence):
        if uses_celery(ctx) and _VARIABLE in {variable.name for variable in ctx.plan.variables}:
            return passed(f"Celery reads {_VARIABLE} itself, which the app spec has", *queue.broker.evidence[:1])
        if certainty_of(queue.broker) is not Certainty.CERTAIN or "broker_url" in queue.options:
            return passed("a variable, or a setting that needs one, names the broker", *queue.broker.evidence[:1])
        if not isinstance(ctx.facts.django.databases, Fact):
            return ask("Which broker do the production settings name?", *queue.broker.evidence)
        return fail(
            "No setting of the repository names a broker, so Celery connects to amqp://guest@localhost:5672//, where "
            "nothing listens in a "
            "container: tasks cannot be sent, and the worker waits for a broker.",
            *_unread(ctx),
            *queue.broker.evidence,
            certainty=Certainty.CERTAIN if _unread(ctx) else Certainty.LIKELY,
            remediation="Name the broker in the settings, from a variable.",
            commands=valkey_commands(ctx, 'CELERY_BROKER_URL = os.environ["REDIS_URL"]'),
        )
    fixed = any(
        not one.parts["url"].variables for one in connections_of(ctx, ConnectionRole.BROKER) if "url" in one.parts
    )
    if not fixed:
        names = switches(ctx, next((one.setting for one in connections_of(ctx, ConnectionRole.BROKER)), ""))
        unless = f", unless {' or '.join(names)} leads to another." if names else "."
        return Failed(problems=tuple(replace(one, message=f"{one.message[:-1]}{unless}") for one in found.problems))
    said = "and its address stands in the code."
    problems = (replace(one, message=f"{one.message[:-1]}, {said}") for one in found.problems)
    return Failed(problems=tuple(problems))


def _unread(ctx: Context) -> tuple[Evidence, ...]:
    """The setting that was meant to name it."""
    return tuple(one for one in ctx.facts.task_queue.unread if one.note.endswith("BROKER_URL"))


rule = Rule(
    info=RuleInfo(
        id="broker-not-offered",
        title="Broker of the tasks is not offered",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "App Platform has no RabbitMQ. An address by a variable can lead to one that is rented elsewhere; one that "
            "stands in the code, or Celery's default, leads to the container itself: whoever sends a task waits and "
            "fails, and the worker retries for ever."
        ),
        remediation="Make the app's Valkey the broker, or rent RabbitMQ and set its address.",
        commands=('pip install "celery[redis]"', 'CELERY_BROKER_URL = os.environ["REDIS_URL"]'),
        references=("https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/",),
        bad=(
            bad(
                {
                    **with_settings('CELERY_BROKER_URL = os.environ.get("BROKER_URL", "amqp://guest@localhost//")\n'),
                    "shop/celery.py": CELERY,
                    "requirements.txt": REQUIREMENTS,
                },
                line=5,
            ),
            bad({"shop/celery.py": CELERY, "requirements.txt": REQUIREMENTS}, line=6),
        ),
        good=(
            good(with_celery("")),
            good(
                {
                    **with_settings('CELERY_BROKER_URL = os.environ["CELERY_BROKER_URL"]\n'),
                    "shop/celery.py": CELERY.replace(', namespace="CELERY"', ""),
                    "requirements.txt": REQUIREMENTS,
                }
            ),
        ),
        notes=("broker-not-offered",),
    ),
    check=check,
)
