"""The facts about background tasks, put together."""

import re
from collections.abc import Mapping

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.django.evaluation import Program
from analyzer.facts.django.plain_settings import to_plain
from analyzer.facts.evaluator.operators import describe
from analyzer.facts.evaluator.values import all_env
from analyzer.facts.task_queue.celery_app import FoundApplication, find_application
from analyzer.facts.task_queue.celery_config import lookup, queue_data, reads_settings
from analyzer.facts.task_queue.code_use import UsedQueue, queue_in_code
from analyzer.facts.task_queue.delays import task_delays
from analyzer.facts.task_queue.options import celery_options, schedule_intervals, unread_settings
from analyzer.facts.task_queue.transports import celery_broker, celery_result_backend
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, Unresolved
from analyzer.model.facts import DependencyFacts, DjangoFacts, Plain, Process, ProcessType, TaskQueueFacts


def collect_task_queue(
    program: Program,
    view: SettingsView,
    django: DjangoFacts,
    dependencies: DependencyFacts,
    processes: tuple[Process, ...],
) -> tuple[TaskQueueFacts, FoundApplication | None]:
    """Which task queue the project uses and how it is configured; and the evaluated Celery application, if any."""
    found = find_application(program, view.bare, tuple(p.command for p in processes))
    started_by = tuple(p for p in processes if p.type in (ProcessType.WORKER, ProcessType.BEAT))
    if found is not None:
        return _celery(program, view, found, dependencies, started_by), found
    kind = _other_queue(view, django)
    used = queue_in_code(program, dependencies) if isinstance(kind, Fact) and kind.value is None else None
    if used is not None:
        kind = Fact(value=used.kind, evidence=(used.evidence,), certainty=Certainty.LIKELY)
    where = (view.module_evidence,)
    nothing: Answer[str | None] = Fact(value=None, evidence=where)
    facts = TaskQueueFacts(
        kind=kind,
        app=nothing,
        broker=_other_broker(view, kind, used),
        broker_env=(),
        result_backend=nothing,
        beat=Fact(value=False, evidence=where),
        beat_scheduler=nothing,
        beat_entries=Fact(value=(), evidence=where),
        queues=_other_queues(view, kind),
        started_by=started_by,
    )
    return facts, None


def _other_queue(view: SettingsView, django: DjangoFacts) -> Answer[str | None]:
    apps = django.installed_apps.value if isinstance(django.installed_apps, Fact) else ()
    for row in queue_data()["queue"]:
        if any(app == entry or app.startswith(entry + ".") for app in apps for entry in row["apps"]):
            return Fact(value=row["kind"], evidence=django.installed_apps.evidence)
        setting = next((s for s in row["settings"] if view.is_set(s)), None)
        if setting is not None:
            return Fact(value=row["kind"], evidence=view.evidence(setting))
    if isinstance(django.installed_apps, Unresolved):
        return Unresolved(reason=django.installed_apps.reason, evidence=django.installed_apps.evidence)
    return Fact(value=None, evidence=django.installed_apps.evidence)


def _other_broker(view: SettingsView, kind: Answer[str | None], used: UsedQueue | None) -> Answer[str | None]:
    if used is not None and used.broker is not None:
        return Fact(value=used.broker, evidence=(used.broker_evidence,), certainty=Certainty.LIKELY)
    value = kind.value if isinstance(kind, Fact) else None
    if value == "rq":
        return Fact(value="redis", evidence=kind.evidence)
    if value in ("django-tasks", "procrastinate", "background-tasks"):
        return Fact(value="database", evidence=kind.evidence, certainty=Certainty.LIKELY)
    for setting in ("HUEY", "Q_CLUSTER", "DRAMATIQ_BROKER"):
        if view.is_set(setting):
            broker = _broker_of_setting(setting, view.plain(setting, view.bare))
            if broker is None:
                return Unresolved(reason=f"{setting} does not name its broker", evidence=view.evidence(setting))
            return Fact(value=broker, evidence=view.evidence(setting), certainty=Certainty.LIKELY)
    return Fact(value=None, evidence=kind.evidence or (view.module_evidence,))


def _broker_of_setting(setting: str, plain: Plain) -> str | None:
    """The broker that a queue's setting mentions; a `HUEY` dictionary without a class means Redis.

    Source: huey, huey/contrib/djhuey/__init__.py, 2.5.
    """
    text = str(plain).lower()
    named = next((b for b in ("redis", "rabbitmq", "sqlite", "memory", "orm", "sqs", "mongo") if b in text), None)
    if named is None and setting == "HUEY" and isinstance(plain, Mapping):
        return None if {"huey_class", "backend_class"} & set(plain) else "redis"
    return named


def _other_queues(view: SettingsView, kind: Answer[str | None]) -> Answer[tuple[str, ...]]:
    if view.is_set("RQ_QUEUES"):
        plain = view.plain("RQ_QUEUES", view.bare)
        if isinstance(plain, Mapping):
            return Fact(value=tuple(sorted(plain)), evidence=view.evidence("RQ_QUEUES"))
        return Unresolved(reason="RQ_QUEUES is computed at run time", evidence=view.evidence("RQ_QUEUES"))
    return Fact(value=(), evidence=kind.evidence or (view.module_evidence,))


