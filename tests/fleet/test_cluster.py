"""Work on a real Dask cluster, some of whose workers are killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from analyzer.fleet.cluster import Lost, cluster, on_each_worker, on_workers
from analyzer.fleet.verification import check_workers, worker_state
from analyzer.model.errors import EngineError, UsageError
from tests.fleet.work import kill_worker, note_and_wait, process_id

dask = pytest.importorskip("dask")
Client = pytest.importorskip("distributed").Client

ROOT = Path(__file__).parents[2]
WORKERS = 3
NO_ENGINE = "tcp://127.0.0.1:9"


def start(stack: ExitStack, folder: Path, program: str, *options: str) -> subprocess.Popen[bytes]:
    """A program of Dask, as its users start it, which ends with the test."""
    command = [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(folder / "scheduler.json")]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            stdout=log,
            stderr=log,
            env={**os.environ, "DOCKER_HOST": NO_ENGINE, "DASK_DISTRIBUTED__WORKER__DAEMON": "True"},
        )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with workers that nobody starts again."""
    with ExitStack() as stack:
        local = ("--host", "127.0.0.1")
        start(stack, tmp_path, "dask_scheduler", *local, "--port", "0", "--no-dashboard")
        while not (tmp_path / "scheduler.json").exists():
            time.sleep(0.05)
        for number in range(WORKERS):
            folder = tmp_path / f"worker{number}"
            folder.mkdir()
            options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
            start(stack, tmp_path, "dask_worker", *local, *options)
        address: str = json.loads((tmp_path / "scheduler.json").read_text())["address"]
        with Client(address) as client:
            client.wait_for_workers(WORKERS, timeout=100)
        yield address


def test_a_killed_worker_loses_no_result(scheduler: str, tmp_path: Path) -> None:
    names = [f"item{number}" for number in range(12)]
    with cluster(scheduler, workers=1) as client:
        workers = on_each_worker(client, process_id)
        assert len(workers) == WORKERS
        found = on_workers(client, note_and_wait, [f"{tmp_path} {name}" for name in names])
        while len(begun := list(tmp_path.glob("*.begun"))) < WORKERS:
            time.sleep(0.05)
        lost = begun[0]
        victim = int(lost.read_text())
        assert victim in workers.values()
        os.kill(victim, signal.SIGKILL)
        (tmp_path / "end").touch()
        results = [(item.split()[1], result) for item, result in found]
        assert sorted(results) == sorted((name, f"{name} done") for name in names)
        tried = [int(line) for line in lost.read_text().splitlines()]
        assert tried[0] == victim
        assert len(tried) == 2
        assert tried[1] != victim
        assert victim not in on_each_worker(client, process_id).values()


@pytest.mark.timeout(400)
def test_a_cluster_of_its_own_replaces_workers(tmp_path: Path) -> None:
    names = ("one", "once", "raises", "always", "two")
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}), cluster(None, workers=2) as client:
        items = [f"{tmp_path} {name}" for name in names]
        results = {item.split()[1]: found for item, found in on_workers(client, kill_worker, items)}
    lost = {name: str(found) for name, found in results.items() if isinstance(found, Lost)}
    assert lost == {"raises": "no such repository", "always": "every worker that tried was lost"}
    assert {name: found for name, found in results.items() if name not in lost} == {
        "one": "one done",
        "once": "once done",
        "two": "two done",
    }


def test_a_worker_without_an_engine_is_named_before_the_work(scheduler: str) -> None:
    with cluster(scheduler, workers=1) as client:
        states = on_each_worker(client, worker_state)
    assert len(states) == WORKERS
    with pytest.raises(EngineError, match=rf"worker {min(states)}: no Docker engine answers at {NO_ENGINE}"):
        check_workers(states)


def test_no_scheduler() -> None:
    with (
        pytest.raises(UsageError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"),
        cluster(NO_ENGINE, workers=1),
    ):
        pytest.fail("there is none")
