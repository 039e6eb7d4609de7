"""The plan as a whole: the project that this tool was made for, and projects at the edges."""

from pathlib import Path

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import AppOverrides, ComponentOverrides, Overrides, VariableOverrides
from analyzer.model.plan import ComponentKind, DatabaseEngine, DeploymentPlan, Role
from analyzer.plan.planner import plan_deployment
from analyzer.snapshot.repository import RepositorySnapshot
from tests.plan.conftest import CELERY, MakePlan, codes, shape, values

FIXTURES = Path(__file__).parents[2] / "fixtures"


def plan_of(name: str) -> DeploymentPlan:
    facts = collect_facts(RepositorySnapshot.open(FIXTURES / name / "repo"))
    assert isinstance(facts, ProjectFacts)
    return plan_deployment(facts, Overrides())


def test_the_project_that_this_tool_was_made_for() -> None:
    plan = plan_of("rest_api_celery_spaces")
    assert [(c.kind, c.role) for c in plan.components] == [
        (ComponentKind.SERVICE, Role.WEB),
        (ComponentKind.WORKER, Role.WORKER),
        (ComponentKind.WORKER, Role.BEAT),
        (ComponentKind.JOB, Role.MIGRATE),
    ]
    assert [(d.engine.value, d.production.value) for d in plan.databases] == [
        (DatabaseEngine.POSTGRESQL, True),
        (DatabaseEngine.VALKEY, True),
    ]
    assert plan.components[3].job_kind == "PRE_DEPLOY"
    assert plan.cost.cents == 3 * 500 + 1515 + 1500 + 500
    health = plan.components[0].health_check
    assert health is not None
    assert health.value.path == "/healthz"
    assert codes(plan) == {"git-source-missing", "create-clusters", "secrets-to-set", "values-to-set"}


def test_nothing_secret_has_a_value() -> None:
    plan = plan_of("rest_api_celery_spaces")
    secrets = {v.name: v.value.value for v in plan.variables if v.secret}
    assert secrets == {"SECRET_KEY": None, "SPACES_KEY": None, "SPACES_SECRET": None}


@pytest.mark.parametrize("name", ["two_projects", "template_placeholders", "production_settings_outside_tree"])
def test_projects_of_which_little_is_known_have_a_service_all_the_same(name: str) -> None:
    plan = plan_of(name)
    assert [c.kind for c in plan.components if c.role is Role.WEB] == [ComponentKind.SERVICE]


def test_the_least_project(plan: MakePlan) -> None:
    made = plan()
    assert shape(made) == [("service", "web", None), ("job", "migrate", "python manage.py migrate --noinput")]
    assert values(made) == {
        "DJANGO_SETTINGS_MODULE": "shop.settings",
        "SECRET_KEY": None,
        "HOSTS": "${APP_DOMAIN}",
        "DATABASE_URL": "${db.DATABASE_URL}",
    }
    assert made.alerts.value == ("DEPLOYMENT_FAILED", "DOMAIN_FAILED")


def test_every_decision_that_may_be_changed_names_its_key(plan: MakePlan) -> None:
    made = plan({"shop/celery.py": CELERY}, settings="CELERY_BROKER_URL = os.environ['REDIS_URL']\n")
    worker = next(c for c in made.components if c.name == "worker")
    assert worker.command.override == "components.worker.command"
    assert worker.size.override == "components.worker.size"
    assert worker.instances is not None
    assert worker.instances.override == "components.worker.instances"
    assert worker.grace_period is not None
    assert worker.grace_period.override == "components.worker.grace_period"
    assert made.databases[0].version.override == "databases.db.version"
    assert made.variables[0].value.override == "environment.DJANGO_SETTINGS_MODULE.value"


def test_the_configuration_decides(plan: MakePlan) -> None:
    overrides = Overrides(
        file="pyproject.toml",
        app=AppOverrides(
            name="Our Shop", region="fra", git_repo="example/shop", branch="release", domain="x.example.org"
        ),
        components={
            "web": ComponentOverrides(size="apps-s-1vcpu-2gb", instances=2, health_check_path="/up", command="serve"),
            "migrate": ComponentOverrides(enabled=False),
        },
        environment={
            "HOSTS": VariableOverrides(value="x.example.org"),
            "SECRET_KEY": VariableOverrides(scope="RUN_AND_BUILD_TIME"),
            "DATABASE_URL": VariableOverrides(enabled=False),
            "EXTRA": VariableOverrides(value="1"),
        },
        lines={"app.region": 7, "components.web.size": 9},
    )
    made = plan(overrides=overrides)
    assert (made.app_name.value, made.region.value) == ("our-shop", "fra")
    assert made.region.evidence[0].path == "pyproject.toml"
    assert made.region.evidence[0].line == 7
    source = made.source.value
    assert (source.provider, source.repository, source.branch, source.placeholder) == (
        "github",
        "example/shop",
        "release",
        False,
    )
    assert made.domains is not None
    assert [d.domain for d in made.domains.value] == ["x.example.org"]
    (web,) = made.components
    assert (web.size.value, web.command.value) == ("apps-s-1vcpu-2gb", "serve")
    assert web.size.evidence[0].line == 9
    assert web.instances is not None
    assert web.instances.value == 2
    assert web.health_check is not None
    assert web.health_check.value.path == "/up"
    assert values(made)["HOSTS"] == "x.example.org"
    assert values(made)["EXTRA"] == "1"
    assert "DATABASE_URL" not in values(made)
    assert {v.name: v.scope for v in made.variables}["SECRET_KEY"] == "RUN_AND_BUILD_TIME"
