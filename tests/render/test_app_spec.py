"""The app spec: its order, its comments, what stands behind each line."""

from dataclasses import replace
from typing import Any

import yaml

from analyzer.model.evidence import Evidence
from analyzer.model.plan import (
    Component,
    ComponentKind,
    CostItem,
    DatabaseEngine,
    DatabasePlan,
    DeploymentPlan,
    Domain,
    GitSource,
    HealthCheck,
    MonthlyCost,
    OptionalVariable,
    PlanNote,
    Role,
    Route,
    Schedule,
    StaticBuild,
    Variable,
)
from analyzer.render.app_spec import render_app_spec, render_deploy_template
from tests.render.plans import RICH, SIMPLE, decided, plan_of

WEB = Component(
    name="web",
    kind=ComponentKind.SERVICE,
    role=Role.WEB,
    because=decided("web", "the Procfile declares the web process", "Procfile:1"),
    command=decided(None, "the image's own command serves"),
    size=decided("apps-s-1vcpu-0.5gb", "the smallest is enough", override="components.web.size"),
    instances=decided(1, "one is enough", override="components.web.instances"),
    port=decided(8080, "the platform's default"),
    health_check=decided(
        HealthCheck(path="/up", initial_delay=10, period=10, timeout=5, success_threshold=1, failure_threshold=9),
        "it answers whatever the host",
        "shop/up.py:3",
    ),
    routes=(Route(path="/api", preserve_path_prefix=True), Route(path="/admin/login", preserve_path_prefix=True)),
)
WORKER = Component(
    name="worker",
    kind=ComponentKind.WORKER,
    role=Role.WORKER,
    because=decided("worker", "the Procfile starts a worker", "Procfile:2"),
    command=decided("exec celery -A shop worker -c 2", "as the Procfile starts it", "Procfile:2"),
    size=decided("apps-s-1vcpu-0.5gb", "the smallest is enough", override="components.worker.size"),
    instances=decided(1, "one is enough", override="components.worker.instances"),
    grace_period=decided(600, "a running task may end first"),
)
JOB = Component(
    name="nightly",
    kind=ComponentKind.JOB,
    role=Role.SCHEDULED,
    because=decided("nightly", "a crontab has it", "crontab:1"),
    command=decided("python manage.py clean", "as the crontab has it", "crontab:1"),
    size=decided("apps-s-1vcpu-0.5gb", "a job costs little"),
    job_kind="SCHEDULED",
    schedule=decided(Schedule(cron="0 4 * * *", time_zone="UTC"), "as the crontab has it", "crontab:1"),
)
SITE = Component(
    name="site",
    kind=ComponentKind.STATIC_SITE,
    role=Role.SITE,
    because=decided("site", "a front end of its own"),
    command=decided(None, "no process"),
    size=decided(None, "free"),
    routes=(Route(path="/"),),
    static=decided(
        StaticBuild(source_dir="web", build_command="npm run build", output_dir="dist", catchall_document="index.html"),
        "its own build",
        "web/package.json:3",
    ),
)
FILES = replace(
    SITE,
    name="static",
    routes=(Route(path="/static"),),
    static=decided(
        StaticBuild(source_dir=".", build_command="", output_dir="/app/static", environment_slug=None), "STATIC_ROOT"
    ),
)
DATABASE = DatabasePlan(
    name="db",
    engine=decided(DatabaseEngine.POSTGRESQL, "DATABASES is PostgreSQL", "shop/settings.py:9"),
    version=decided("17", "the default"),
    production=decided(True, "data that matters"),
    cluster_name=decided("shop-db", "a name"),
    size=decided("db-s-1vcpu-1gb", "the smallest"),
    db_name="shop",
)
VALKEY = replace(
    DATABASE,
    name="valkey",
    engine=decided(DatabaseEngine.VALKEY, "the broker is Redis", "shop/settings.py:20"),
    version=decided("8", "the default"),
    cluster_name=decided("shop-valkey", "a name"),
    db_name=None,
)
VARIABLES = (
    Variable(name="SECRET_KEY", value=decided(None, "signs"), scope="RUN_TIME", secret=True),
    Variable(name="WORKERS", value=decided("4", "as before"), scope="RUN_AND_BUILD_TIME", secret=False),
    Variable(name="DATABASE_URL", value=decided("${db.DATABASE_URL}", "the address"), scope="RUN_TIME", secret=False),
)


