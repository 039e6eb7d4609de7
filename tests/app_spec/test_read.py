"""An app spec as the platform reads it: defaults, places, values that are empty or open."""

from pathlib import Path

import pytest

from analyzer.app_spec.read import read_app_spec
from analyzer.model.app_spec import AppSpec
from analyzer.model.errors import UsageError
from analyzer.snapshot.repository import RepositorySnapshot

SPEC = """\
name: shop
services:
  - name: web
    source_dir: /backend
    dockerfile_path: backend/Dockerfile
    http_port: 9000
    instance_count: 2
    health_check:
      http_path: /health
      initial_delay_seconds: 5
    envs:
      - key: MODE
        value: web
workers:
  - run_command: celery -A shop worker
    termination:
      grace_period_seconds: 30
jobs:
  - name: migrate
    kind: PRE_DEPLOY
    timeout: 1h30m
    run_command: python manage.py migrate
databases:
  - name: db
envs:
  - key: SECRET_KEY
    type: SECRET
  - key: EMPTY
    value: ""
  - key: OPEN
    value:
    scope: RUN_TIME
"""


def read(folder: Path, text: str) -> AppSpec:
    (folder / "app.yaml").write_text(text)
    return read_app_spec(RepositorySnapshot.open(folder), "app.yaml")


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_spec_and_a_template_that_wraps_it(wrapped: bool, tmp_path: Path) -> None:
    text = "spec:\n" + "".join(f"  {line}\n" for line in SPEC.splitlines()) if wrapped else SPEC
    spec = read(tmp_path, text)
    web, worker, job = spec.components
    assert (web.source_dir, web.dockerfile, web.port, web.instances) == ("backend", "backend/Dockerfile", 9000, 2)
    assert web.health_check is not None
    assert (web.health_check.path, web.health_check.budget) == ("/health", 5 + 10 * 9)
    assert [variable.value for variable in web.variables] == ["web"]
    assert (worker.name, worker.kind, worker.grace_period, worker.dockerfile) == ("worker-1", "workers", 30, None)
    assert (job.job_kind, job.timeout) == ("PRE_DEPLOY", 5400)
    assert [(database.name, database.engine) for database in spec.databases] == [("db", "PG")]
    assert web.evidence.line == 3 + wrapped


def test_an_empty_value_is_a_value_and_a_missing_one_is_open(tmp_path: Path) -> None:
    secret, empty, left = read(tmp_path, SPEC).variables
    assert (secret.value, secret.secret, secret.scope) == (None, True, "RUN_AND_BUILD_TIME")
    assert empty.value == ""
    assert (left.value, left.scope) == (None, "RUN_TIME")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("timeout: 1h30m", "timeout: long", "app.yaml:19: timeout is 'long', not a duration such as 30m"),
        ("  - name: db", "  - engine: PG", "app.yaml:24: a database without a name"),
        ("  - key: EMPTY", "  - name: EMPTY", "app.yaml:28: a variable without a key"),
        ("workers:", "workers: none\nx:", "app.yaml:14: workers is no list of tables"),
        ("dockerfile_path: backend/Dockerfile", "dockerfile_path: ../Dockerfile", "leads out of the repository"),
    ],
)
def test_what_the_platform_would_refuse_is_named(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert SPEC.count(old) == 1
    with pytest.raises(UsageError) as caught:
        read(tmp_path, SPEC.replace(old, new))
    assert said in str(caught.value)
