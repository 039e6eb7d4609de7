"""What runs in the background."""

import pytest

from analyzer.model.overrides import ComponentOverrides, Overrides
from analyzer.model.plan import Component, DeploymentPlan, Role
from tests.plan.conftest import CELERY, MakePlan, codes, shape

REDIS = "CELERY_BROKER_URL = os.environ['REDIS_URL']\n"
BEAT = "CELERY_BEAT_SCHEDULE = {'a': {'task': 'x', 'schedule': 60}}\n"
WEB = "web: gunicorn shop.wsgi\n"


def workers(plan: DeploymentPlan) -> list[tuple[str, str | None]]:
    return [(name, command) for kind, name, command in shape(plan) if kind == "worker"]


def component(plan: DeploymentPlan, name: str) -> Component:
    return next(c for c in plan.components if c.name == name)


def test_a_declared_worker(plan: MakePlan) -> None:
    made = plan({"shop/celery.py": CELERY, "Procfile": WEB + "worker: celery -A shop worker -l info\n"}, settings=REDIS)
    assert workers(made) == [("worker", "exec celery -A shop worker -l info --concurrency=2")]
    worker = component(made, "worker")
    assert worker.command.evidence[0].path == "Procfile"
    assert worker.command.evidence[0].line == 2
    assert worker.grace_period is not None
    assert worker.grace_period.value == 600


@pytest.mark.parametrize("option", ["-c 4", "--autoscale=4,1", "-P solo"])
def test_a_worker_whose_processes_are_bounded_keeps_its_bound(plan: MakePlan, option: str) -> None:
    made = plan({"shop/celery.py": CELERY, "Procfile": WEB + f"worker: celery -A shop worker {option}\n"}, REDIS)
    assert workers(made) == [("worker", f"exec celery -A shop worker {option}")]


def test_the_time_limit_bounds_the_wait(plan: MakePlan) -> None:
    made = plan(
        {"shop/celery.py": CELERY, "Procfile": WEB + "worker: celery -A shop worker -c 1\n"},
        settings=REDIS + "CELERY_TASK_TIME_LIMIT = 60\n",
    )
    worker = component(made, "worker")
    assert worker.grace_period is not None
    assert worker.grace_period.value == 70


def test_a_worker_that_nobody_starts(plan: MakePlan) -> None:
    routes = "CELERY_TASK_ROUTES = {'x': {'queue': 'mail'}}\n"
    made = plan({"shop/celery.py": CELERY}, settings=REDIS + routes)
    assert workers(made) == [
        ("worker", "exec celery -A shop.celery:app worker --loglevel=INFO --concurrency=2 --queues=celery,mail")
    ]
    assert "queue-without-worker" not in codes(made)


def test_no_celery_no_worker(plan: MakePlan) -> None:
    assert workers(plan({"Procfile": WEB})) == []


def test_queues_that_are_kept_apart(plan: MakePlan) -> None:
    procfile = WEB + (
        "worker: celery -A shop worker -Q celery -c 2\nmail_worker: celery -A shop worker -Q mail,bulk -c 1\n"
        "second: celery -A shop worker -Q bulk,mail -c 1\n"
    )
    made = plan({"shop/celery.py": CELERY, "Procfile": procfile}, settings=REDIS)
    assert [name for name, _ in workers(made)] == ["worker", "mail-worker"]


def test_a_queue_without_a_worker(plan: MakePlan) -> None:
    routes = "CELERY_TASK_ROUTES = {'x': {'queue': 'mail'}}\n"
    files = {"shop/celery.py": CELERY, "Procfile": WEB + "worker: celery -A shop worker -c 2\n"}
    assert "queue-without-worker" in codes(plan(files, settings=REDIS + routes))
    default = "CELERY_TASK_DEFAULT_QUEUE = 'mail'\n"
    assert "queue-without-worker" not in codes(plan(files, settings=REDIS + routes + default))


def test_beat_is_one_and_only_one(plan: MakePlan) -> None:
    overrides = Overrides(components={"beat": ComponentOverrides(instances=3)})
    made = plan(
        {"shop/celery.py": CELERY, "Procfile": WEB + "beat: celery -A shop beat --pidfile=/run/b.pid -s /data/s\n"},
        settings=REDIS,
        overrides=overrides,
    )
    beat = component(made, "beat")
    assert beat.role is Role.BEAT
    assert beat.command.value == "exec celery -A shop beat --schedule=/tmp/celerybeat-schedule"
    assert beat.instances is not None
    assert beat.instances.value == 1
    assert beat.instances.override is None
    assert beat.grace_period is not None
    assert beat.grace_period.value == 10
    assert "one-container-only" in codes(made)


