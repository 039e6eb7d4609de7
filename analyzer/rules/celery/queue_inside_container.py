"""A broker that is a file or the memory of a process reaches no worker in another container."""

from collections.abc import Iterator

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import certainty_of, valkey_commands, value_of, with_settings

_INSIDE = {
    "sqlite": "an SQLite file",
    "sqla": "a database that SQLAlchemy reaches",
    "memory": "the memory of one process",
    "filesystem": "a folder",
    "file": "a folder",
}
_REQUIREMENTS = (
    "dj-database-url==3.1.0\ndjango==5.2.8\ngunicorn==23.0.0\nhuey==2.5.4\npsycopg[binary]==3.2.13\nredis==7.1.0\n"
    "whitenoise==6.11.0\n"
)
_SETTINGS = {
    "huey": {"broker": 'HUEY = {"huey_class": "huey.RedisHuey", "url": os.environ["REDIS_URL"]}'},
    "celery": {
        "broker": 'CELERY_BROKER_URL = os.environ["REDIS_URL"]',
        "result backend": 'CELERY_RESULT_BACKEND = os.environ["REDIS_URL"]',
    },
}
"""What keeps it in Valkey."""
_HUEY = 'INSTALLED_APPS = [*INSTALLED_APPS, "huey.contrib.djhuey"]\n'


def check(ctx: Context) -> RuleOutcome:
    """The broker, and Celery's result backend."""
    queue = ctx.facts.task_queue
    kind = value_of(queue.kind)
    if kind is None or (queue.always_eager and not queue.started_by):
        return not_applicable("no worker takes tasks from a queue")
    problems = (
        Problem(
            message=f"The {what} of {kind} is {where}: the web process and the worker are containers of their own, and "
            "neither sees what the other writes there.",
            evidence=evidence,
            certainty=certainty_of(answer),
            commands=valkey_commands(ctx, _SETTINGS.get(kind, {}).get(what, "")),
        )
        for what, answer in (("broker", queue.broker), ("result backend", queue.result_backend))
        for where, evidence in _inside(answer)
    )
    return fail_all(problems) or passed("the queue is outside of the containers", *queue.broker.evidence[:1])


def _inside(answer: object) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    where = _INSIDE.get(answer.value or "") if isinstance(answer, Fact) else None
    if where is not None and isinstance(answer, Fact) and where != _INSIDE["sqla"]:
        yield where, answer.evidence


rule = Rule(
    info=RuleInfo(
        id="queue-inside-container",
        title="Task queue is kept inside one container",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "On one server a file can be the queue of the web process and the worker. Components of App Platform "
            "share no disk: tasks are written to the container of the web process, the worker reads an empty file in "
            "its own, and a deployment deletes both."
        ),
        remediation="Keep the queue in Valkey.",
        commands=(_SETTINGS["huey"]["broker"],),
        references=("https://docs.digitalocean.com/products/app-platform/how-to/store-data/",),
        bad=(
            bad(
                {
                    **with_settings(_HUEY + 'HUEY = {"huey_class": "huey.SqliteHuey", "filename": "tasks.db"}\n'),
                    "requirements.txt": _REQUIREMENTS,
                },
                line=6,
            ),
        ),
        good=(
            good(
                {
                    **with_settings(
                        _HUEY + 'HUEY = {"huey_class": "huey.RedisHuey", "url": os.environ["REDIS_URL"]}\n'
                    ),
                    "requirements.txt": _REQUIREMENTS,
                }
            ),
        ),
    ),
    check=check,
)
