"""What an app spec that the repository has says beside its commands."""

from analyzer.facts.existing.spec_details import existing_spec
from tests.facts.conftest import MakeRepository

SPEC = """\
name: shop
region: fra
features: [buildpack-stack=ubuntu-22]
alerts:
  - rule: DEPLOYMENT_FAILED
domains:
  - domain: shop.example.org
    type: PRIMARY
    zone: example.org
envs:
  - {key: PLAIN, value: "1"}
  - {key: SEALED, value: "EV[1:abc:def]", type: SECRET}
  - {key: OPEN_SECRET, value: hunter2, type: SECRET}
  - {key: API_KEY, value: hunter2}
  - {key: EMPTY, value: ""}
  - {key: UNSET}
ingress:
  rules:
    - match: {path: {prefix: /api}}
      component: {name: web}
services:
  - name: web
    source_dir: backend
    run_command: gunicorn app.wsgi
    instance_size_slug: apps-s-1vcpu-1gb
    instance_count: 3
    http_port: 8000
    health_check: {http_path: /up}
    envs:
      - {key: DATABASE_URL, value: "${main.DATABASE_URL}", scope: RUN_TIME}
jobs:
  - name: nightly
    kind: SCHEDULED
    schedule: {cron: "0 1 * * *"}
databases:
  - {name: main, engine: PG, version: "16", production: true, cluster_name: main-cluster, db_name: shop}
"""


def test_everything_is_read(repository: MakeRepository) -> None:
    spec = existing_spec(repository({"manage.py": "", ".do/app.yaml": SPEC}), ".")
    assert spec is not None
    assert (spec.name, spec.region, spec.alerts, spec.features) == (
        "shop",
        "fra",
        ("DEPLOYMENT_FAILED",),
        ("buildpack-stack=ubuntu-22",),
    )
    assert spec.lines == {"name": 1, "region": 2}
    assert [(d.domain, d.type, d.zone) for d in spec.domains] == [("shop.example.org", "PRIMARY", "example.org")]
    web, nightly = spec.components
    assert (web.name, web.kind, web.source_dir, web.size, web.instances, web.port) == (
        "web",
        "services",
        "backend",
        "apps-s-1vcpu-1gb",
        3,
        8000,
    )
    assert (web.health_check_path, web.routes, web.evidence.line) == ("/up", ("/api",), 22)
    assert (nightly.kind, nightly.job_kind, nightly.cron) == ("jobs", "SCHEDULED", "0 1 * * *")
    (database,) = spec.databases
    assert (database.name, database.engine, database.version, database.production) == ("main", "PG", "16", True)
    assert (database.cluster_name, database.db_name) == ("main-cluster", "shop")


def test_secrets_are_not_taken_over_but_ciphertext_is(repository: MakeRepository) -> None:
    spec = existing_spec(repository({"manage.py": "", ".do/app.yaml": SPEC}), ".")
    assert spec is not None
    assert [(v.name, v.value, v.encrypted, v.secret) for v in spec.variables] == [
        ("PLAIN", "1", False, False),
        ("SEALED", "EV[1:abc:def]", True, True),
        ("OPEN_SECRET", None, False, True),
        ("API_KEY", None, False, True),
        ("EMPTY", "", False, False),
        ("UNSET", None, False, False),
    ]
    assert "hunter2" not in repr(spec)
    assert [(v.name, v.value, v.secret) for v in spec.components[0].variables] == [
        ("DATABASE_URL", "${main.DATABASE_URL}", False)
    ]


def test_the_spec_goes_before_the_template(repository: MakeRepository) -> None:
    template = "spec:\n  name: button\n  services:\n  - name: web\n"
    files = {"manage.py": "", ".do/deploy.template.yaml": template, ".do/app.yaml": SPEC}
    spec = existing_spec(repository(files), ".")
    assert spec is not None
    assert spec.path == ".do/app.yaml"


def test_the_template_alone(repository: MakeRepository) -> None:
    template = "spec:\n  name: button\n  services:\n  - name: web\n    instance_count: many\n"
    spec = existing_spec(repository({"manage.py": "", ".do/deploy.template.yaml": template}), ".")
    assert spec is not None
    assert (spec.name, spec.components[0].instances) == ("button", None)


def test_files_that_are_no_specs(repository: MakeRepository) -> None:
    files = {"manage.py": "", ".do/app.yaml": "services: none\n", "app.yaml": "runtime: python312\n"}
    assert existing_spec(repository(files), ".") is None