def test_a_schedule_in_the_database_needs_no_file(plan: MakePlan) -> None:
    files = {
        "shop/celery.py": CELERY,
        "Procfile": WEB + "beat: celery -A shop beat -S django_celery_beat.schedulers:DatabaseScheduler\n",
    }
    command = component(plan(files, settings=REDIS), "beat").command.value
    assert command == "exec celery -A shop beat -S django_celery_beat.schedulers:DatabaseScheduler"
    setting = "CELERY_BEAT_SCHEDULER = 'django_celery_beat.schedulers:DatabaseScheduler'\n"
    made = plan({"shop/celery.py": CELERY, "Procfile": WEB}, settings=REDIS + setting)
    assert component(made, "beat").command.value == "exec celery -A shop.celery:app beat --loglevel=INFO"


def test_beat_for_a_schedule_that_nobody_starts(plan: MakePlan) -> None:
    made = plan({"shop/celery.py": CELERY, "Procfile": WEB}, settings=REDIS + BEAT)
    assert [name for name, _ in workers(made)] == ["worker", "beat"]
    made = plan({"shop/celery.py": CELERY, "Procfile": WEB}, settings=REDIS)
    assert [name for name, _ in workers(made)] == ["worker"]


def test_beat_inside_a_worker_is_taken_out(plan: MakePlan) -> None:
    procfile = WEB + "all: celery -A shop worker -B -c 1 --scheduler django_celery_beat.schedulers:DatabaseScheduler\n"
    made = plan({"shop/celery.py": CELERY, "Procfile": procfile}, settings=REDIS)
    assert workers(made) == [
        ("all", "exec celery -A shop worker -c 1 --scheduler django_celery_beat.schedulers:DatabaseScheduler"),
        (
            "beat",
            "exec celery -A shop beat --loglevel=INFO --scheduler=django_celery_beat.schedulers:DatabaseScheduler",
        ),
    ]


def test_tasks_that_run_in_the_caller(plan: MakePlan) -> None:
    made = plan({"shop/celery.py": CELERY}, settings=REDIS + "CELERY_TASK_ALWAYS_EAGER = True\n")
    assert workers(made) == []
    assert "tasks-run-in-the-caller" in codes(made)


def test_one_kind_of_file_counts(plan: MakePlan) -> None:
    unit = "[Service]\nExecStart=/srv/venv/bin/celery -A shop worker -c 8 --pidfile=/run/c.pid\n"
    files = {
        "shop/celery.py": CELERY,
        "Procfile": WEB + "worker: celery -A shop worker -c 2\n",
        "deploy/celery.service": unit,
    }
    assert workers(plan(files, settings=REDIS)) == [("worker", "exec celery -A shop worker -c 2")]


def test_other_workers_that_are_declared(plan: MakePlan) -> None:
    procfile = (
        WEB
        + "worker: celery -A shop worker -c 2\nlistener: python manage.py listen\nlistener2: python manage.py listen\n"
    )
    made = plan({"shop/celery.py": CELERY, "Procfile": procfile}, settings=REDIS)
    assert workers(made)[1:] == [("listener", "exec timeout --foreground 0 python manage.py listen")]


@pytest.mark.parametrize(
    ("settings", "requirement", "command"),
    [
        ("RQ_QUEUES = {'high': {'URL': 'x'}, 'low': {'URL': 'x'}}\n", "django-rq", "rqworker high low"),
        ("HUEY = {'connection': {'url': 'redis://x'}}\n", "huey", "run_huey"),
        ("Q_CLUSTER = {'orm': 'default'}\n", "django-q2", "qcluster"),
        (
            "TASKS = {'default': {'BACKEND': 'django_tasks.backends.database.DatabaseBackend'}}\n",
            "django-tasks",
            "db_worker",
        ),
        (
            "DRAMATIQ_BROKER = {'BROKER': 'dramatiq.brokers.redis.RedisBroker'}\n",
            "django-dramatiq",
            "rundramatiq --processes 1 --threads 4",
        ),
    ],
)
def test_workers_of_other_queues(plan: MakePlan, settings: str, requirement: str, command: str) -> None:
    made = plan({"requirements.txt": f"django\ngunicorn\n{requirement}\n"}, settings=settings)
    assert workers(made) == [("worker", f"exec python manage.py {command}")]


