"""Schedulers and result stores with models need their app in INSTALLED_APPS."""

from collections.abc import Iterator

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import REQUIREMENTS, celery_processes, option_of, uses_celery, value_of, with_celery

_SCHEDULER = 'CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"\n'
_FILES = {"requirements.txt": REQUIREMENTS + "django-celery-beat==2.8.1\n"}


def check(ctx: Context) -> RuleOutcome:
    """The scheduler of the settings or of a command, and the result backend."""
    apps = ctx.facts.django.installed_apps
    wanted = list(_wanted(ctx)) if uses_celery(ctx) else []
    if not wanted or not isinstance(apps, Fact):
        return not_applicable("Celery keeps neither schedule nor results in the database")
    problems = (
        Problem(
            message=f"{what} needs {app}, which INSTALLED_APPS does not have: its models cannot be loaded, and {who}.",
            evidence=places,
            commands=(f'INSTALLED_APPS += ["{app}"]', "python manage.py migrate"),
        )
        for app, what, who, places in wanted
        if not any(one == app or one.startswith(f"{app}.") for one in apps.value)
    )
    return fail_all(problems) or passed("the apps of Celery's models are installed", *apps.evidence[:1])


def _wanted(ctx: Context) -> Iterator[tuple[str, str, str, tuple[Evidence, ...]]]:
    queue = ctx.facts.task_queue
    app, scheduler = "django_celery_beat", value_of(queue.beat_scheduler) or ""
    if scheduler.startswith(app):
        yield app, f"The scheduler {scheduler}", "beat ends at its start", queue.beat_scheduler.evidence
    for one in celery_processes(ctx, "beat"):
        if (option_of(one.arguments, "-S", "--scheduler") or "").startswith(app):
            yield app, f"The scheduler of {one.name}", "beat ends at its start", (one.evidence,)
    if value_of(queue.result_backend) == "django-db":
        evidence = queue.result_backend.evidence
        yield "django_celery_results", "The result backend django-db", "no result can be stored", evidence


rule = Rule(
    info=RuleInfo(
        id="celery-app-not-installed",
        title="App of Celery's models is not installed",
        severity=Severity.BLOCKER,
        category=Category.CELERY,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "django-celery-beat and django-celery-results keep schedule and results in tables of the database. Django "
            "refuses to load models of an app that is not installed, and migrate makes no tables for it."
        ),
        remediation="Add the app to INSTALLED_APPS; the job that migrates makes its tables.",
        references=("https://django-celery-beat.readthedocs.io/en/latest/#installation",),
        bad=(bad(with_celery(_SCHEDULER, _FILES), line=6),),
        good=(good(with_celery(_SCHEDULER + 'INSTALLED_APPS = [*INSTALLED_APPS, "django_celery_beat"]\n', _FILES)),),
    ),
    check=check,
)
