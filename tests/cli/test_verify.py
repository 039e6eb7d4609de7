"""`doctor verify` as its users meet it where it cannot begin, and its result in a report."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from analyzer.config import load_config
from analyzer.model.report import Tool
from analyzer.render.schema import schema
from analyzer.render.verification.json import render
from tests.cli.test_cli import make_project, run, run_process
from tests.render.document.test_verification import VERIFICATION

SPEC = "name: shop\nservices:\n  - name: web\n    dockerfile_path: Dockerfile\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = make_project(tmp_path / "shop")
    (folder / ".do").mkdir()
    (folder / ".do" / "app.yaml").write_text(SPEC)
    return folder


@pytest.fixture
def result(tmp_path: Path) -> Path:
    file = tmp_path / "result.json"
    file.write_text(render(VERIFICATION, Tool(name="doctor", version="1")))
    return file


def test_without_an_engine(project: Path, tmp_path: Path) -> None:
    done = run_process("verify", project, DOCKER_HOST=f"unix://{tmp_path}/none.sock")
    said = done.stderr.decode()
    assert done.returncode == 6
    assert f"{tmp_path}/none.sock" in said
    assert "apt-get install docker.io" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (None, "there is no .do/app.yaml; doctor emit writes one"),
        ("a: [", ".do/app.yaml:"),
        ("", ".do/app.yaml is no app spec"),
        ("name: shop\n", "it has none of services, workers, jobs, static_sites"),
        (SPEC + "    http_port: none\n", ".do/app.yaml:3: http_port is 'none', not a whole number"),
        (SPEC + "  - name: web\n", ".do/app.yaml:5: two components are called web"),
        (SPEC + "    source_dir: ../else\n", "leads out of the repository"),
    ],
)
def test_a_spec_that_cannot_be_used(spec: str | None, said: str, project: Path) -> None:
    file = project / ".do" / "app.yaml"
    if spec is None:
        file.unlink()
    else:
        file.write_text(spec)
    done = run("verify", project)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--component", "wbe"], ".do/app.yaml has no component wbe; it has web"),
        (["--image", "PG"], "--image PG: give ENGINE=NAME, with one of PG,"),
        (["--image", "ORACLE=x"], "--image ORACLE=x"),
        (["--env-file", "none.env"], "none.env"),
    ],
)
def test_options_that_cannot_be_followed(options: list[str], said: str, project: Path) -> None:
    done = run("verify", project, *options)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_scan_takes_up_the_result(project: Path, result: Path) -> None:
    document = json.loads(run("scan", project, "--verified", result, "--format", "json").stdout)
    Draft202012Validator(json.loads(schema("report"))).validate(document)
    assert document["verification"]["checks"][1]["id"] == "listens"
    text = " ".join(run("scan", project, "--verified", result).stdout.split())
    assert "Verified on Docker 28.2" in text
    assert "it listens on port 8000, not on 8080" in text


def test_a_scan_without_a_result_says_nothing_of_it(project: Path) -> None:
    assert json.loads(run("scan", project, "--format", "json").stdout)["verification"] is None
    assert "Verified on" not in run("scan", project).stdout


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"verification": {"checks": []}}', None])
def test_a_file_that_is_no_result(content: str | None, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    if content is not None:
        file.write_text(content)
    done = run("scan", project, "--verified", file)
    assert done.exit_code == 2
    assert str(file) in done.stderr


def test_the_image_of_an_engine_that_is_unknown(project: Path) -> None:
    (project / "doctor.toml").write_text('[verify.images]\nORACLE = "oracle"\n')
    done = run("verify", project)
    assert done.exit_code == 2
    assert "verify.images.ORACLE in the configuration" in done.stderr


def test_the_images_of_the_configuration(project: Path) -> None:
    (project / "doctor.toml").write_text('[verify.images]\nPG = "doctor.invalid/nothing:1"\n')
    assert load_config(project).verify.images == {"PG": "doctor.invalid/nothing:1"}
