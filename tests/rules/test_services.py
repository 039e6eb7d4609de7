"""Branches of the rules about databases, Redis and task queues that their examples do not show."""

from pathlib import Path

import pytest

from analyzer.model.finding import Failed, NotApplicable, Passed, Severity, Undetermined
from analyzer.rules.services import (
    CELERY,
    POSTGRESQL,
    REQUIREMENTS,
    option_of,
    with_celery,
    with_processes,
    with_settings,
)
from tests.rules.examples import findings_of, outcome_of, report_of

DATABASE = f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}{{}}    }}\n}}\n'
RESULTS = 'INSTALLED_APPS = [*INSTALLED_APPS, "django_celery_results"]\nCELERY_RESULT_BACKEND = "django-db"\n'


def database(more: str) -> dict[str, str | None]:
    return with_settings(DATABASE.replace("{}", more))


@pytest.mark.parametrize(
    ("rule", "files", "severity", "words"),
    [
        (
            "database-without-tls",
            database('        "OPTIONS": {"sslmode": "verify-full"},\n'),
            "blocker",
            "sslrootcert",
        ),
        ("database-without-tls", database('        "OPTIONS": {"sslmode": "prefer"},\n'), "advice", "sslmode prefer"),
        ("connections-unchecked", database('        "CONN_MAX_AGE": None,\n'), "advice", "for ever"),
        ("pool-refused", database('        "OPTIONS": {"pool": True},\n'), "blocker", "psycopg_pool"),
        ("results-never-expire", with_celery(RESULTS), "advice", "beat"),
        ("tasks-run-in-the-caller", with_settings('HUEY = {"name": "shop", "immediate": True}\n'), "advice", "huey"),
        (
            "tasks-run-in-the-caller",
            with_processes("worker: celery -A shop worker", text="CELERY_TASK_ALWAYS_EAGER = True\n"),
            "advice",
            "the worker gets none",
        ),
        (
            "redis-address-fixed",
            {**with_settings('CELERY_BROKER_URL = "redis://localhost"\n'), "shop/celery.py": CELERY},
            "risk",
            "redis://localhost",
        ),
        (
            "broker-not-offered",
            {
                **with_settings('BROKER_URL = os.environ["REDIS_URL"]\n'),
                "shop/celery.py": CELERY,
                "requirements.txt": REQUIREMENTS,
            },
            "risk",
            "amqp://guest@localhost",
        ),
        (
            "celery-app-not-installed",
            with_processes("beat: celery -A shop beat -S django_celery_beat.schedulers:DatabaseScheduler"),
            "blocker",
            "INSTALLED_APPS",
        ),
        ("django-q-runs-twice", with_settings('Q_CLUSTER = {"name": "shop", "orm": "default"}\n'), "risk", "for ever"),
        (
            "worker-concurrency-high",
            with_processes("worker: celery -A shop worker --autoscale=9,2"),
            "risk",
            "9 process",
        ),
        (
            "redis-certificates-unchecked",
            with_settings('CACHES["default"]["OPTIONS"] = {"connection_pool_kwargs": {"ssl_cert_reqs": None}}\n'),
            "advice",
            "CACHES",
        ),
        (
            "cache-clear-deletes-tasks",
            with_celery("", {"shop/jobs.py": "def empty(connection):\n    connection.flushdb()\n"}),
            "risk",
            "flushed",
        ),
    ],
)
def test_found(tmp_path: Path, rule: str, files: dict[str, str | None], severity: str, words: str) -> None:
    found = findings_of(report_of(tmp_path, files), rule)
    assert [one.severity for one in found if words in one.message] == [Severity(severity)]


@pytest.mark.parametrize(
    ("rule", "files"),
    [
        ("database-without-tls", with_settings('DATABASES["default"] |= {"USER": os.environ["DB_USER"]}\n')),
        ("long-task-lost-at-deployment", with_celery("CELERY_TASK_TIME_LIMIT = 1800\nCELERY_TASK_ACKS_LATE = True\n")),
        (
            "long-task-lost-at-deployment",
            with_celery(
                "CELERY_TASK_TIME_LIMIT = 1800\n",
                {"shop/jobs.py": "@shared_task(acks_late=True)\ndef run():\n    ...\n"},
            ),
        ),
        (
            "prefetch-with-long-tasks",
            with_processes("w: celery -A shop worker -O fair", text="CELERY_TASK_TIME_LIMIT = 7200\n"),
        ),
        ("task-time-limit-missing", with_processes("worker: celery -A shop worker --time-limit=300")),
        ("beat-started-by-nobody", with_processes("worker: celery -A shop worker -B")),
        ("worker-concurrency-high", with_processes("worker: celery -A shop worker -P gevent -c 100")),
        ("flower-without-password", with_processes("flower: celery -A shop flower --basic-auth=a:b")),
        (
            "beat-interval-restarts",
            with_processes(
                "beat: celery -A shop beat -S redbeat.RedBeatScheduler",
                text='CELERY_BEAT_SCHEDULE = {"a": {"task": "a", "schedule": 86400}}\n',
            ),
        ),
        (
            "tasks-run-in-the-caller",
            with_processes(
                "worker: celery -A shop worker",
                text='CELERY_TASK_ALWAYS_EAGER = os.environ.get("EAGER", "True") == "True"\n',
            ),
        ),
        ("connection-limit-exceeded", {"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT -p 8080\n"}),
    ],
)
def test_in_order(tmp_path: Path, rule: str, files: dict[str, str | None]) -> None:
    assert isinstance(outcome_of(report_of(tmp_path, files), rule), Passed)


def test_what_cannot_be_told_is_asked(tmp_path: Path) -> None:
    settings = "from shop.defaults import *\nimport elsewhere\n\nDATABASES = elsewhere.databases()\n"
    files = {"shop/settings.py": settings, "requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}
    outcome = outcome_of(report_of(tmp_path, files), "database-not-reached")
    assert isinstance(outcome, Undetermined)
    assert (outcome.evidence[0].path, outcome.evidence[0].line) == ("shop/settings.py", 4)


def test_nothing_is_said_of_what_is_not_there(tmp_path: Path) -> None:
    report = report_of(tmp_path, {})
    for rule in ("queue-without-worker", "django-q-runs-twice", "cache-clear-deletes-tasks", "geodjango-unused"):
        assert isinstance(outcome_of(report, rule), NotApplicable)
    assert not isinstance(outcome_of(report, "database-driver-missing"), Failed)


@pytest.mark.parametrize(
    ("command", "value"),
    [
        ("celery worker -c 4", "4"),
        ("celery worker -c4", "4"),
        ("celery worker --concurrency=4", "4"),
        ("celery worker --concurrency 4", "4"),
        ("celery worker --concurrency --loglevel=INFO", ""),
        ("celery worker --concurrent=4", None),
    ],
)
def test_the_value_of_an_option(command: str, value: str | None) -> None:
    assert option_of(command.split(), "-c", "--concurrency") == value
