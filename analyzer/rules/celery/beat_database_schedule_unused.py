"""A schedule that is edited in the admin counts only where beat runs with the scheduler that reads it."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import REQUIREMENTS, celery_processes, option_of, uses_celery, value_of, with_celery

_APP = "django_celery_beat"
_INSTALLED = 'INSTALLED_APPS = [*INSTALLED_APPS, "django_celery_beat"]\n'
_FILES = {"requirements.txt": REQUIREMENTS + "django-celery-beat==2.8.1\n"}


def check(ctx: Context) -> RuleOutcome:
    """The scheduler of the settings, or of the commands that start beat or a worker with it."""
    apps = value_of(ctx.facts.django.installed_apps) or ()
    queue = ctx.facts.task_queue
    if not uses_celery(ctx) or not any(app == _APP or app.startswith(f"{_APP}.") for app in apps):
        return not_applicable("the schedule is not kept in the database")
    if not isinstance(queue.beat_scheduler, Fact):
        return not_applicable("the scheduler could not be told")
    starters = [*celery_processes(ctx, "beat"), *celery_processes(ctx, "worker")]
    chosen = [option_of(one.arguments, "-S", "--scheduler") for one in starters]
    if any(
        "persistentscheduler" not in (one or "").lower() for one in (*filter(None, chosen), queue.beat_scheduler.value)
    ):
        return passed("beat reads the schedule of the database", *queue.beat_scheduler.evidence[:1])
    beat = celery_processes(ctx, "beat")
    places = (beat[0].evidence,) if beat else ctx.facts.django.installed_apps.evidence
    return fail(
        "django_celery_beat is installed, and nothing tells beat to use its scheduler: what is entered in the admin "
        "is never sent.",
        *places,
    )


rule = Rule(
    info=RuleInfo(
        id="beat-database-schedule-unused",
        title="Beat does not read the schedule of the database",
        severity=Severity.ADVICE,
        category=Category.CELERY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Beat's default scheduler takes the schedule of the settings and keeps its times in a file of the "
            "container. The tables of django-celery-beat survive deployments and can be edited, but only the "
            "DatabaseScheduler looks at them."
        ),
        remediation="Name the scheduler in the settings.",
        commands=('CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"',),
        references=("https://django-celery-beat.readthedocs.io/en/latest/",),
        bad=(bad(with_celery(_INSTALLED, _FILES), line=6),),
        good=(
            good(
                with_celery(
                    _INSTALLED + 'CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"\n', _FILES
                )
            ),
        ),
    ),
    check=check,
)
