"""Builds an image with the engine's classic builder, and says what each step of it did."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import IO, Any

from docker import DockerClient
from docker.errors import APIError
from requests.exceptions import ConnectionError as ConnectionBroken
from requests.exceptions import ReadTimeout
from urllib3.exceptions import ReadTimeoutError

from analyzer.facts.existing.instructions import Instruction, parse_instructions
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.verify.context import DOCKERFILE

_STEP = lazy_pattern(r"Step (\d+)/\d+ : ")
_COLOUR = lazy_pattern(r"\x1b\[[\d;?]*[A-Za-z]")
"""Colours, and movements of progress bars."""
_CACHED = " ---> Using cache"
_GONE = lazy_pattern(r"failed to get digest sha256:|No such image: sha256:|layer does not exist")
_BUILDKIT = ("--mount", "--link", "--chmod", "--security", "--network", "--exclude", "--parents")
"""Flags that only BuildKit knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildStep:
    """An instruction of the Dockerfile that was run, or found in the cache."""

    number: int
    """From 1, counting every instruction of the file."""
    cached: bool
    seconds: float
    log: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildLog:
    """A build that came to its end. `error` is empty where it made an image."""

    image: str
    """Id; empty where there is none."""
    error: str
    steps: tuple[BuildStep, ...]
    seconds: float

    @property
    def lines(self) -> tuple[str, ...]:
        """What all steps printed."""
        return tuple(line for step in self.steps for line in step.log)


def needs_buildkit(dockerfile: str) -> bool:
    """Whether the classic builder would refuse the file: flags of BuildKit, here-documents."""
    found = parse_instructions(dockerfile)
    return any(i.heredocs or any(flag.startswith(_BUILDKIT) for flag in i.flags) for i in found)


def instruction_of(dockerfile: str, step: int) -> Instruction | None:
    """The instruction of a step of the build."""
    found = parse_instructions(dockerfile)
    return found[step - 1] if 0 < step <= len(found) else None


def build(
    client: DockerClient,
    context: IO[bytes],
    *,
    tag: str,
    labels: Mapping[str, str],
    arguments: Mapping[str, str],
    limit: float,
    say: Callable[[str], None],
) -> BuildLog:
    """Build the archive of a context.

    Args:
        arguments: build arguments.
        limit: seconds after which the build is ended.
        say: called with every line of output.
    """
    begin = time.monotonic()
    reader = _Reader(say)
    try:
        stream = client.api.build(
            fileobj=context,
            custom_context=True,
            dockerfile=DOCKERFILE,
            tag=tag,
            rm=True,
            forcerm=True,
            labels=dict(labels),
            buildargs=dict(arguments),
            timeout=int(limit),
            decode=True,
        )
        with closing(stream):
            for message in stream:
                reader.read(message)
                if time.monotonic() - begin > limit:
                    reader.error = too_long(limit)
                    break
    except (ReadTimeout, ReadTimeoutError, ConnectionBroken):  # before, and while, the answer is read
        reader.error = reader.error or too_long(limit)
    except APIError as error:
        reader.error = str(error.explanation or error)
    return BuildLog(
        image=reader.image if not reader.error else "",
        error=reader.error,
        steps=tuple(reader.steps()),
        seconds=time.monotonic() - begin,
    )


def disturbed(log: BuildLog) -> bool:
    """Whether the build found an image in the cache that somebody else removed before it could be used."""
    return _GONE.search(log.error) is not None


def too_long(limit: float) -> str:
    """What is said of a build that was ended at its limit (seconds)."""
    return f"the build took longer than {limit:.0f} s and was ended"


class _Reader:
    """Reads the builder's messages."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.image = ""
        self.error = ""
        self._say = say
        self._begun: list[tuple[int, float, list[str]]] = []
        """Number, time of the begin and lines of each step."""
        self._rest = ""

    def read(self, message: Mapping[str, Any]) -> None:
        if "stream" in message:
            *lines, self._rest = (self._rest + message["stream"]).split("\n")
            for line in lines:
                self._line(line)
        elif "error" in message:
            self.error = str(message["error"]).strip()
        elif "aux" in message:
            self.image = message["aux"].get("ID", self.image)

    def _line(self, line: str) -> None:
        text = _COLOUR.sub("", line).rstrip().rpartition("\r")[2]
        if found := _STEP.match(text):
            self._begun.append((int(found[1]), time.monotonic(), []))
        if self._begun and text:
            self._begun[-1][2].append(text)
            self._say(text)

    def steps(self) -> Iterator[BuildStep]:
        ends = [begin for _, begin, _ in self._begun[1:]] + [time.monotonic()]
        for (number, begin, lines), end in zip(self._begun, ends, strict=True):
            yield BuildStep(number=number, cached=_CACHED in lines, seconds=end - begin, log=tuple(lines))
