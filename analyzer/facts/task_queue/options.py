"""Celery's options as data, the settings that only look like them, and the intervals of its schedule."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.django.plain_settings import to_plain
from analyzer.facts.evaluator.values import Foreign, Value
from analyzer.facts.task_queue.celery_app import FoundApplication
from analyzer.facts.task_queue.celery_config import lookup, queue_data, reads_settings
from analyzer.model.evidence import Evidence
from analyzer.model.facts import QueueOption, TaskDelay

MAX_INTERVALS = 100


def celery_options(found: FoundApplication, view: SettingsView) -> dict[str, QueueOption]:
    """The options of data/task_queues.toml that something sets."""
    options: dict[str, QueueOption] = {}
    for name in sorted(queue_data()["celery_old_names"]):
        option = lookup(found, view.configured, name)
        if option is not None:
            options[name] = QueueOption(value=to_plain(option[0]), evidence=option[1])
    return options


def unread_settings(
    found: FoundApplication, view: SettingsView, options: Mapping[str, object]
) -> Iterator[tuple[Evidence, str]]:
    """Django settings named like an option that is not set otherwise, and the names that Celery looks for.

    With a namespace the names before Celery 4 are not read, without one those with a prefix (celery/app/utils.py,
    detect_settings; tried with Celery 5.5).
    """
    if not reads_settings(found, view.bare):
        return
    old_names: dict[str, str] = queue_data()["celery_old_names"]
    for option, old in sorted(old_names.items()):
        namespace = found.application.namespace
        read = f"{namespace}_{option.upper()}" if namespace else old
        for name in (old, f"CELERY_{option.upper()}"):
            if name != read and option not in options and view.is_set(name):
                first = view.evidence(name)[0]
                yield Evidence(path=first.path, line=first.line, note=name), read


def schedule_intervals(found: FoundApplication, view: SettingsView) -> tuple[TaskDelay, ...]:
    """Entries of the schedule with a number of seconds or a timedelta, in their order."""
    option = lookup(found, view.bare, "beat_schedule")
    entries = option[0].data if option is not None else None
    if option is None or not isinstance(entries, dict):
        return ()
    return tuple(_intervals(entries, option[1][0]))[:MAX_INTERVALS]


def _intervals(entries: Mapping[object, Value], otherwise: Evidence) -> Iterator[TaskDelay]:
    for name, entry in entries.items():
        schedule = entry.data.get("schedule") if isinstance(entry.data, dict) else None
        seconds = _seconds(schedule)
        if schedule is not None and seconds is not None and 0 < seconds < 10**9:
            at = schedule.at or entry.at
            place = Evidence(path=at.path, line=at.line) if at is not None else otherwise
            yield TaskDelay(name=str(name), seconds=int(seconds), evidence=place)


def _seconds(schedule: Value | None) -> float | None:
    data = None if schedule is None else schedule.data
    if isinstance(data, Foreign):
        data = data.plain_payload
    if isinstance(data, timedelta):
        return data.total_seconds()
    return data if isinstance(data, int | float) and not isinstance(data, bool) else None