def plan(**changes: Any) -> DeploymentPlan:
    whole: dict[str, Any] = {
        "components": (WEB, WORKER, JOB, SITE, FILES),
        "databases": (DATABASE, VALKEY),
        "variables": VARIABLES,
        "alerts": decided(("DEPLOYMENT_FAILED",), "somebody has to hear"),
        "cost": MonthlyCost(
            currency="USD",
            items=(
                CostItem(name="web", cents=500, note="", source="s", as_of="2026-01-07"),
                CostItem(name="nightly", cents=0, note="", source="s", as_of="2026-01-07"),
                CostItem(name="shop-db", cents=1515, note="", source="s", as_of="2026-09-30"),
            ),
        ),
    }
    return plan_of(SIMPLE, **{**whole, **changes})


def spec(made: DeploymentPlan) -> Any:
    return yaml.safe_load(render_app_spec(made).body)


def test_the_keys_stand_in_the_order_in_which_people_write_them() -> None:
    made = spec(plan(domains=decided((Domain(domain="shop.example.org", type="PRIMARY"),), "as before")))
    assert list(made) == [
        "name",
        "region",
        "domains",
        "ingress",
        "services",
        "static_sites",
        "workers",
        "jobs",
        "databases",
        "envs",
        "alerts",
    ]
    assert list(made["services"][0]) == [
        "name",
        "github",
        "source_dir",
        "dockerfile_path",
        "instance_size_slug",
        "instance_count",
        "http_port",
        "health_check",
    ]


def test_components() -> None:
    made = spec(plan())
    assert made["services"][0]["github"] == {"repo": "example/shop", "branch": "main", "deploy_on_push": True}
    assert made["services"][0]["health_check"]["http_path"] == "/up"
    assert "run_command" not in made["services"][0]
    (worker,) = made["workers"]
    assert worker["run_command"] == "exec celery -A shop worker -c 2"
    assert worker["termination"] == {"grace_period_seconds": 600}
    (job,) = made["jobs"]
    assert (job["kind"], job["schedule"]) == ("SCHEDULED", {"cron": "0 4 * * *", "time_zone": "UTC"})
    assert "instance_count" not in job
    site, files = made["static_sites"]
    assert (site["source_dir"], site["environment_slug"], site["output_dir"]) == ("/web", "node-js", "dist")
    assert "dockerfile_path" not in site
    assert (files["dockerfile_path"], files["output_dir"]) == ("Dockerfile", "/app/static")
    assert "build_command" not in files


def test_longer_prefixes_come_first() -> None:
    rules = [(r["match"]["path"]["prefix"], r["component"]) for r in spec(plan())["ingress"]["rules"]]
    assert rules == [
        ("/admin/login", {"name": "web", "preserve_path_prefix": True}),
        ("/static", {"name": "static"}),
        ("/api", {"name": "web", "preserve_path_prefix": True}),
        ("/", {"name": "site"}),
    ]


def test_a_port_check_has_no_path() -> None:
    check = WEB.health_check
    assert check is not None
    web = replace(WEB, health_check=decided(replace(check.value, path=None), "the port"))
    assert "http_path" not in spec(plan(components=(web,)))["services"][0]["health_check"]


def test_databases_and_variables_are_text() -> None:
    text = render_app_spec(plan()).body
    assert 'version: "17"' in text
    assert 'value: "4"' in text
    made = yaml.safe_load(text)
    assert made["databases"][0] == {
        "name": "db",
        "engine": "PG",
        "version": "17",
        "production": True,
        "cluster_name": "shop-db",
        "db_name": "shop",
    }
    assert made["envs"] == [
        {"key": "SECRET_KEY", "scope": "RUN_TIME", "type": "SECRET"},
        {"key": "WORKERS", "scope": "RUN_AND_BUILD_TIME", "value": "4"},
        {"key": "DATABASE_URL", "scope": "RUN_TIME", "value": "${db.DATABASE_URL}"},
    ]


