"""Commands that run at fixed times: those of deployment files, and those of the settings of cron packages."""

from collections.abc import Iterator

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.existing.cron_fields import split_cron
from analyzer.facts.existing.schedules import scheduled_commands
from analyzer.model.evidence import RepoPath
from analyzer.model.existing import ScheduledCommand
from analyzer.model.facts import Plain
from analyzer.snapshot.repository import RepositorySnapshot

MAX_JOBS = 50
_CALL_COMMAND = "django.core.management.call_command"


def collect_schedules(
    repo: RepositorySnapshot, django_dir: RepoPath, view: SettingsView
) -> tuple[ScheduledCommand, ...]:
    """All of them: first those of the settings, then those of files."""
    return (*_django_crontab(view), *_django_cron(view), *scheduled_commands(repo, django_dir))


def _django_crontab(view: SettingsView) -> Iterator[ScheduledCommand]:
    """CRONJOBS of django-crontab: (time, function[, arguments[, keywords]][, suffix]) (its README, 0.7.1)."""
    jobs = view.plain("CRONJOBS", view.bare)
    for job in (jobs if isinstance(jobs, tuple) else ())[:MAX_JOBS]:
        if not isinstance(job, tuple) or len(job) < 2 or not isinstance(job[0], str) or not isinstance(job[1], str):
            continue
        cron = split_cron(job[0])
        if cron is not None:
            arguments = job[2] if len(job) > 2 and isinstance(job[2], tuple) else ()
            yield ScheduledCommand(
                name=_name(job[1], arguments),
                cron=cron[0],
                command=_command(job[1], arguments),
                source="django-crontab",
                evidence=view.evidence("CRONJOBS")[0],
            )


def _name(function: str, arguments: tuple[Plain, ...]) -> str:
    if function == _CALL_COMMAND and arguments and isinstance(arguments[0], str):
        return arguments[0]
    return function.rpartition(".")[2]


def _command(function: str, arguments: tuple[Plain, ...]) -> str:
    """The function called in a shell of Django, as django-crontab calls it in its own management command."""
    texts = [argument for argument in arguments if isinstance(argument, str)]
    if function == _CALL_COMMAND and texts:
        return " ".join(["python manage.py", *texts])
    module, _, name = function.rpartition(".")
    values = ", ".join(repr(argument) for argument in arguments if isinstance(argument, str | int | float))
    return f'python manage.py shell -c "from {module} import {name}; {name}({values})"'


def _django_cron(view: SettingsView) -> Iterator[ScheduledCommand]:
    """CRON_CLASSES of django-cron: `runcrons` looks which of them are due (its docs, installation.rst, 0.6)."""
    classes = view.plain("CRON_CLASSES", view.bare)
    if isinstance(classes, tuple) and classes:
        yield ScheduledCommand(
            name="runcrons",
            cron="*/5 * * * *",
            command="python manage.py runcrons",
            source="django-cron",
            evidence=view.evidence("CRON_CLASSES")[0],
        )
