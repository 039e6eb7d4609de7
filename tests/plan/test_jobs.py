"""Jobs before a release and at fixed times."""

import pytest

from analyzer.model.overrides import ComponentOverrides, Overrides
from analyzer.model.plan import Component, DeploymentPlan
from tests.plan.conftest import MakePlan, codes

WEB = "web: gunicorn shop.wsgi\n"
MIGRATE = "python manage.py migrate --noinput"


def jobs(plan: DeploymentPlan) -> list[Component]:
    return [c for c in plan.components if c.job_kind is not None]


def release(plan: DeploymentPlan) -> str | None:
    return next((c.command.value for c in jobs(plan) if c.job_kind == "PRE_DEPLOY"), None)


def test_migrations(plan: MakePlan) -> None:
    made = plan()
    assert [(c.name, c.job_kind, c.instances) for c in jobs(made)] == [("migrate", "PRE_DEPLOY", None)]
    assert release(made) == MIGRATE


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("python manage.py migrate", "python manage.py migrate"),
        ("./manage.py createcachetable && pipenv run ./manage.py migrate", None),
        ("python manage.py collectstatic --noinput && python manage.py migrate", "python manage.py migrate"),
        ("python manage.py clear_cache", f"{MIGRATE} && python manage.py clear_cache"),
        ("yes yes | python manage.py migrate", "python manage.py migrate"),
        ("pip install -r requirements.txt && python manage.py migrate", "python manage.py migrate"),
        ("python manage.py wait_for_db && python manage.py migrate", "python manage.py migrate"),
        ("python manage.py migrate && ./notify --all", "python manage.py migrate && notify --all"),
    ],
)
def test_the_release_command_is_kept_but_for_what_belongs_elsewhere(
    plan: MakePlan, command: str, expected: str | None
) -> None:
    kept = "python manage.py createcachetable && python manage.py migrate"
    assert release(plan({"Procfile": f"{WEB}release: {command}\n"})) == (expected or kept)


@pytest.mark.parametrize("command", ["flush --noinput", "makemigrations", "createsuperuser --noinput"])
def test_commands_that_a_release_must_not_run(plan: MakePlan, command: str) -> None:
    made = plan({"Procfile": f"{WEB}release: python manage.py {command} && python manage.py migrate\n"})
    assert release(made) == "python manage.py migrate"
    assert "release-command-left-out" in codes(made)


def test_a_script_of_a_laptop_counts_as_far_as_it_is_django(plan: MakePlan) -> None:
    files = {
        "Dockerfile": 'FROM python\nENTRYPOINT ["./entry.sh"]\n',
        "entry.sh": "python manage.py migrate\npython manage.py register $MACHINE\nexec gunicorn shop.wsgi\n",
    }
    made = plan(files)
    assert release(made) == "python manage.py migrate"
    assert "release-command-left-out" in codes(made)


def test_collectstatic_only_where_it_uploads(plan: MakePlan) -> None:
    storage = "STORAGES = {'staticfiles': {'BACKEND': 'storages.backends.s3.S3Storage'}}\n"
    assert release(plan(settings=storage)) == f"{MIGRATE} && python manage.py collectstatic --noinput"
    procfile = {"Procfile": f"{WEB}release: python manage.py migrate && python manage.py collectstatic --noinput\n"}
    expected = "python manage.py migrate && python manage.py collectstatic --noinput"
    assert release(plan(procfile, settings=storage)) == expected
    assert release(plan(procfile)) == "python manage.py migrate"


def test_tenants_migrate_by_another_command(plan: MakePlan) -> None:
    made = plan(settings="INSTALLED_APPS += ['django_tenants']\n")
    assert release(made) == "python manage.py migrate_schemas --noinput"


def test_a_job_of_the_existing_spec_keeps_its_name(plan: MakePlan) -> None:
    spec = (
        "services:\n- {name: api}\njobs:\n- {name: prepare, kind: PRE_DEPLOY, run_command: python manage.py migrate}\n"
    )
    assert [c.name for c in jobs(plan({".do/app.yaml": spec}))] == ["prepare"]


CRONJOBS = (
    "CRONJOBS = [('%s', 'django.core.management.call_command', ['clearsessions'])]\nTIME_ZONE = 'Europe/Berlin'\n"
)


def test_a_scheduled_job(plan: MakePlan) -> None:
    job = next(c for c in jobs(plan(settings=CRONJOBS % "0 4 * * *")) if c.job_kind == "SCHEDULED")
    assert (job.name, job.command.value) == ("clearsessions", "python manage.py clearsessions")
    assert job.schedule is not None
    assert (job.schedule.value.cron, job.schedule.value.time_zone) == ("0 4 * * *", "Europe/Berlin")


def test_a_schedule_that_is_too_close(plan: MakePlan) -> None:
    made = plan(settings=CRONJOBS % "*/5 4 * * *")
    job = next(c for c in jobs(made) if c.job_kind == "SCHEDULED")
    assert job.schedule is not None
    assert job.schedule.value.cron == "*/15 4 * * *"
    assert "schedule-too-often" in codes(made)


def test_the_configuration_decides_the_schedule(plan: MakePlan) -> None:
    overrides = Overrides(components={"clearsessions": ComponentOverrides(schedule="30 5 * * *")})
    job = next(c for c in jobs(plan(settings=CRONJOBS % "0 4 * * *", overrides=overrides)) if c.schedule)
    assert job.schedule is not None
    assert (job.schedule.value.cron, job.schedule.override) == ("30 5 * * *", "components.clearsessions.schedule")


def test_what_cannot_become_a_job_is_named(plan: MakePlan) -> None:
    files = {"deploy/crontab": "0 1 * * * /srv/backup.sh\n", "app.json": '{"addons": ["scheduler"]}'}
    made = plan(files)
    assert [c.job_kind for c in jobs(made)] == ["PRE_DEPLOY"]
    assert {"schedule-not-understood", "schedule-not-in-repository"} <= codes(made)
    assert "schedule-not-understood" not in codes(plan())


def test_jobs_of_the_existing_spec_that_run_later_stay_apart(plan: MakePlan) -> None:
    spec = (
        "services:\n- {name: api}\njobs:\n- {name: warm, run_command: python manage.py warm}\n"
        "- {name: tell, kind: FAILED_DEPLOY, run_command: python manage.py tell}\n- {name: empty}\n"
    )
    made = plan({".do/app.yaml": spec})
    assert [(c.name, c.job_kind, c.command.value) for c in jobs(made)] == [
        ("migrate", "PRE_DEPLOY", MIGRATE),
        ("warm", "POST_DEPLOY", "python manage.py warm"),
        ("tell", "FAILED_DEPLOY", "python manage.py tell"),
    ]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("shop.__main__:main", "python -m shop prepare --fast"),
        ("shop.cli:App.run", "python -c 'import sys; from shop.cli import App; sys.exit(App.run())' prepare --fast"),
    ],
)
def test_a_program_of_the_project_itself(plan: MakePlan, target: str, expected: str) -> None:
    project = (
        f'[project]\nname = "shop"\nversion = "1"\ndependencies = ["django"]\n[project.scripts]\nshop = "{target}"\n'
    )
    files = {
        "pyproject.toml": project,
        "Dockerfile": "FROM python:3.13\nCOPY . .\nCMD ./start.sh\n",
        "start.sh": "#!/bin/sh\nshop prepare --fast\npython manage.py migrate\nexec gunicorn shop.wsgi\n",
    }
    assert release(plan(files)) == f"{expected} && python manage.py migrate"
