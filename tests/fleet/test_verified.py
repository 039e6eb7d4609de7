"""A fleet whose repositories are built and run, on workers with a real Docker engine."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from docker import DockerClient

from analyzer.verify import object_storage
from tests.fixtures.emitted import FIXTURES, emit_into_copy

pytest.importorskip("distributed")
pytestmark = [pytest.mark.timeout(1500), pytest.mark.xdist_group("fleet")]
WELL, BADLY = "decouple_sqlite", "debug_default_true"


def test_each_is_built_and_run(engine: DockerClient, image: Callable[[str], str], tmp_path: Path) -> None:
    for name in (WELL, BADLY):
        emitted = emit_into_copy(name, tmp_path / "emitted" / name)
        for needed in (*emitted.bases, *emitted.databases, object_storage.image_of({})):
            image(needed)
        shutil.copytree(FIXTURES / name / "repo", tmp_path / "fleet" / name)
    out = tmp_path / "fleet.jsonl"
    command = [sys.executable, "-m", "analyzer", "fleet", str(tmp_path / "fleet"), "--verify", "--out", str(out)]
    done = subprocess.run([*command, "--jobs", "2"], capture_output=True, text=True, check=False)
    assert done.returncode == 5, done.stderr
    found = {one["repository"]: one["verification"] for one in map(json.loads, out.read_text().splitlines())}
    assert found[WELL]["outcome"] == "passed", found
    assert found[WELL]["failed"] == []
    assert found[BADLY]["outcome"] == "failed", found
    assert [check["id"] for check in found[BADLY]["failed"]] == ["static-file"]
    assert "failed: static-file" in done.stdout
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 5
    assert again.stdout == done.stdout
    assert again.stderr.count("(as before)") == len(again.stderr.splitlines()) == 2
    assert sorted(path.name for path in (tmp_path / "fleet" / WELL).iterdir()) == sorted(
        path.name for path in (FIXTURES / WELL / "repo").iterdir()
    )