@pytest.mark.parametrize(
    "settings",
    [
        "TASKS = {'default': {'BACKEND': 'django.tasks.backends.immediate.ImmediateBackend'}}\n",
        "DRAMATIQ_BROKER = {'BROKER': 'dramatiq.brokers.redis.RedisBroker'}\n",
    ],
)
def test_queues_that_no_worker_empties(plan: MakePlan, settings: str) -> None:
    assert workers(plan(settings=settings)) == []


def test_channels_and_rq_schedulers(plan: MakePlan) -> None:
    procfile = WEB + "pictures: python manage.py runworker pictures\nclock: rqscheduler --url x\n"
    made = plan({"Procfile": procfile})
    assert workers(made) == [
        ("pictures", "exec timeout --foreground 0 python manage.py runworker pictures"),
        ("clock", "exec rqscheduler --url x"),
    ]
    assert component(made, "clock").role is Role.BEAT


@pytest.mark.parametrize(
    ("command", "handed_on"),
    [
        ("python manage.py listen --forever", True),
        ("python bot.py", True),
        ("newrelic-admin run-program python manage.py listen", True),
        ("python manage.py qcluster", False),
        ("dramatiq shop.tasks", False),
    ],
)
def test_term_is_handed_on_to_what_would_ignore_it(plan: MakePlan, command: str, handed_on: bool) -> None:
    (found,) = workers(plan({"Procfile": WEB + f"worker: {command}\n", "bot.py": ""}))
    assert found == ("worker", f"exec {'timeout --foreground 0 ' if handed_on else ''}{command}")


def test_processes_that_are_left_out_are_named(plan: MakePlan) -> None:
    procfile = WEB + "worker: celery -A shop worker | tee log\nflower: celery -A shop flower\n"
    made = plan({"shop/celery.py": CELERY, "Procfile": procfile}, settings=REDIS)
    assert {"process-left-out"} <= codes(made)


def test_what_the_servers_own_file_starts_is_not_said_to_be_left_out(plan: MakePlan) -> None:
    ini = "[uwsgi]\nmodule = shop.wsgi\nif-env = SMTPD_PORT\nattach-daemon = ./manage.py smtpd --port %(_)\nendif =\n"
    made = plan({"Procfile": "web: uwsgi --ini uwsgi.ini\n", "uwsgi.ini": ini})
    (note,) = [one for one in made.notes if one.code == "process-left-out"]
    assert note.message.endswith("it has no component: uwsgi.ini starts it beside the web process")


def test_the_existing_spec_keeps_name_size_and_number(plan: MakePlan) -> None:
    spec = (
        "name: live\nservices:\n- {name: api, run_command: gunicorn shop.wsgi, instance_size_slug: apps-s-1vcpu-1gb,"
        " instance_count: 2}\nworkers:\n- {name: tasks, run_command: celery -A shop worker -c 2,"
        " instance_size_slug: basic-s}\n"
    )
    made = plan({"shop/celery.py": CELERY, ".do/app.yaml": spec}, settings=REDIS)
    api, tasks = component(made, "api"), component(made, "tasks")
    assert api.instances is not None
    assert (api.size.value, api.instances.value, tasks.size.value) == ("apps-s-1vcpu-1gb", 2, "basic-s")
    assert "existing-component-left-out" not in codes(made)


def test_a_component_of_the_existing_spec_that_is_not_ours_is_named(plan: MakePlan) -> None:
    spec = "name: live\nservices:\n- {name: api}\n- {name: chat, source_dir: chat}\nfunctions:\n- {name: f}\n"
    messages = [n.message for n in plan({".do/app.yaml": spec}).notes if n.code == "existing-component-left-out"]
    assert [message.split(" ")[0] for message in messages] == ["chat", "f"]


def test_a_program_that_watches_the_source_is_not_missed(plan: MakePlan) -> None:
    watcher = "watchmedo shell-command --patterns=*.scss --command='make css' shop/static"
    made = plan({"Procfile": f"web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\ncss: {watcher}\n"})
    assert "process-left-out" not in codes(made)
