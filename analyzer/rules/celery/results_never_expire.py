"""Results that nobody deletes fill Valkey, or a table of the database."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import option, uses_celery, value_of, with_celery

_DJANGO_DB = "django-db"
_BACKEND = 'CELERY_RESULT_BACKEND = os.environ["REDIS_URL"]\n'


def check(ctx: Context) -> RuleOutcome:
    """An expiry that is switched off; results in the database, which beat's own task deletes."""
    queue = ctx.facts.task_queue
    backend = value_of(queue.result_backend)
    if not uses_celery(ctx) or backend not in ("redis", _DJANGO_DB) or option(ctx, "task_ignore_result") is True:
        return not_applicable("results of Celery are kept neither in Valkey nor in the database")
    expires = queue.options.get("result_expires")
    where = "a table of the database" if backend == _DJANGO_DB else "Valkey"
    if expires is not None and (expires.value is None or expires.value == 0):
        return fail(f"result_expires is {expires.value}: results stay in {where} for ever.", *expires.evidence)
    if backend == _DJANGO_DB and isinstance(queue.beat, Fact) and not queue.beat.value:
        return fail(
            "Results are kept in the database, and beat, which starts Celery's own task that deletes old ones, is not "
            "run: the table grows for ever.",
            *queue.result_backend.evidence,
            remediation="Run beat, or delete old results on a schedule of your own.",
            commands=("beat: celery -A shop beat --loglevel=INFO",),
        )
    return passed("old results are deleted", *queue.result_backend.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="results-never-expire",
        title="Results of tasks are never deleted",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "The smallest Valkey has 1 GiB and the policy noeviction: when results have filled it, tasks cannot be "
            "sent any more. Celery deletes results after a day unless it is told otherwise; those in the database "
            "are deleted by celery.backend_cleanup, a task that beat sends every night."
        ),
        remediation="Give results an end, and ignore those that nobody asks for.",
        commands=("CELERY_RESULT_EXPIRES = 86400",),
        references=("https://docs.celeryq.dev/en/stable/userguide/configuration.html#result-expires",),
        bad=(bad(with_celery(_BACKEND + "CELERY_RESULT_EXPIRES = None\n"), line=7),),
        good=(good(with_celery(_BACKEND)),),
    ),
    check=check,
)
