"""Celery refuses an encrypted address of Redis that does not say how certificates are checked."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed
from analyzer.rules.services import CELERY, REQUIREMENTS, has_valkey, redis_queue, uses_celery, with_settings

_FILES = {"shop/celery.py": CELERY, "requirements.txt": REQUIREMENTS}


def check(ctx: Context) -> RuleOutcome:
    """Where one variable is the whole address, the app spec adds the word to it."""
    if not has_valkey(ctx) or not uses_celery(ctx) or redis_queue(ctx) is None:
        return not_applicable("Celery does not use the app's Valkey")
    return ctx.noted("celery-certificates") or passed(
        "the settings say it, or the app spec adds it to the address", *ctx.facts.task_queue.broker.evidence[:1]
    )


rule = Rule(
    info=RuleInfo(
        id="celery-certificates",
        title="Celery is not told how to check certificates",
        severity=Severity.BLOCKER,
        category=Category.CELERY,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The address of managed Valkey begins with rediss://. Celery raises ValueError for such an address without "
            "ssl_cert_reqs. Where the settings put text of their own behind the variable, the app spec cannot add the "
            "word to it, so the worker does not start, and no task can be sent."
        ),
        remediation="Say in the settings how certificates are checked.",
        commands=(
            'CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": "required"}',
            'CELERY_REDIS_BACKEND_USE_SSL = {"ssl_cert_reqs": "required"}',
        ),
        references=("https://docs.celeryq.dev/en/stable/userguide/configuration.html#broker-use-ssl",),
        bad=(bad({**with_settings('CELERY_BROKER_URL = os.environ["REDIS_URL"] + "/0"\n'), **_FILES}, line=5),),
        good=(good({**with_settings('CELERY_BROKER_URL = os.environ["REDIS_URL"]\n'), **_FILES}),),
        notes=("celery-certificates",),
    ),
    check=check,
)
