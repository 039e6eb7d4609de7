"""What Redis does not hear of within the visibility timeout is delivered again, also what waits or still runs."""

from collections.abc import Iterator, Mapping

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import is_known, number, option, redis_queue, uses_celery, with_celery

_DEFAULT = 3600
"""Seconds (kombu/transport/redis.py)."""
_LATE = "CELERY_TASK_ACKS_LATE = True\nCELERY_TASK_TIME_LIMIT = 7200\n"


def check(ctx: Context) -> RuleOutcome:
    """Tasks with a countdown are held by a worker, unacknowledged; those that are acknowledged late while they run."""
    queue = ctx.facts.task_queue
    if not uses_celery(ctx) or redis_queue(ctx) is None:
        return not_applicable("Celery's broker is not Redis")
    timeout = _timeout(ctx)
    if timeout is None:
        return not_applicable("the visibility timeout could not be told")
    return fail_all(_problems(ctx, timeout)) or passed(
        f"nothing is held longer than {timeout} seconds", *queue.broker.evidence[:1]
    )


def _timeout(ctx: Context) -> int | None:
    options = option(ctx, "broker_transport_options")
    if options is None:
        return _DEFAULT
    value = options.get("visibility_timeout", _DEFAULT) if isinstance(options, Mapping) else None
    return number(value) if value is not None and is_known(value) else None


def _problems(ctx: Context, timeout: int) -> Iterator[Problem]:
    queue = ctx.facts.task_queue
    for delay in queue.delays:
        if delay.seconds > timeout:
            yield Problem(
                message=f"A task is sent {delay.seconds} seconds ahead ({delay.name}), and the visibility timeout is "
                f"{timeout}: Redis delivers it again every {timeout} seconds until then, and it runs as many times.",
                evidence=(delay.evidence,),
            )
    limit = queue.time_limit
    if option(ctx, "task_acks_late") is True and limit is not None and limit.value > timeout:
        yield Problem(
            message=f"Tasks are acknowledged late and may run {limit.value} seconds, and the visibility timeout is "
            f"{timeout}: a task that takes longer is given to a second worker while the first still runs it.",
            evidence=limit.evidence,
        )


rule = Rule(
    info=RuleInfo(
        id="visibility-timeout-too-short",
        title="Redis delivers a task twice",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "With Redis as the broker a message that is not acknowledged within the visibility timeout, one hour by "
            "default, goes to another worker. Tasks with countdown or eta are acknowledged when they are due, late "
            "acknowledged ones when they are done: both run more than once if that takes longer."
        ),
        remediation="Raise the visibility timeout above the longest delay and the time limit of tasks.",
        commands=('CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 43200}',),
        references=(
            "https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/redis.html#visibility-timeout",
        ),
        bad=(
            bad(with_celery(_LATE), line=7),
            bad(
                with_celery(
                    "",
                    {
                        "shop/orders.py": (
                            "from shop.tasks import remind\n\n\ndef remind_tomorrow(order):\n"
                            "    remind.apply_async((order.pk,), countdown=24 * 60 * 60)\n"
                        )
                    },
                ),
                line=5,
                path="shop/orders.py",
            ),
        ),
        good=(good(with_celery(_LATE + 'CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 10800}\n')),),
    ),
    check=check,
)
