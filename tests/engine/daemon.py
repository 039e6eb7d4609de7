"""The Docker engine that the tests use: the one that runs already, else one that is installed and started here.

An engine started here carries a label. Only such an engine is ever given stand-ins under the names of official images.
"""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import docker
from docker.errors import DockerException

from tests.engine import machine

LABEL = "cnb-doctor.tests=provisioned"
PACKAGES = {"dockerd": "docker.io", "iptables": "iptables", "mmdebstrap": "mmdebstrap"}
PROCESS_FILES = {
    "dockerd": Path("/var/run/docker.pid"),
    "containerd": Path("/var/run/docker/containerd/containerd.pid"),
}
SECONDS_TO_START = 60
SECONDS_TO_ANSWER = 600  # of one request; a step of a build may print nothing for minutes


class EngineError(Exception):
    """No engine could be had; the message says why."""


def connect() -> docker.DockerClient | None:
    """A client of the engine that answers, as DOCKER_HOST and its like say; None when none does."""
    try:
        return docker.from_env(timeout=SECONDS_TO_ANSWER)
    except DockerException:
        return None


def is_ours(client: docker.DockerClient) -> bool:
    """Whether the engine was started by `start`."""
    return LABEL in (client.info().get("Labels") or ())


def missing() -> list[str]:
    """The Debian packages that have to be installed before an engine can be started and bases be made."""
    return [package for program, package in PACKAGES.items() if not shutil.which(program)]


def install(packages: list[str]) -> None:
    """Install Debian packages. Raises EngineError where that is not possible."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # A third party's archive that cannot be reached is no reason to stop: the installation itself decides.
    subprocess.run(["apt-get", "update"], capture_output=True, stdin=subprocess.DEVNULL)
    run(["apt-get", "install", "--yes", "--no-install-recommends", *packages], environment)


def obstacle() -> str | None:
    """Why no engine can be installed and started here; None when it can."""
    if os.environ.get("DOCKER_HOST"):
        return "DOCKER_HOST names an engine that does not answer"
    if os.geteuid() != 0:
        return "no Docker engine answers, and installing one takes root"
    if machine.release().get("ID") != "debian":
        return "no Docker engine answers, and one is installed on Debian only"
    return None


def start() -> tuple[Path, docker.DockerClient]:
    """Start dockerd in the background and wait until it answers; the file that it logs to, and a client.

    Raises EngineError with the end of that file when it does not come up.
    """
    for program, path in PROCESS_FILES.items():
        _forget_dead(program, path)
    log = Path(tempfile.mkdtemp(prefix="doctor-engine-")) / "dockerd.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["dockerd", "--label", LABEL],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # it outlives this program and the terminal
        )
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        if client := connect():
            return log, client
        time.sleep(0.25)
    raise EngineError(f"dockerd did not start, {log}:\n{tail(log.read_text(errors='replace'))}")


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a program of this machine. Raises EngineError with the end of its output when it fails."""
    result = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if result.returncode:
        raise EngineError(f"{' '.join(command)} failed:\n{tail(result.stdout.decode(errors='replace'))}")


def _forget_dead(program: str, path: Path) -> None:
    """Remove the process file of an engine that was killed: dockerd takes whoever has its number now for its twin."""
    try:
        number = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return
    name = Path("/proc", number, "comm")
    if not name.exists() or name.read_text(encoding="utf-8").strip() != program:
        path.unlink()


def tail(text: str) -> str:
    """The last lines of what a program printed."""
    return "\n".join(text.splitlines()[-20:])
