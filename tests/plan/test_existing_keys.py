"""What an app spec written by hand has and the new one does not."""

from analyzer.model.plan import DeploymentPlan, PlanNote
from tests.plan.conftest import CELERY, MakePlan, codes

SPEC = """\
name: shop
region: fra
vpc:
  id: abc
egress:
  type: DEDICATED_IP
maintenance:
  enabled: false
domains:
  - domain: shop.example.org
    type: PRIMARY
    minimum_tls_version: "1.3"
alerts:
  - rule: DEPLOYMENT_FAILED
services:
  - name: api
    github: {repo: example/shop, branch: main, deploy_on_push: true}
    environment_slug: python
    build_command: python manage.py collectstatic --noinput
    run_command: gunicorn shop.wsgi
    instance_size_slug: apps-s-1vcpu-1gb
    instance_count: 2
    health_check:
      http_path: /up
      initial_delay_seconds: 60
      period_seconds: 20
    log_destinations:
      - name: logs
        papertrail: {endpoint: "logs.example.org:12345"}
    termination:
      drain_seconds: 30
      grace_period_seconds: 90
workers:
  - name: unknown
    cors: {}
databases:
  - {name: db, engine: PG, version: "16", production: true, cluster_name: main, num_nodes: 2}
"""
KEPT = """\
name: shop
region: fra
domains: [{domain: shop.example.org, type: PRIMARY, zone: example.org}]
alerts: [{rule: DOMAIN_FAILED}]
envs: [{key: DATABASE_URL, value: "${db.DATABASE_URL}"}]
ingress: {rules: [{match: {path: {prefix: /}}, component: {name: api}}]}
services:
  - name: api
    git: {repo_clone_url: "https://example.org/shop.git", branch: main}
    dockerfile_path: Dockerfile
    http_port: 8080
    health_check: {http_path: /up, failure_threshold: 3}
    autoscaling: {min_instance_count: 1, max_instance_count: 2}
"""


def note_of(plan: DeploymentPlan) -> PlanNote:
    (note,) = [note for note in plan.notes if note.code == "app-spec-keys-left-out"]
    return note


def test_each_key_that_is_not_carried_over_is_named_with_its_line(plan: MakePlan) -> None:
    made = plan({".do/app.yaml": SPEC})
    note = note_of(made)
    assert note.message == (
        "keys of the existing app spec are not in the new one: vpc, egress, maintenance, "
        "services.api.log_destinations, services.api.termination.drain_seconds, databases.db.num_nodes, "
        "domains.shop.example.org.minimum_tls_version"
    )
    assert {(e.path, e.line) for e in note.evidence} == {(".do/app.yaml", line) for line in (3, 5, 7, 27, 31, 37, 12)}
    assert "existing-component-left-out" in codes(made)  # which says it of the worker and all of its keys


def test_what_is_carried_over(plan: MakePlan) -> None:
    made = plan({".do/app.yaml": SPEC})
    api = next(c for c in made.components if c.name == "api")
    assert api.instances is not None
    assert api.health_check is not None
    assert api.grace_period is not None
    assert (api.size.value, api.instances.value, api.grace_period.value) == ("apps-s-1vcpu-1gb", 2, 90)
    check = api.health_check.value
    assert (check.path, check.initial_delay, check.period, check.timeout) == ("/up", 60, 20, 5)
    assert made.domains is not None
    assert [domain.domain for domain in made.domains.value] == ["shop.example.org"]
    assert made.alerts.value == ("DEPLOYMENT_FAILED",)
    assert made.databases[0].cluster_name.value == "main"


def test_a_spec_of_which_everything_is_carried_over(plan: MakePlan) -> None:
    made = plan({".do/app.yaml": KEPT})
    assert "app-spec-keys-left-out" not in codes(made)
    assert "autoscaling-left-out" in codes(made)
    assert "app-spec-keys-left-out" not in codes(plan())


def test_the_wait_of_a_worker_is_kept_up_to_what_the_platform_allows(plan: MakePlan) -> None:
    settings = "CELERY_BROKER_URL = os.environ['REDIS_URL']\n"
    worker = (
        "services: [{name: web}]\nworkers:\n- name: tasks\n  run_command: celery -A shop worker\n"
        "  termination: {grace_period_seconds: %d}\n"
    )
    for seconds, kept in ((45, 45), (9000, 600)):
        made = plan({".do/app.yaml": worker % seconds, "shop/celery.py": CELERY}, settings=settings)
        tasks = next(c for c in made.components if c.name == "tasks")
        assert tasks.grace_period is not None
        assert (tasks.grace_period.value, tasks.grace_period.override) == (kept, "components.tasks.grace_period")


def test_many_keys_are_counted(plan: MakePlan) -> None:
    more = "".join(f"key_{n}: 1\n" for n in range(20))
    note = note_of(plan({".do/app.yaml": f"{more}services:\n- name: web\n"}))
    assert note.message.endswith("key_11 and 8 more")
    assert len(note.evidence) == 20
