"""Containers of a run: each in the run's network, without rights that it does not need, with the memory of its size."""

import contextlib
import json
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any

from docker.errors import APIError, NotFound
from docker.models.containers import Container

from analyzer.model.quick_dataclass import dataclass
from analyzer.verify.sizes import Size
from analyzer.verify.workspace import Workspace

PROCESSES = 512
"""In one container at most, threads counted: a database with all its connections in use (151 of MySQL) has fewer."""
LOG_LINES = 40
"""Of the end of a log, kept with a check."""
PAUSE = 0.1
"""Seconds between two looks at a container."""
NANO = 1_000_000_000
OUT_OF_MEMORY = 137


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a container ended; `code` is None where it had to be killed at its limit."""

    code: int | None
    out_of_memory: bool
    seconds: float
    log: tuple[str, ...]

    @property
    def lacked_memory(self) -> bool:
        """Whether it was killed for the memory that it took, by the engine's account or by the signal."""
        return self.out_of_memory or self.code == OUT_OF_MEMORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command in a container printed, and its exit code."""

    code: int
    output: str

    @property
    def document(self) -> dict[str, Any] | None:
        """The last line as JSON, as the probes write it; None where it is none."""
        lines = self.output.strip().splitlines()
        with contextlib.suppress(ValueError):
            found = json.loads(lines[-1]) if lines else None
            return found if isinstance(found, dict) else None
        return None

    def failure(self, seconds: int) -> str:
        """How a probe that had so much time ended without an answer."""
        if self.code == 128 + signal.SIGALRM:
            return (
                f"no answer within {seconds} s: an import waits for something, or the machine has too much else to do"
            )
        return f"exit code {self.code}"


def start(
    space: Workspace,
    image: str,
    *,
    name: str,
    environment: Mapping[str, str],
    command: str | None = None,
    entrypoint: Sequence[str] | None = None,
    arguments: list[str] | None = None,
    size: Size | None = None,
    aliases: Sequence[str] = (),
) -> Container:
    """Start a container that others find under `name`.

    Args:
        command: as in `run_command`: replaces the entrypoint, and a shell runs it, as on the platform.
        entrypoint: a program and its arguments instead.
        arguments: for the image's own entrypoint, in place of its command.
        size: what it gets; without one, what there is.
        aliases: further names.

    Raises docker.errors.DockerException.
    """
    program = ["/bin/sh", "-c", command] if command is not None else None if entrypoint is None else list(entrypoint)
    limits: dict[str, Any] = {}
    if size is not None:
        # The platform has no swap.
        limits = {"mem_limit": size.memory, "memswap_limit": size.memory, "nano_cpus": _cpus(space, size)}
    container = space.client.containers.create(
        image,
        command=[] if program is not None else arguments,
        entrypoint=program,
        name=space.name(name),
        hostname=name,
        environment=dict(environment),
        labels=space.labels,
        network=space.name("network"),
        networking_config=space.endpoint(name, *aliases),
        security_opt=["no-new-privileges"],
        pids_limit=PROCESSES,
        detach=True,
        **limits,
    )
    container.start()
    return container


def _cpus(space: Workspace, size: Size) -> int:
    """The processors of the size, or all of a smaller machine's: the engine refuses more."""
    return min(size.cpus, int(space.client.info()["NCPU"])) * NANO


def runs(container: Container) -> bool:
    """Whether the container is still up."""
    try:
        container.reload()
    except NotFound:
        return False
    return str(container.status) == "running"


def wait(container: Container, limit: float) -> Ended:
    """Wait for the end of a container; at the limit (seconds) it is killed."""
    begin = time.monotonic()
    while runs(container):
        if time.monotonic() - begin > limit:
            with contextlib.suppress(APIError):
                container.kill()
            return Ended(code=None, out_of_memory=False, seconds=time.monotonic() - begin, log=log_of(container))
        time.sleep(PAUSE)
    return ended(container, time.monotonic() - begin)


def ended(container: Container, seconds: float) -> Ended:
    """How a container that is not up any more ended."""
    container.reload()
    state = container.attrs["State"]
    return Ended(
        code=state["ExitCode"], out_of_memory=state["OOMKilled"], seconds=seconds, log=log_of(container, LOG_LINES)
    )


def lifetime(container: Container) -> float:
    """The seconds for which a container that ended was up."""
    container.reload()
    begin, end = (datetime.fromisoformat(container.attrs["State"][name]) for name in ("StartedAt", "FinishedAt"))
    return (end - begin).total_seconds()


def log_of(container: Container, lines: int = LOG_LINES) -> tuple[str, ...]:
    """The end of what the container printed."""
    try:
        text: Any = container.logs(tail=lines)
    except APIError:
        return ()
    return tuple(text.decode("utf-8", "replace").splitlines())


def whole_log(container: Container) -> Iterator[bytes]:
    """Everything that the container printed, in pieces."""
    stream: Iterator[bytes] = container.logs(stream=True, follow=False, timestamps=True)
    yield from stream


def address_of(space: Workspace, container: Container) -> str:
    """The container's address in the run's network."""
    container.reload()
    return str(container.attrs["NetworkSettings"]["Networks"][space.name("network")]["IPAddress"])


def run_probe(
    container: Container, probe: str, arguments: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> Answer:
    """Run one of our scripts (probes/NAME.py) with the Python of a container; it prints a line of JSON.

    Args:
        arguments: among them `seconds`, after which the script ends itself.
        environment: variables beside those of the container.
    """
    parts = [files("analyzer.verify").joinpath(f"probes/{name}.py").read_text("utf-8") for name in ("preamble", probe)]
    return execute(container, ["python", "-c", "\n".join(parts), json.dumps(arguments)], environment)


def execute(container: Container, command: Sequence[str], environment: Mapping[str, str] | None = None) -> Answer:
    """Run a command in a container that is up, as its user and with its environment."""
    try:
        ran: Any = container.exec_run(list(command), environment=dict(environment or {}))
    except APIError as error:
        return Answer(code=-1, output=str(error.explanation or error))
    return Answer(code=-1 if ran.exit_code is None else ran.exit_code, output=ran.output.decode("utf-8", "replace"))
