"""A worker that accepts pickle runs whatever code a message holds."""

from collections.abc import Iterator

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import option, uses_celery, with_celery

_PICKLE = ("pickle", "application/x-python-serialize")


def check(ctx: Context) -> RuleOutcome:
    """What tasks, results and workers are told; Celery's own default is JSON."""
    if not uses_celery(ctx):
        return not_applicable("the project does not use Celery")
    return fail_all(_problems(ctx)) or passed("messages are not pickled", *ctx.facts.task_queue.app.evidence[:1])


def _problems(ctx: Context) -> Iterator[Problem]:
    for name in ("accept_content", "result_accept_content"):
        accepted = option(ctx, name)
        found = [one for one in accepted if one in _PICKLE] if isinstance(accepted, tuple) else []
        if found:
            yield Problem(
                message=f"{name} has {found[0]}: whoever can write to the broker runs code in the worker, with all of "
                "its secrets.",
                evidence=ctx.facts.task_queue.options[name].evidence,
            )
            return


rule = Rule(
    info=RuleInfo(
        id="pickle-accepted",
        title="Celery accepts pickled messages",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.CONFIGURATION,
        effort=Effort.DAYS,
        rationale=(
            "To unpickle a message is to run code that the message chooses. The password of the broker is then as "
            "good as a shell in every worker: it stands in the variables of all components, and of whatever else "
            "shares the cluster."
        ),
        remediation="Send identifiers and plain data, and accept JSON alone.",
        commands=(
            'CELERY_ACCEPT_CONTENT = ["json"]\nCELERY_TASK_SERIALIZER = "json"\nCELERY_RESULT_SERIALIZER = "json"',
        ),
        references=("https://docs.celeryq.dev/en/stable/userguide/security.html#serializers",),
        bad=(bad(with_celery('CELERY_ACCEPT_CONTENT = ["json", "pickle"]\n'), line=6),),
        good=(good(with_celery('CELERY_ACCEPT_CONTENT = ["json"]\n')),),
        security=True,
    ),
    check=check,
)
