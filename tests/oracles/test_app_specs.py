"""The app specs of all fixtures, read by the platform's own Go types and by the schema of the app spec.

godo/ holds a strict reader on github.com/digitalocean/godo; it is left out where there is no Go, or no way to its
modules. app_spec.schema.json was written from the app-spec reference, the OpenAPI description and those Go types.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import DeploymentPlan
from analyzer.plan.planner import plan_deployment
from analyzer.render.app_spec import render_app_spec, render_deploy_template
from analyzer.render.compose import render_compose
from analyzer.snapshot.repository import RepositorySnapshot

HERE = Path(__file__).parent
FIXTURES = HERE.parents[1] / "fixtures"
NAMES = sorted(path.parents[1].name for path in FIXTURES.glob("*/expected/facts.json"))
"""Those with a Django project."""
SCHEMA = json.loads((HERE / "app_spec.schema.json").read_text(encoding="utf-8"))


def plan_of(name: str) -> DeploymentPlan:
    facts = collect_facts(RepositorySnapshot.open(FIXTURES / name / "repo"))
    assert isinstance(facts, ProjectFacts)
    return plan_deployment(facts, Overrides())


@pytest.fixture(scope="session")
def strict_reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built reader."""
    program = tmp_path_factory.mktemp("godo") / "check"
    go = shutil.which("go")
    if go is None:
        pytest.skip("needs Go")
    built = subprocess.run([go, "build", "-o", program, "."], cwd=HERE / "godo", capture_output=True, text=True)
    if built.returncode != 0:
        pytest.skip(f"cannot build the strict reader: {built.stderr[-200:]}")
    return program


def read(program: Path, text: str) -> tuple[int, str]:
    done = subprocess.run([program], input=text, capture_output=True, text=True)
    return done.returncode, done.stderr


def errors(schema: Any, document: Any) -> list[str]:
    return [f"{list(e.absolute_path)}: {e.message}" for e in Draft202012Validator(schema).iter_errors(document)]


@pytest.mark.parametrize("name", NAMES)
def test_the_schema(name: str) -> None:
    plan = plan_of(name)
    assert errors(SCHEMA, yaml.safe_load(render_app_spec(plan).body)) == []
    template = {**SCHEMA, "$ref": "#/x-deploy-template/schema"}
    assert errors(template, yaml.safe_load(render_deploy_template(plan).body)) == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", NAMES)
def test_the_strict_reader(name: str, strict_reader: Path) -> None:
    assert read(strict_reader, render_app_spec(plan_of(name)).body) == (0, "")


@pytest.mark.timeout(600)
def test_the_strict_reader_is_strict(strict_reader: Path) -> None:
    assert read(strict_reader, "name: x\nunknown: y\n")[0] == 1
    assert read(strict_reader, "name: x\nenvs:\n- key: A\n  value: 4\n")[0] == 1
    assert read(strict_reader, "name: x\nenvs:\n- key: A\n  value: y\n")[0] == 1
    assert errors(SCHEMA, {"name": "x", "unknown": 1})


@pytest.mark.parametrize("name", NAMES)
def test_compose_has_the_same_components(name: str) -> None:
    plan = plan_of(name)
    services = yaml.safe_load(render_compose(plan).body)["services"]
    spec = yaml.safe_load(render_app_spec(plan).body)
    kept = [c["name"] for key in ("services", "workers", "jobs", "databases") for c in spec.get(key, ())]
    assert sorted(services) == sorted(kept)


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_of_the_fixture_is_in_a_file(name: str) -> None:
    plan = plan_of(name)
    texts = [render_app_spec(plan).body, render_deploy_template(plan).body, render_compose(plan).body]
    assert all("only-for-tests" not in text and "hunter2" not in text for text in texts)
    spec = yaml.safe_load(texts[0])
    secrets = [v for v in spec.get("envs", ()) if v.get("type") == "SECRET"]
    assert all("value" not in v or v["value"].startswith("EV[") for v in secrets)
