"""Builds a working copy four times by BuildKit, as a developer does in a day: what each build took and did anew."""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from docker import DockerClient

from analyzer.verify import buildkit
from analyzer.verify.building import BuildLog, instruction_of
from analyzer.verify.context import read_context
from tests.engine.stand_ins import exists

INSTALLS = re.compile(r"\b(?:pip3?|pipenv|poetry|pdm|uv|conda) (?:install|sync|wheel)\b")
"""Commands that install dependencies."""
COLLECTS = re.compile(r"\bcollectstatic\b")
ADDED = "toolz==1.0.0"
"""What a change of the dependencies adds: a small package of Python modules alone, which needs no other."""
REQUIREMENTS = ("*requirements*.txt", "requirements/*.txt")
LIMIT = 1200
"""Seconds of a build."""
REASON = 160
"""Characters of the reason why a build failed."""
SAYING_NOTHING = re.compile(
    r"\W*(?:note: |hint: |error: (?:subprocess-exited|metadata-generation|failed-wheel)|Encountered error"
    r"|ERROR: Failed (?:building wheel|to build))"
)
"""Lines of pip and uv that speak of an error, with its cause in another line."""


class Change(StrEnum):
    """What happened since the build before; the value is the heading of its column."""

    FIRST = "first build"
    NOTHING = "without change"
    SOURCE = "source"
    DEPENDENCIES = "dependencies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A Dockerfile in a working copy of a repository, with everything that belongs to it."""

    root: Path
    source_dir: str
    """The folder that is built, relative to `root`."""
    dockerfile: str
    """Relative to `root`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One build: seconds on the clock, those of collectstatic among them, whether dependencies were installed."""

    seconds: float
    collecting: float
    installs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All builds of a candidate; sizes are bytes. Where the first build fails, there is nothing but the reason."""

    builds: dict[str, Build]
    size: int = 0
    base: int = 0
    """Of it, the base image."""
    reason: str = ""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `asdict` made."""
        return cls(**{**data, "builds": {name: Build(**one) for name, one in data["builds"].items()}})

    def to_json(self) -> dict[str, Any]:
        """For a file of results."""
        return asdict(self)


def measure(client: DockerClient, candidate: Candidate, add: Callable[[], bool]) -> Measured:
    """Build after one change after the other; the image is removed, what the builder keeps is not.

    Args:
        add: adds a dependency to the working copy; False where that is not possible, and then it is not measured.

    Raises EngineError without BuildKit and UsageError where a file of the build is missing.
    """
    tag = f"doctor-bench:{secrets.token_hex(4)}"
    found: dict[str, Build] = {}
    try:
        for change in Change:
            if change is Change.DEPENDENCIES and not add():
                break
            log, text = _build(client, candidate, tag, change)
            if log.error:
                return replace(_sized(client, tag, found), reason=_reason(log))
            found[change] = _what(log, text)
        return _sized(client, tag, found)
    finally:
        if exists(client, tag):
            client.api.remove_image(tag, force=True)


def python_file(files: tuple[str, ...]) -> str:
    """A file that developers edit: views, urls or models of an application, else any module."""
    modules = [name for name in files if name.endswith(".py") and "migrations" not in name]
    for wanted in ("views.py", "urls.py", "models.py", ".py"):
        fitting = sorted((name for name in modules if name.endswith(wanted)), key=lambda name: (name.count("/"), name))
        if fitting:
            return fitting[0]
    raise ValueError("no Python file")


def add_dependency(folder: Path) -> bool:
    """Add a package to the requirements files of a folder, in their encoding; False where there is none.

    A comment makes them other files than those of every earlier run, of which the builder keeps the steps.
    """
    line = f"{ADDED}  # {secrets.token_hex(4)}"
    files = [path for pattern in REQUIREMENTS for path in folder.glob(pattern)]
    for path in files:
        raw = path.read_bytes()
        encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
        path.write_bytes(f"{raw.decode(encoding).rstrip()}\n{line}\n".encode(encoding))
    return bool(files)


def _build(client: DockerClient, candidate: Candidate, tag: str, change: Change) -> tuple[BuildLog, str]:
    """The log, and the text of the Dockerfile."""
    context = read_context(candidate.root, candidate.source_dir, candidate.dockerfile)
    changed = python_file(context.files) if change is Change.SOURCE else None
    with context.archive(changed) as archive:
        log = buildkit.build(
            client,
            archive,
            dockerfile=context.dockerfile,
            tag=tag,
            labels={},
            arguments={},
            limit=LIMIT,
            say=lambda _: None,
            cached=change is not Change.FIRST,
        )
    return log, context.dockerfile


def _what(log: BuildLog, dockerfile: str) -> Build:
    """What was done anew."""
    anew = [(instruction_of(dockerfile, step.number), step.seconds) for step in log.steps if not step.cached]
    runs = [(one.value, seconds) for one, seconds in anew if one is not None and one.keyword == "RUN"]
    return Build(
        seconds=log.seconds,
        collecting=sum(seconds for text, seconds in runs if COLLECTS.search(text)),
        installs=any(INSTALLS.search(text) for text, _ in runs),
    )


def _sized(client: DockerClient, tag: str, builds: dict[str, Build]) -> Measured:
    if not exists(client, tag):
        return Measured(builds=builds)
    image = client.images.get(tag)
    return Measured(builds=builds, size=int(image.attrs["Size"]), base=_base(client, image.attrs["RootFS"]["Layers"]))


def _base(client: DockerClient, layers: list[str]) -> int:
    """The size of the image with a name that has most of the first layers of another."""
    sizes = [
        (len(own), int(other.attrs["Size"]))
        for other in client.images.list()
        if other.tags and len(own := other.attrs["RootFS"]["Layers"]) < len(layers) and layers[: len(own)] == own
    ]
    return max(sizes, default=(0, 0))[1]


def _reason(log: BuildLog) -> str:
    """The last line of the step that failed which speaks of an error, else what the builder says."""
    return next(_errors(log), log.error)[:REASON]


def _errors(log: BuildLog) -> Iterator[str]:
    lines = log.steps[-1].log if log.steps else ()
    found = [line for line in reversed(lines) if re.search(r"error|not found|no such", line, re.IGNORECASE)]
    yield from (line for line in found if not SAYING_NOTHING.match(line))
    yield from found
