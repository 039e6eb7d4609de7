"""The way to the engine, and what to say where there is none."""

import os

import docker
from docker.errors import DockerException, InvalidVersion
from requests.exceptions import RequestException

from analyzer.model.errors import EngineError
from analyzer.verify.diagnosis import diagnose

OLDEST_API = (1, 40)
"""Engine 19.03: the first with everything that is asked of it here."""
REQUEST_SECONDS = 120
"""A single answer of the engine takes less; what takes longer (a build, a log) arrives in pieces."""


def connect() -> docker.DockerClient:
    """A client of the engine that DOCKER_HOST or the default socket names. Raises EngineError."""
    try:
        client = docker.from_env(timeout=REQUEST_SECONDS)
        version = client.version()
    except InvalidVersion:
        raise EngineError(f"the Docker engine {_place()} is older than Docker 1.12; {_NEEDED}") from None
    except (DockerException, RequestException) as error:
        raise EngineError(_explain(str(error))) from error
    api = tuple(int(part) for part in version["ApiVersion"].split("."))
    if api < OLDEST_API:
        client.close()
        raise EngineError(
            f"the Docker engine {_place()} is {version['Version']} (API {version['ApiVersion']}); {_NEEDED}"
        )
    return client


def describe(client: docker.DockerClient) -> str:
    """Version and platform, as "20.10.24, linux/amd64"."""
    version = client.version()
    return f"{version['Version']}, {version['Os']}/{version['Arch']}"


def explain_failure(text: str) -> str:
    """What an error means that the engine gives in the middle of a run, and what helps."""
    found = diagnose([text])
    return f"{found.cause}\n  {found.fix}" if found.fix else f"the Docker engine failed: {text}"


_NEEDED = (
    "verify needs 19.03 or newer\n  packages of newer ones: docker.io of Debian and Ubuntu, or docker-ce of Docker"
)


def _place() -> str:
    named = os.environ.get("DOCKER_HOST")
    return f"at {named} (DOCKER_HOST)" if named else "on the default socket"


def _explain(text: str) -> str:
    """Why there is no engine to talk to, and what helps."""
    if "Permission denied" in text:
        return (
            f"the Docker engine {_place()} refuses this user: permission denied\n"
            "  add the user to the group docker and log in again, or run the engine rootless"
        )
    if "certificate" in text.lower() or "ssl" in text.lower():
        return f"the Docker engine {_place()} refuses the connection: {text}"
    return (
        f"no Docker engine answers {_place()}: {text}\n"
        "  start it: open Docker Desktop, or systemctl start docker\n"
        "  to install one on Debian or Ubuntu: apt-get install docker.io"
    )