def _celery(
    program: Program,
    view: SettingsView,
    found: FoundApplication,
    dependencies: DependencyFacts,
    started_by: tuple[Process, ...],
) -> TaskQueueFacts:
    at = (found.evidence,)
    entries = _beat_entries(view, found)
    scheduler = _beat_scheduler(view, found)
    broker = lookup(found, view.bare, "broker_url")
    options = celery_options(found, view)
    unread = tuple(unread_settings(found, view, options))
    return TaskQueueFacts(
        kind=Fact(value="celery", evidence=at),
        app=Fact(value=found.dotted, evidence=at),
        broker=celery_broker(view, found, dependencies),
        broker_env=tuple(sorted(all_env(broker[0]))) if broker is not None else (),
        result_backend=celery_result_backend(view, found, dependencies),
        beat=_beat(found, entries, scheduler, started_by),
        beat_scheduler=scheduler,
        beat_entries=entries,
        queues=_queues(view, found, started_by),
        started_by=started_by,
        always_eager=_always_eager(view, found),
        time_limit=_time_limit(view, found),
        options=options,
        unread=tuple(place for place, _ in unread),
        read_instead={place.note: name for place, name in unread},
        namespace=found.application.namespace if reads_settings(found, view.bare) else None,
        delays=task_delays(program.repo, program.roots[0]),
        intervals=schedule_intervals(found, view),
    )


def _always_eager(view: SettingsView, found: FoundApplication) -> tuple[Evidence, ...]:
    option = lookup(found, view.configured, "task_always_eager")
    return option[1] if option is not None and option[0].data is True else ()


def _time_limit(view: SettingsView, found: FoundApplication) -> Fact[int] | None:
    option = lookup(found, view.configured, "task_time_limit")
    value = None if option is None else to_plain(option[0])
    if option is None or isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 10**9:
        return None
    return Fact(value=int(value), evidence=option[1])


def _beat_entries(view: SettingsView, found: FoundApplication) -> Answer[tuple[str, ...]]:
    option = lookup(found, view.bare, "beat_schedule")
    if option is None or option[0].data is None:
        return Fact(value=(), evidence=(found.evidence,))
    value, evidence = option
    if isinstance(value.data, dict):
        return Fact(value=tuple(sorted(str(k) for k in value.data if k != "__default_factory__")), evidence=evidence)
    return Unresolved(reason=f"the schedule: {describe(value)}", evidence=evidence)


def _beat_scheduler(view: SettingsView, found: FoundApplication) -> Answer[str | None]:
    option = lookup(found, view.bare, "beat_scheduler")
    if option is None:
        default = queue_data()["celery_defaults"]["beat_scheduler"]
        evidence = found.evidence
        return Fact(
            value=default,
            evidence=(Evidence(path=evidence.path, line=evidence.line, note="not configured: Celery's default"),),
        )
    plain = to_plain(option[0])
    if isinstance(plain, str):
        return Fact(value=plain, evidence=option[1])
    return Unresolved(reason=f"the scheduler: {describe(option[0])}", evidence=option[1])


def _beat(
    found: FoundApplication,
    entries: Answer[tuple[str, ...]],
    scheduler: Answer[str | None],
    started_by: tuple[Process, ...],
) -> Answer[bool]:
    """Whether something is to be started on a schedule."""
    if isinstance(entries, Fact) and entries.value:
        return Fact(value=True, evidence=entries.evidence)
    process = next(
        (p for p in started_by if p.type is ProcessType.BEAT or re.search(r"\s(-B|--beat)\b", p.command)), None
    )
    if process is not None:
        return Fact(value=True, evidence=(process.evidence,))
    if found.application.periodic:
        place = found.application.periodic[0]
        return Fact(value=True, evidence=(Evidence(path=place.path, line=place.line),))
    if isinstance(scheduler, Fact) and scheduler.value and "DatabaseScheduler" in scheduler.value:
        return Fact(value=True, evidence=scheduler.evidence, certainty=Certainty.LIKELY)
    if isinstance(entries, Unresolved):
        return Unresolved(reason=entries.reason, evidence=entries.evidence)
    return Fact(value=False, evidence=entries.evidence)


def _queues(view: SettingsView, found: FoundApplication, started_by: tuple[Process, ...]) -> Answer[tuple[str, ...]]:
    """Queues that tasks are routed to or workers listen on."""
    names: set[str] = set()
    evidence: list[Evidence] = []
    for option in ("task_queues", "task_routes", "task_default_queue"):
        setting = lookup(found, view.bare, option)
        if setting is None:
            continue
        names |= _queue_names(to_plain(setting[0]))
        evidence += setting[1]
    for process in started_by:
        for listed in re.findall(r"\s(?:-Q|--queues)[\s=]*([\w.,:-]+)", process.command):
            names |= set(listed.split(","))
            evidence.append(process.evidence)
    return Fact(value=tuple(sorted(names)), evidence=tuple(evidence) or (found.evidence,))


def _queue_names(plain: object) -> set[str]:
    if isinstance(plain, str):
        return {plain}
    if isinstance(plain, tuple):
        return {n for part in plain for n in _queue_names(part.get("name") if isinstance(part, Mapping) else None)}
    if isinstance(plain, Mapping):
        found: set[str] = set()
        for value in plain.values():
            queue = value.get("queue") if isinstance(value, Mapping) else None
            found |= {queue} if isinstance(queue, str) else _queue_names(queue) if isinstance(queue, Mapping) else set()
        return found
    return set()
