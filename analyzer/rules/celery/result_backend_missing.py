"""Code that asks for results of tasks needs a place where workers leave them."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import uses_celery, valkey_commands, with_celery

_BACKEND = 'CELERY_RESULT_BACKEND = os.environ["REDIS_URL"]'
_VIEWS = {
    "shop/views.py": (
        "from celery.result import AsyncResult\n\n\ndef state(request, task):\n    return AsyncResult(task).state\n"
    )
}


def check(ctx: Context) -> RuleOutcome:
    """Calls of AsyncResult, GroupResult and chord in the project's own code."""
    queue = ctx.facts.task_queue
    uses = ctx.facts.code_uses.get("celery_results", ())
    if not uses_celery(ctx) or not uses or queue.always_eager:
        return not_applicable("no code of the project asks for results of Celery")
    backend = queue.result_backend
    if not isinstance(backend, Fact) or backend.value is not None or "result_backend" in queue.options:
        return passed("results are stored", *backend.evidence[:1])
    if backend.certainty is not Certainty.CERTAIN:
        return not_applicable("a variable decides where results are stored")
    return fail(
        "Code asks for results of tasks, and no setting of the repository names a result backend: Celery raises "
        "NotImplementedError or AttributeError there, and a chord never ends.",
        *uses,
        certainty=Certainty.LIKELY,
        commands=valkey_commands(ctx, _BACKEND),
    )


rule = Rule(
    info=RuleInfo(
        id="result-backend-missing",
        title="Results are asked for and not stored",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "Without a result backend Celery keeps nothing of a task that has run. AsyncResult cannot tell its state, "
            "and a chord waits for results that nobody stores. A worker on the same machine does not help: the web "
            "process and the worker are containers of their own."
        ),
        remediation="Name a result backend, Valkey or the database.",
        commands=(_BACKEND,),
        references=("https://docs.celeryq.dev/en/stable/userguide/tasks.html#result-backends",),
        bad=(bad(with_celery("", _VIEWS), line=5, path="shop/views.py"),),
        good=(good(with_celery(f"{_BACKEND}\n", _VIEWS)),),
    ),
    check=check,
)
