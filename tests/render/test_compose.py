"""The app on a laptop."""

from dataclasses import replace
from typing import Any

import pytest
import yaml

from analyzer.model.plan import DatabaseEngine, DeploymentPlan, Role, Variable
from analyzer.render.compose import render_compose
from tests.render.plans import RICH, decided, plan_of
from tests.render.test_app_spec import DATABASE, JOB, SITE, WEB, WORKER, plan

MIGRATE = replace(
    JOB, name="migrate", role=Role.MIGRATE, job_kind="PRE_DEPLOY", schedule=None, command=decided("migrate && x", "y")
)


def compose(made: DeploymentPlan) -> Any:
    return yaml.safe_load(render_compose(made).body)


def variable(name: str, value: str | None, local: str | None = None) -> Variable:
    return Variable(name=name, value=decided(value, "why"), scope="RUN_TIME", secret=value is None, local=local)


def test_the_same_components() -> None:
    services = compose(plan(components=(WEB, WORKER, MIGRATE, JOB, SITE)))["services"]
    assert list(services) == ["web", "worker", "migrate", "nightly", "db", "valkey"]
    assert services["web"]["build"] == {"context": "."}
    assert services["web"]["ports"] == ["8080:8080"]
    assert services["web"]["depends_on"] == {
        "db": {"condition": "service_healthy"},
        "valkey": {"condition": "service_healthy"},
        "migrate": {"condition": "service_completed_successfully"},
    }
    assert services["worker"]["command"] == ["sh", "-c", "exec celery -A shop worker -c 2"]
    assert "build" not in services["worker"]
    assert services["worker"]["image"] == services["web"]["image"] == "shop:local"
    assert services["worker"]["stop_grace_period"] == "600s"
    assert (services["migrate"]["restart"], services["nightly"]["profiles"]) == ("no", ["scheduled"])
    assert "migrate" not in services["migrate"]["depends_on"]


def test_databases_without_passwords() -> None:
    text = render_compose(plan()).body
    services = yaml.safe_load(text)["services"]
    assert services["db"]["image"] == "postgres:17"
    assert services["db"]["environment"]["POSTGRES_HOST_AUTH_METHOD"] == "trust"
    assert services["valkey"]["image"] == "valkey/valkey:8"
    assert "PASSWORD:" not in text.replace("ALLOW_EMPTY_PASSWORD:", "")
    assert text.endswith("volumes:\n  db-data:\n  valkey-data:\n")


@pytest.mark.parametrize(
    ("extension", "image"), [("postgis", "postgis/postgis:17-3.5"), ("vector", "pgvector/pgvector:pg17")]
)
def test_extensions(extension: str, image: str) -> None:
    database = replace(DATABASE, extensions=(extension,))
    assert compose(plan(databases=(database,)))["services"]["db"]["image"] == image


def test_mysql() -> None:
    database = replace(DATABASE, engine=decided(DatabaseEngine.MYSQL, "x"), version=decided("8", "x"))
    made = compose(plan(databases=(database,), variables=(variable("A", "${db.USERNAME}@${db.HOSTNAME}:${db.PORT}"),)))
    assert made["services"]["db"]["environment"]["MYSQL_ALLOW_EMPTY_PASSWORD"] == "yes"
    assert made["x-app"]["environment"] == {"A": "root@db:3306"}


def test_addresses_of_the_laptop() -> None:
    variables = (
        variable("A", "${db.DATABASE_URL}"),
        variable("B", "${valkey.DATABASE_URL}?ssl_cert_reqs=required", local="${valkey.DATABASE_URL}"),
        variable("C", '["${APP_URL}"]'),
        variable("D", "${APP_DOMAIN}"),
        variable("E", "${db.PASSWORD}"),
        variable("F", "${gone.X}a$b"),
    )
    assert compose(plan(variables=variables))["x-app"]["environment"] == {
        "A": "postgres://app@db:5432/app",
        "B": "redis://valkey:6379/0",
        "C": '["http://localhost:8080"]',
        "D": "localhost",
        "E": "",
        "F": "a$$b",
    }


def test_what_is_not_known_comes_from_the_laptop() -> None:
    made = plan(variables=(variable("SECRET_KEY", None), variable("SEALED", "EV[1:a:b]")))
    text = render_compose(made).body
    assert yaml.safe_load(text)["x-app"]["environment"] == {
        "SECRET_KEY": "${SECRET_KEY:?put SECRET_KEY into .env}",
        "SEALED": "${SEALED:?put SEALED into .env}",
    }
    assert "# Put these into a file .env beside this one: SECRET_KEY, SEALED\n" in text


def test_a_folder_that_is_built() -> None:
    assert compose(plan_of(RICH, components=(WEB,)))["services"]["web"]["build"] == {"context": "./backend"}


def test_without_databases() -> None:
    made = compose(plan(databases=(), components=(WEB,)))
    assert "volumes" not in made
    assert "depends_on" not in made["services"]["web"]


def test_commands_keep_their_variables() -> None:
    worker = replace(WORKER, command=decided("run $PORT ${X:-1}", "x"))
    assert compose(plan(components=(worker,)))["services"]["worker"]["command"][2] == "run $$PORT $${X:-1}"
