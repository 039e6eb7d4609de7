"""Whole Dockerfiles, compared with files that a person has read."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.model.plan import AddedPackage, AptPackage, ImagePlan, ManagementCommand, PlacedCopy
from analyzer.render.dockerfile import render_dockerfile
from analyzer.render.dockerignore import render_dockerignore
from tests.render.plans import RICH, SIMPLE, decided, plan_of

HADOLINT = Path(sys.executable).with_name("hadolint")
EXPECTED = Path(__file__).parent / "expected"
IMAGES = pytest.mark.parametrize(("name", "image"), [("simple", SIMPLE), ("rich", RICH)])


@IMAGES
def test_the_whole_file(name: str, image: ImagePlan, update_golden: bool) -> None:
    artifact = render_dockerfile(plan_of(image))
    expected = EXPECTED / f"{name}.Dockerfile"
    if update_golden:
        expected.write_text(artifact.body)
    assert artifact.body == expected.read_text()


@IMAGES
def test_hadolint_has_nothing_above_info(name: str, image: ImagePlan, tmp_path: Path) -> None:
    file = tmp_path / "Dockerfile"
    file.write_text(render_dockerfile(plan_of(image)).body)
    done = subprocess.run([HADOLINT, "--failure-threshold", "warning", str(file)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_an_added_package_without_a_version_is_said_to_be_one(tmp_path: Path) -> None:
    pinned = render_dockerfile(plan_of(RICH)).body
    added = (AddedPackage(requirement="gunicorn", because="docker/Dockerfile installs it"),)
    unpinned = render_dockerfile(plan_of(replace(RICH, added_packages=decided(added, "a server is needed")))).body
    assert "DL3013" not in pinned
    assert "# hadolint ignore=DL3013\nRUN uv pip install --no-cache gunicorn\n" in unpinned


def test_added_packages_stand_before_the_source_unless_the_project_itself_is_installed() -> None:
    added = decided((AddedPackage(requirement="gunicorn==27.0.1", because="no web server"),), "a server is needed")
    early = render_dockerfile(plan_of(replace(SIMPLE, added_packages=added))).body
    assert early.index("pip install --no-cache-dir gunicorn==27.0.1\n") < early.index("COPY . .")
    late = render_dockerfile(plan_of(RICH)).body
    assert late.index("uv sync --frozen --no-dev\n") < late.index("uv pip install --no-cache gunicorn==23.0.0\n")


def test_a_folder_that_a_package_needs_is_there_before_it() -> None:
    java = AptPackage(name="default-jre", because="jing", folder="/usr/share/man/man1")
    body = render_dockerfile(plan_of(replace(SIMPLE, run_packages=decided((java,), "programs")))).body
    assert "apt-get update \\\n    && mkdir -p /usr/share/man/man1 \\\n    && apt-get install" in body
    assert "mkdir" not in render_dockerfile(plan_of(RICH)).body


def test_files_are_placed_before_manage_py_runs() -> None:
    placed = decided((PlacedCopy(origin="docker/config.py", place="settings/config.py"),), "the tree lacks it")
    body = render_dockerfile(plan_of(replace(SIMPLE, placed=placed))).body
    source, copy = body.index("COPY . ."), body.index("COPY docker/config.py /app/settings/config.py\n")
    assert source < copy < body.index("collectstatic")


def test_an_empty_file_of_variables_is_there_before_manage_py_runs() -> None:
    image = replace(SIMPLE, env_file=decided("/app/etc/my .env", "the settings open it"))
    body = render_dockerfile(plan_of(image)).body
    assert body.index("RUN install -D -m 644 /dev/null '/app/etc/my .env'\n") < body.index("collectstatic")


def test_collected_files_are_opened_to_the_user_of_the_image() -> None:
    collected = ManagementCommand(command="python manage.py x", variables={}, unreadable=("/app/all static",))
    body = render_dockerfile(plan_of(replace(SIMPLE, collectstatic=decided(collected, "they are closed")))).body
    assert "RUN python manage.py x \\\n    && chmod -R a+rX '/app/all static'\n" in body


def test_front_end_commands_stand_around_collectstatic() -> None:
    tailwind = ManagementCommand(command="python manage.py tailwind build", variables={}, leftovers=("/app/.t w",))
    compress = ManagementCommand(command="python manage.py compress", variables={"KEY": "x"}, collected=False)
    image = replace(SIMPLE, tailwind=decided(tailwind, "it downloads"), compress=decided(compress, "it reads"))
    body = render_dockerfile(plan_of(image)).body
    steps = [
        "# It downloads\nRUN python manage.py tailwind build \\\n    && rm -rf '/app/.t w'\n",
        "python manage.py collectstatic --noinput\n",
        "# It reads\nRUN KEY=x python manage.py compress\n",
        "# The image that runs.\n",
    ]
    assert [body.count(step) for step in steps] == [1, 1, 1, 1]
    assert [body.index(step) for step in steps] == sorted(body.index(step) for step in steps)


def test_each_line_knows_its_decision() -> None:
    artifact = render_dockerfile(plan_of(SIMPLE))
    lines = artifact.body.splitlines()
    assert artifact.decisions[lines.index("EXPOSE 8080") + 1] is SIMPLE.port
    assert artifact.decisions[lines.index("ARG BASE_IMAGE=python:3.12-slim-trixie") + 1] is SIMPLE.base_image
    assert artifact.path == "Dockerfile"
    assert render_dockerfile(plan_of(RICH)).path == "backend/Dockerfile"


def test_dockerignore() -> None:
    artifact = render_dockerignore(plan_of(SIMPLE))
    assert artifact.path == ".dockerignore"
    assert artifact.body == (
        "# What the image does not need stays out\n\n# Secrets\n**/.env\n!**/.env.example\n\n# Environments\n**/venv\n"
    )
    assert {decision.override for decision in artifact.decisions.values()} == {"image.ignore"}
    assert sorted(artifact.decisions) == [1, 2, 3, 4, 5, 6, 7, 8]
