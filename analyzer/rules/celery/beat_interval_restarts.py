"""Beat keeps the time of the last run in a file; without it an interval begins again at each start."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import celery_processes, option_of, uses_celery, value_of, with_celery

_DAY = 86_400
_KEPT = lazy_pattern(r"DatabaseScheduler|RedBeat")
_ENTRY = 'CELERY_BEAT_SCHEDULE = {{"clean up": {{"task": "shop.tasks.clean_up", "schedule": {}}}}}\n'


def check(ctx: Context) -> RuleOutcome:
    """Intervals of a day and more; shorter ones come due between two deployments."""
    queue = ctx.facts.task_queue
    if not uses_celery(ctx) or not queue.intervals:
        return not_applicable("no task of Celery is due after an interval")
    schedulers = [value_of(queue.beat_scheduler) or ""]
    schedulers += [option_of(one.arguments, "-S", "--scheduler") or "" for one in celery_processes(ctx, "beat")]
    if any(_KEPT.search(one) for one in schedulers):
        return passed("the scheduler keeps its times outside of the container", *queue.beat_scheduler.evidence[:1])
    problems = (
        Problem(
            message=f"{one.name!r} is due {_days(one.seconds)} after beat has started: each deployment and restart "
            "begins the wait again, so with more frequent ones it never runs.",
            evidence=(one.evidence,),
        )
        for one in queue.intervals
        if one.seconds >= _DAY
    )
    return fail_all(problems) or passed("all intervals are shorter than a day", queue.intervals[0].evidence)


def _days(seconds: int) -> str:
    days = seconds / _DAY
    return "a day" if days == 1 else f"{days:g} days"


rule = Rule(
    info=RuleInfo(
        id="beat-interval-restarts",
        title="Interval of the schedule begins again at each start",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Beat's own scheduler writes the time of the last run to celerybeat-schedule. The disk of a container is "
            "empty after each deployment, and beat then counts an interval from its start. A task that is due every "
            "seven days never runs in an app that is deployed weekly."
        ),
        remediation="Give such tasks a time of day with crontab, which does not depend on the start.",
        commands=('"schedule": crontab(hour=3, minute=0),',),
        references=("https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#crontab-schedules",),
        bad=(bad(with_celery(_ENTRY.format("7 * 24 * 3600")), line=6),),
        good=(good(with_celery(_ENTRY.format("3600"))),),
    ),
    check=check,
)
