"""Builds a Dockerfile that only BuildKit understands, by the docker command: docker-py has the classic builder alone.

Source of the output's form: buildx, util/progress (plain); of the numbers in it: BuildKit, dockerfile2llb/convert.go.
"""

import gzip
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import IO

from docker import DockerClient
from docker.errors import ImageNotFound

from analyzer.facts.existing.instructions import Instruction, parse_instructions
from analyzer.model.errors import EngineError
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.verify.building import BuildLog, BuildStep, too_long
from analyzer.verify.context import DOCKERFILE

LAST_WITHOUT_PLUGIN = 22
"""Major version of the docker command: the next ones leave BuildKit to the plugin buildx."""
SECONDS_TO_END = 10
"""After TERM, before the command is killed."""
COUNTED = ("ADD", "COPY", "RUN", "WORKDIR")
"""Instructions that have a number in their stage, beside FROM."""
OWN_VARIABLES = ("BUILDX_", "BUILDKIT_", "DOCKER_")
_LINE = lazy_pattern(r"#(?P<vertex>\d+) (?:(?P<time>\d+\.\d+) )?(?P<text>.*)")
_PLACE = lazy_pattern(r"\[ *(?:\S+ +)*?(?:(?P<stage>\S+) +)?(?P<number>\d+)/\d+\] ")
"""Numbers of a stage with ten steps or more are filled up with spaces."""
_DONE = lazy_pattern(r"DONE (?P<seconds>\d+\.\d+)s")


def build(
    client: DockerClient,
    context: IO[bytes],
    *,
    dockerfile: str,
    tag: str,
    labels: Mapping[str, str],
    arguments: Mapping[str, str],
    limit: float,
    say: Callable[[str], None],
    cached: bool = True,
) -> BuildLog:
    """Build the archive of a context, as `building.build` does.

    Args:
        dockerfile: text of the Dockerfile in the archive, to whose instructions the output is referred.
        cached: whether steps of earlier builds are used.

    Raises EngineError where the docker command is missing or has no BuildKit.
    """
    begin = time.monotonic()
    environment = _environment()
    command = [*_command(environment), "--progress=plain", "--file", DOCKERFILE, "--tag", tag]
    command += [] if cached else ["--no-cache"]
    command += [word for name, value in labels.items() for word in ("--label", f"{name}={value}")]
    for name, value in arguments.items():
        hidden = name not in environment and not name.startswith(OWN_VARIABLES)
        command += ["--build-arg", name if hidden else f"{name}={value}"]
        environment |= {name: value} if hidden else {}
    reader = _Reader(parse_instructions(dockerfile), say)
    with _compressed(context) as archive:
        if not _run([*command, "-"], environment, archive, limit, reader.read):
            reader.error = too_long(limit)
    image = None
    if not reader.error:
        try:
            image = client.images.get(tag).id
        except ImageNotFound:
            reader.error = f"the docker command built no image: {reader.last}"
    return BuildLog(
        image=image or "", error=reader.error, steps=tuple(reader.steps()), seconds=time.monotonic() - begin
    )


def _environment() -> dict[str, str]:
    """Variables for the docker command, with which it talks to the engine that docker-py talks to."""
    found = {name: value for name, value in os.environ.items() if name not in ("DOCKER_CONTEXT", "BUILDX_BUILDER")}
    if sys.platform != "win32":
        found.setdefault("DOCKER_HOST", "unix:///var/run/docker.sock")
    return found | {"DOCKER_BUILDKIT": "1", "BUILDKIT_COLORS": "", "NO_COLOR": "1"}


def _command(environment: Mapping[str, str]) -> list[str]:
    """How the docker command is asked to build by BuildKit. Raises EngineError."""
    needs = "only BuildKit understands the Dockerfile (RUN --mount and the like)"
    docker = shutil.which("docker", path=environment.get("PATH"))
    if docker is None:
        raise EngineError(
            f"{needs}, and that takes the docker command, which is not on the PATH\n"
            "  to install it on Debian or Ubuntu: apt-get install docker-cli docker-buildx"
        )
    if _output([docker, "buildx", "version"], environment) is not None:
        return [docker, "buildx", "build", "--builder", "default", "--load"]
    version = _output([docker, "version", "--format", "{{.Client.Version}}"], environment) or ""
    major = version.partition(".")[0]
    if major.isdecimal() and int(major) <= LAST_WITHOUT_PLUGIN:
        return [docker, "build"]
    raise EngineError(
        f"{needs}, and the docker command lacks its plugin for that: docker buildx version fails\n"
        "  to install it: apt-get install docker-buildx-plugin (Docker's packages) or docker-buildx (Debian, Ubuntu)\n"
        "  or emit a Dockerfile for the classic builder: doctor emit --only dockerfile, without --buildkit"
    )


