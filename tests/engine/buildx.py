"""The buildx plugin of the docker command, with which it builds by BuildKit: Debian has it from trixie on."""

import subprocess
from pathlib import Path

from docker import DockerClient
from docker.errors import ContainerError

from tests.engine.daemon import EngineError, tail

FOLDER = Path("/usr/local/lib/docker/cli-plugins")
SCRIPT = """
apt-get update && cd /tmp && apt-get download docker-buildx && dpkg-deb --extract docker-buildx_*.deb . \
    && find usr -name docker-buildx -type f -perm /u+x -exec cp {} /plugins/ ';'
"""


def present() -> bool:
    """Whether the docker command has the plugin."""
    result = subprocess.run(["docker", "buildx", "version"], capture_output=True, stdin=subprocess.DEVNULL)
    return result.returncode == 0


def install(client: DockerClient) -> None:
    """Put the plugin of Debian trixie where the docker command looks for it. Raises EngineError."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        client.containers.run(
            "debian:trixie-slim",
            ["sh", "-ec", SCRIPT],
            remove=True,
            volumes={str(FOLDER): {"bind": "/plugins", "mode": "rw"}},
        )
    except ContainerError as error:
        raise EngineError(f"docker-buildx: {tail(str(error))}") from None