def test_a_folder_that_is_built() -> None:
    service = yaml.safe_load(render_app_spec(plan_of(RICH, components=(WEB,))).body)["services"][0]
    assert (service["source_dir"], service["dockerfile_path"]) == ("/backend", "backend/Dockerfile")


def test_sources() -> None:
    other = GitSource(provider="git", repository="https://git.example.org/shop.git", branch="main")
    service = spec(plan(source=decided(other, "the remote")))["services"][0]
    assert service["git"] == {"repo_clone_url": "https://git.example.org/shop.git", "branch": "main"}
    placeholder = GitSource(provider="github", repository="OWNER/REPOSITORY", branch="main", placeholder=True)
    text = render_app_spec(plan(source=decided(placeholder, "put yours here"))).body
    assert text.count("# Put yours here") == 1


def test_every_comment_is_said_once() -> None:
    lines = render_app_spec(plan()).body.split("\n")
    comments = [line.strip() for line in lines if line.strip().startswith("# ")]
    assert len(comments) == len(set(comments))
    assert "# The Procfile starts a worker (Procfile:2)" in comments


def test_each_line_knows_its_decision_even_where_nothing_is_said() -> None:
    artifact = render_app_spec(plan())
    lines = artifact.body.split("\n")
    keys = {
        artifact.decisions[number].override
        for number, line in enumerate(lines, 1)
        if "instance_size_slug" in line and artifact.decisions[number].override
    }
    assert keys == {"components.web.size", "components.worker.size"}
    assert "\0" not in artifact.body


def test_the_head_says_what_it_costs_and_what_comes_first() -> None:
    note = PlanNote(code="create-clusters", message="create shop-db", remedy="doctl databases create shop-db")
    other = PlanNote(code="sqlite-is-lost", message="lost", remedy="x")
    text = render_app_spec(plan(notes=(note, other))).body
    assert text.startswith(
        "# About 20.15 USD a month (web 5, shop-db 15.15; prices of 2026-01-07 to 2026-09-30)\n"
        "#\n# Before the first deployment:\n# - Create shop-db; doctl databases create shop-db\n\n# "
    )


def test_what_is_left_to_defaults_is_named_at_the_end() -> None:
    evidence = (Evidence(path="a.py", line=1),)
    names = tuple(OptionalVariable(name=f"V{i}", default=None, secret=False, evidence=evidence) for i in range(45))
    text = render_app_spec(plan(optional_variables=names)).body
    assert "V39 and 5 more\n" in text.replace("\n# ", " ")
    assert "can do without" not in render_app_spec(plan()).body


def test_text_of_the_repository_cannot_leave_its_line() -> None:
    nasty = decided("x\nservices: []", "why\nservices: []\u2028", "a.py:1")
    variable = Variable(name="X", value=nasty, scope="RUN_TIME", secret=False)
    made = spec(plan(variables=(variable,), components=(replace(WORKER, because=nasty, command=nasty),)))
    assert made["envs"][0]["value"] == "x\nservices: []"
    assert made["workers"][0]["run_command"] == "x\nservices: []"
    assert "services" not in made


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render_app_spec(plan()).body == render_app_spec(plan()).body


def test_the_template_of_the_button() -> None:
    artifact = render_deploy_template(plan())
    assert (artifact.name, artifact.path) == ("deploy-template", ".do/deploy.template.yaml")
    made = yaml.safe_load(artifact.body)
    assert list(made) == ["spec"]
    assert made["spec"]["services"][0]["git"] == {
        "repo_clone_url": "https://github.com/example/shop.git",
        "branch": "main",
    }
    assert made["spec"]["databases"][0] == {"name": "db", "engine": "PG", "production": False}
    assert made["spec"]["databases"][1]["cluster_name"] == "shop-valkey"
