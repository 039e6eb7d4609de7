"""Provides a Docker engine and the images that the Docker tests need.

usage: python -m tests.engine.provision [--buildx] [IMAGE ...]

An engine that answers is used as it is, and images that it lacks are pulled. Where none answers, on Debian with root,
one is installed and started, and stand-ins are made for the images, as there may be no image registry to pull from.
Each step is skipped where its result is there already.

The exit code is 1 when something could not be had. Without an engine or the usual images the Docker tests skip
themselves, except under CI, where they fail.
"""

import argparse
import fcntl
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from docker import DockerClient
from docker.errors import APIError

from tests.engine import buildx, daemon, stand_ins
from tests.engine.daemon import EngineError

AT_ONCE = 2  # images; making one keeps about one core busy
STARTED = time.monotonic()


def main() -> int:
    """Provide what the command line asks for; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.engine.provision",
        description="Provides a Docker engine and the images that the Docker tests need.",
    )
    parser.add_argument(
        "images", nargs="*", metavar="IMAGE", help="a further image, as python:3.12-slim-trixie or node:22-slim"
    )
    parser.add_argument("--buildx", action="store_true", help="the plugin of the docker command for BuildKit")
    arguments = parser.parse_args()
    try:
        problems = provide([*stand_ins.USUAL, *arguments.images], with_buildx=arguments.buildx)
    except EngineError as error:
        problems = [str(error)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("The Docker tests that need this are skipped; under CI they fail.", file=sys.stderr)
    return int(bool(problems))


def provide(images: Sequence[str], *, with_buildx: bool = False) -> list[str]:
    """Provide an engine and images, in the order given; what could not be had, and why.

    Raises EngineError where there is no engine.
    """
    with _alone(), closing(daemon.connect() or _start()) as client:
        if not daemon.is_ours(client):
            _say("an engine runs that is not the tests' own: it is used as it is")
            return [problem for image in images if (problem := _pull(client, image))]
        problems = _make_all(client, images)
        if with_buildx and not buildx.present():
            with _timed("docker buildx"):
                buildx.install(client)
        return problems


def _start() -> DockerClient:
    """Install what lacks, start an engine and connect to it. Raises EngineError."""
    if obstacle := daemon.obstacle():
        raise EngineError(obstacle)
    packages = daemon.missing()
    if packages:
        with _timed(f"Debian packages {' '.join(packages)}"):
            daemon.install(packages)
    client = daemon.connect()  # on some machines a package starts what it installs
    if not client:
        with _timed("dockerd"):
            log, client = daemon.start()
        _say(f"dockerd logs to {log}")
    return client


def _pull(client: DockerClient, image: str) -> str | None:
    """Let the engine pull an image that it lacks; why it cannot."""
    if stand_ins.exists(client, image):
        return None
    try:
        with _timed(f"pull {image}"):
            client.images.pull(image)
    except APIError as error:
        return f"{image}: {error.explanation}"
    return None


def _make_all(client: DockerClient, images: Sequence[str]) -> list[str]:
    """Make images and what they are built upon, some at once; what could not be made, and why."""
    problems = []
    chains: dict[str, tuple[str, ...]] = {}
    for image in images:
        try:
            chain = stand_ins.chain(image)
        except EngineError as error:
            problems.append(str(error))
            continue
        chains |= {step: chain[: chain.index(step) + 1] for step in chain}
    made: dict[str, Future[None]] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # The shortest chains come first: what an image waits for is done or at work by then, so none waits for ever.
        for image, chain in sorted(chains.items(), key=lambda entry: len(entry[1])):
            made[image] = pool.submit(_make, client, image, made.get(chain[-2]) if len(chain) > 1 else None)
    for future in made.values():
        try:
            future.result()
        except EngineError as error:
            problems.append(str(error))
    return list(dict.fromkeys(problems))


def _make(client: DockerClient, image: str, base: Future[None] | None) -> None:
    """Make one image when its base is made. Raises EngineError, also the one that the base was stopped by."""
    if base:
        base.result()
    begin = time.monotonic()
    if stand_ins.make(client, image):
        _say(f"{image}: {time.monotonic() - begin:.1f} s")


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other run of the same user provides an engine."""
    with Path(tempfile.gettempdir(), f"doctor-engine-{os.getuid()}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _timed(what: str) -> Iterator[None]:
    """Say that a step begins, and how long it took."""
    _say(f"{what} ...")
    begin = time.monotonic()
    yield
    _say(f"{what}: {time.monotonic() - begin:.1f} s")


def _say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:6.1f} s] {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
