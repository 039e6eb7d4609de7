"""However a run ends, nothing of it is left on the engine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analyzer.verify.workspace import LABEL, OWNER
from tests.verify.app import FILES, run_verify, with_postgres, write

if TYPE_CHECKING:
    from docker import DockerClient

pytestmark = pytest.mark.timeout(600)
WAIT = 60
"""Seconds for something to happen."""
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell may have turned off for its children
from analyzer.cli import main
main()
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The project with a database."""
    return write(tmp_path / "shop", with_postgres(FILES))


def until(text: str, log: Path) -> None:
    """Wait until the progress says the text."""
    deadline = time.monotonic() + 4 * WAIT
    while text not in log.read_text():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def started(repository: Path, log: Path, *options: str) -> "subprocess.Popen[bytes]":
    """`doctor verify`, with its progress in a file."""
    command = [sys.executable, "-c", PROGRAM, "verify", str(repository), *options]
    with log.open("w") as progress:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=progress)


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        ("build web", signal.SIGKILL),
        ("build web", signal.SIGTERM),
        ("run migrate", signal.SIGKILL),
        ("ok   web: listens", signal.SIGKILL),
        ("ok   web: listens", signal.SIGINT),
    ],
)
def test_a_signal_leaves_nothing(
    moment: str, sent: signal.Signals, repository: Path, tmp_path: Path, engine: "DockerClient"
) -> None:
    process = started(repository, tmp_path / "log")
    until(moment, tmp_path / "log")
    process.send_signal(sent)
    code = process.wait(WAIT)
    deadline = time.monotonic() + WAIT
    while mine := owned(engine, process.pid):
        assert sent is signal.SIGKILL, mine  # doctor itself is done only after the removal
        assert time.monotonic() < deadline, mine
        time.sleep(0.5)
    assert code == (-sent if sent is signal.SIGKILL else 130)


TOKEN = f"left-over-{os.getpid()}"  # other processes run these tests at the same time
JOB = (".do/app.yaml", "python manage.py migrate --noinput")


@pytest.mark.parametrize(
    ("replaced", "options", "said"),
    [
        (
            ("Dockerfile", "COPY . .\n", f"COPY . .\nRUN echo {TOKEN} && sleep 600\n"),
            ("--timeout", "20"),
            "image builds: the build took longer",
        ),
        ((*JOB, "sleep 600\n    timeout: 5s"), (), "s and was killed"),
        ((*JOB, "false"), (), "FAIL migrate: job before the deployment"),
    ],
)
def test_a_run_that_fails_leaves_nothing(
    replaced: tuple[str, str, str], options: tuple[str, ...], said: str, repository: Path, engine: "DockerClient"
) -> None:
    file, old, new = replaced
    text = (repository / file).read_text()
    assert text.count(old) == 1
    (repository / file).write_text(text.replace(old, new))
    log = repository.parent / "log"
    process = started(repository, log, *options)
    code = process.wait(4 * WAIT)
    assert said in log.read_text()
    assert code == 5
    assert owned(engine, process.pid) == []
    present = engine.containers.list(all=True, ignore_removed=True)
    assert not [one for one in present if TOKEN in " ".join(one.attrs["Config"]["Cmd"] or ())]


def owned(engine: "DockerClient", process: int) -> list[object]:
    """What belongs to a run of the process."""
    chosen: dict[str, str | list[str] | bool] = {"label": f"{OWNER}={os.uname().nodename}:{process}"}
    return [
        *engine.containers.list(all=True, filters=chosen, ignore_removed=True),
        *engine.networks.list(filters=chosen),
        *engine.volumes.list(filters=chosen),
        *engine.api.images(filters=chosen),
    ]


def test_a_run_that_ends_well_leaves_nothing_and_two_do_not_disturb_each_other(
    repository: Path, tmp_path: Path, engine: "DockerClient"
) -> None:
    other = started(repository, tmp_path / "log")
    run = run_verify(repository)
    assert run.code == 0, run.report
    assert other.wait(4 * WAIT) == 0, (tmp_path / "log").read_text()
    assert not owned(engine, other.pid)


@pytest.fixture
def leftovers(engine: "DockerClient") -> Iterator[tuple[str, str]]:
    """Networks with the labels of a run that is no more, and of one that lives: this process."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    machine = os.uname().nodename
    networks = [
        engine.networks.create(f"doctor-test-{owner}", labels={LABEL: f"test{owner}", OWNER: f"{machine}:{owner}"})
        for owner in (gone.pid, os.getpid())
    ]
    yield f"test{gone.pid}", f"test{os.getpid()}"
    for network in networks:
        if engine.networks.list(ids=[str(network.id)]):
            network.remove()


def test_prune_removes_what_a_dead_run_left_and_nothing_of_a_living_one(
    leftovers: tuple[str, str], engine: "DockerClient"
) -> None:
    dead, living = leftovers
    done = subprocess.run([sys.executable, "-m", "analyzer", "verify", "--prune"], capture_output=True, text=True)
    assert done.returncode == 0
    assert not engine.networks.list(filters={"label": f"{LABEL}={dead}"})
    assert engine.networks.list(filters={"label": f"{LABEL}={living}"})