def _output(command: list[str], environment: Mapping[str, str]) -> str | None:
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else None


def _compressed(context: IO[bytes]) -> IO[bytes]:
    """The archive in the form that buildx knows by its first bytes; of a tar it looks at too few."""
    archive = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    with gzip.GzipFile(fileobj=archive, mode="wb", compresslevel=1, mtime=0) as target:
        shutil.copyfileobj(context, target)
    archive.flush()
    os.lseek(archive.fileno(), 0, os.SEEK_SET)  # another process reads from there, whatever is buffered here
    return archive


def _run(
    command: list[str], environment: Mapping[str, str], archive: IO[bytes], limit: float, read: Callable[[str], None]
) -> bool:
    """Run the command on the archive and hand on its lines; whether it came to its end within the limit."""
    late = threading.Event()
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=archive,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # so that its plugin ends with it
    )

    def end() -> None:
        late.set()
        _end(process)

    timer = threading.Timer(limit, end)
    timer.daemon = True
    timer.start()
    with process:
        try:
            for line in process.stdout or ():
                read(line.rstrip("\n"))
            process.wait()
        finally:
            timer.cancel()
            _end(process)
    return not late.is_set()


def _end(process: subprocess.Popen[str]) -> None:
    """End the command and its plugin, with which the engine ends the build."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, number)
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            continue


@dataclass(slots=True, kw_only=True)
class _Vertex:
    """What the output says of one step."""

    instruction: int
    cached: bool = False
    failed: bool = False
    seconds: float = 0
    log: list[str] = field(default_factory=list)


class _Reader:
    """Reads the plain output line by line; lines of steps that run at the same time are mixed in it."""

    def __init__(self, instructions: tuple[Instruction, ...], say: Callable[[str], None]) -> None:
        self.error = ""
        self.last = ""
        self._say = say
        self._numbers = _numbers(instructions)
        self._vertices: dict[str, _Vertex] = {}

    def read(self, line: str) -> None:
        """Take in a line."""
        if not line.strip():
            return
        self.last = line
        self._say(line)
        if line.startswith("ERROR: "):
            self.error = line.removeprefix("ERROR: ")
        elif found := _LINE.fullmatch(line):
            self._take(found)

    def _take(self, found: re.Match[str]) -> None:
        text = found["text"]
        vertex = self._vertices.get(found["vertex"])
        if vertex is None:
            place = _PLACE.match(text)
            number = self._numbers.get(((place["stage"] or "").lower(), int(place["number"]))) if place else None
            if number is not None:
                self._vertices[found["vertex"]] = _Vertex(instruction=number, log=[text])
        elif found["time"]:
            vertex.log.append(text)
        elif text == "CACHED":
            vertex.cached = True
        elif text.startswith("ERROR"):
            vertex.failed = True
        elif done := _DONE.fullmatch(text):
            vertex.seconds = float(done["seconds"])

    def steps(self) -> Iterator[BuildStep]:
        """The steps in the order of the file, the one that failed at the end."""
        for one in sorted(self._vertices.values(), key=lambda one: (one.failed, one.instruction)):
            yield BuildStep(number=one.instruction, cached=one.cached, seconds=one.seconds, log=tuple(one.log))


def _numbers(instructions: tuple[Instruction, ...]) -> dict[tuple[str, int], int]:
    """The number of an instruction in the file, by the name of its stage and its number there.

    A stage without a name is called after its place; a single one also has none at all.
    """
    found: dict[tuple[str, int], int] = {}
    names: dict[str, int] = {}
    stage, count = "", 0
    for number, one in enumerate(instructions, start=1):
        if one.keyword == "FROM":
            words = one.value.lower().split()
            inherits = words[:1] == ["scratch"] or words[0] in names
            stage = words[2] if len(words) > 2 else f"stage-{one.stage}"
            names[stage] = number
            count = 0 if inherits else 1
            if not inherits:
                found[stage, 1] = number
        elif one.keyword in COUNTED:
            count += 1
            found[stage, count] = number
    return found if len(names) > 1 else found | {("", count): number for (_, count), number in found.items()}
