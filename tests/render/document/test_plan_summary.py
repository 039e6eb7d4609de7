"""The plan as the report has it: plain values, and the reason of each part."""

from dataclasses import replace
from typing import Any

from analyzer.model.plan import (
    Component,
    ComponentKind,
    DatabaseEngine,
    DatabasePlan,
    DeploymentPlan,
    HealthCheck,
    PlanNote,
    Role,
    Route,
    Schedule,
    Variable,
)
from analyzer.render.document.plan_summary import plan_summary
from tests.render.plans import RICH, SIMPLE, decided, plan_of

CHECK = HealthCheck(path="/up", initial_delay=1, period=2, timeout=3, success_threshold=4, failure_threshold=5)
WEB = Component(
    name="web",
    kind=ComponentKind.SERVICE,
    role=Role.WEB,
    because=decided("web", "the Procfile declares it", "Procfile:1"),
    command=decided(None, "the image's own"),
    size=decided("apps-s-1vcpu-0.5gb", "the smallest"),
    instances=decided(2, "two"),
    port=decided(8080, "the default"),
    health_check=decided(CHECK, "answers"),
    routes=(Route(path="/"),),
)
JOB = Component(
    name="tidy",
    kind=ComponentKind.JOB,
    role=Role.SCHEDULED,
    because=decided("tidy", "cron"),
    command=decided("python manage.py tidy", "as cron has it"),
    size=decided("apps-s-1vcpu-0.5gb", "the smallest"),
    job_kind="SCHEDULED",
    schedule=decided(Schedule(cron="0 4 * * *"), "as cron has it"),
)
SITE = replace(WEB, name="site", kind=ComponentKind.STATIC_SITE, size=decided(None, "costs nothing"))


def summary_of(plan: DeploymentPlan) -> dict[str, Any]:
    return dict(plan_summary(plan))


def test_the_image_of_a_plan() -> None:
    image = summary_of(plan_of(SIMPLE))["image"]
    assert image == {
        "context": ".",
        "python_version": "3.12",
        "debian": "trixie",
        "base_image": "python:3.12-slim-trixie",
        "package_manager": "pip",
        "install": ["pip install --no-cache-dir -r requirements.txt"],
        "added_packages": [],
        "build_packages": [],
        "run_packages": [],
        "assets": None,
        "compilemessages": None,
        "collectstatic": "python manage.py collectstatic --noinput",
        "tailwind": None,
        "compilescss": None,
        "compress": None,
        "user_id": 10001,
        "port": 8080,
        "command": "gunicorn shop.wsgi --bind 0.0.0.0:${PORT:-8080}",
    }


def test_what_a_richer_image_has() -> None:
    image = summary_of(plan_of(RICH))["image"]
    assert (image["added_packages"], image["build_packages"], image["run_packages"]) == (
        ["gunicorn==23.0.0"],
        ["libpq-dev", "gcc"],
        ["libpq5"],
    )
    assert (image["assets"], image["collectstatic"]) == ("npm run build", None)
    assert image["compilemessages"] == "python manage.py compilemessages"


def test_components_have_plain_values_and_a_reason() -> None:
    web, job, site = summary_of(plan_of(SIMPLE, components=(WEB, JOB, SITE)))["components"]
    assert web == {
        "name": "web",
        "kind": "service",
        "role": "web",
        "job_kind": None,
        "command": "gunicorn shop.wsgi --bind 0.0.0.0:${PORT:-8080}",
        "size": "apps-s-1vcpu-0.5gb",
        "instances": 2,
        "port": 8080,
        "health_check": {
            "path": "/up",
            "initial_delay": 1,
            "period": 2,
            "timeout": 3,
            "success_threshold": 4,
            "failure_threshold": 5,
        },
        "schedule": None,
        "routes": ["/"],
        "because": "the Procfile declares it",
        "evidence": [{"path": "Procfile", "line": 1, "note": ""}],
    }
    assert (job["command"], job["job_kind"], job["instances"]) == ("python manage.py tidy", "SCHEDULED", None)
    assert job["schedule"] == {"cron": "0 4 * * *", "time_zone": "UTC"}
    assert (site["command"], site["size"]) == (None, None)


def test_databases_variables_and_notes() -> None:
    database = DatabasePlan(
        name="db",
        engine=decided(DatabaseEngine.POSTGRESQL, "DATABASES uses it", "shop/settings.py:9"),
        version=decided("17", "the default"),
        production=decided(True, "data matters"),
        cluster_name=decided("shop-db", "a name"),
        size=decided("db-s-1vcpu-1gb", "the smallest"),
    )
    secret = Variable(name="KEY", value=decided(None, "signs sessions"), scope="RUN_TIME", secret=True)
    note = PlanNote(code="look", message="a thing", remedy="mend it")
    summary = summary_of(plan_of(SIMPLE, databases=(database,), variables=(secret,), notes=(note,)))
    assert summary["databases"] == [
        {
            "name": "db",
            "engine": "PG",
            "version": "17",
            "production": True,
            "cluster_name": "shop-db",
            "because": "DATABASES uses it",
            "evidence": [{"path": "shop/settings.py", "line": 9, "note": ""}],
        }
    ]
    assert summary["environment"] == [
        {
            "name": "KEY",
            "value": None,
            "secret": True,
            "scope": "RUN_TIME",
            "because": "signs sessions",
            "evidence": [],
        }
    ]
    assert summary["notes"] == [{"code": "look", "message": "a thing", "remedy": "mend it", "evidence": []}]
    assert summary["monthly_cost"] == {"currency": "USD", "total": 0, "items": []}
