"""Everything that one run creates on the engine, and its removal in any case.

Containers, networks, volumes and images carry a label with the run's name, so that two runs do not disturb each other
and what a killed run left behind can be found (`doctor verify --prune`).
"""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType

from docker import DockerClient
from docker.errors import APIError
from docker.types import EndpointConfig
from requests.exceptions import RequestException

from analyzer.model.errors import EngineError

LABEL = "doctor.verify"
OWNER = "doctor.verify.owner"
"""Label: machine and process that the run belongs to."""
DONE = b"done"
"""Tells the watcher that nothing is left to do."""


class Workspace:
    """The name, the labels and the network of a run."""

    def __init__(self, client: DockerClient) -> None:
        self.client = client
        self.run = secrets.token_hex(4)
        self.labels = {LABEL: self.run, OWNER: f"{socket.gethostname()}:{os.getpid()}"}

    def name(self, part: str) -> str:
        """The name of something of this run."""
        return f"doctor-{self.run}-{part}"

    def create_network(self, *, internal: bool) -> None:
        """Create the network; an internal one leads nowhere else."""
        self.client.networks.create(self.name("network"), driver="bridge", internal=internal, labels=self.labels)

    def endpoint(self, *aliases: str) -> dict[str, EndpointConfig]:
        """The place of a container in the network, where others find it under `aliases`."""
        return {self.name("network"): self.client.api.create_endpoint_config(aliases=list(aliases))}


@contextlib.contextmanager
def workspace(client: DockerClient, *, keep: bool) -> Iterator[Workspace]:
    """A workspace that is removed at the end, on failure, on Ctrl-C and on TERM, unless `keep` is set.

    A watcher of its own removes it when this process is killed outright.
    """
    space = Workspace(client)
    earlier = signal.signal(signal.SIGTERM, _interrupt)
    watcher = subprocess.Popen(
        [sys.executable, "-m", "analyzer.verify.watcher", space.run],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C in the terminal is not for it
    )
    kept = False
    try:
        yield space
        kept = keep
    finally:
        # A second signal must not stop the removal half-way.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            if not kept:
                remove(client, {LABEL: space.run})
            watcher.communicate(DONE)
        except RequestException as error:
            raise EngineError(
                f"the Docker engine went away: {error}\n  once it is back, doctor verify --prune removes what is left"
            ) from error
        finally:
            signal.signal(signal.SIGINT, interrupt)
            signal.signal(signal.SIGTERM, earlier)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def remove(client: DockerClient, labels: dict[str, str]) -> int:
    """Remove all containers, networks, volumes and images with the labels; gives back their number.

    What is gone already, or in use by somebody else, is no error.
    """
    chosen: dict[str, str | list[str] | bool] = {"label": [f"{name}={value}" for name, value in labels.items()]}
    removals: list[Callable[[], object]] = [
        *(
            partial(container.remove, force=True, v=True)
            for container in client.containers.list(all=True, filters=chosen, ignore_removed=True)
        ),
        *(network.remove for network in client.networks.list(filters=chosen)),
        *(partial(volume.remove, force=True) for volume in client.volumes.list(filters=chosen)),
    ]
    count = sum(_succeeds(removal) for removal in removals)
    while removed := _remove_images(client, chosen):  # the builder makes an image for each label, one upon the other
        count += removed
    # What a run names without labels: an image for which others may have names, too.
    own = f"doctor-{labels[LABEL]}-"
    shared = client.api.images(filters={"reference": f"{own}*"})
    names = [tag for image in shared for tag in image["RepoTags"] or () if tag.startswith(own)]
    return count + sum(_succeeds(partial(_remove_image, client, name)) for name in names)


def _remove_images(client: DockerClient, chosen: dict[str, str | list[str] | bool]) -> int:
    # Not client.images.list, which asks for each image and fails where another run has just removed one.
    found = client.api.images(filters=chosen)
    return sum(_succeeds(partial(_remove_image, client, image["Id"])) for image in found)


def _remove_image(client: DockerClient, name: str) -> None:
    """Remove an image, not its layers: the next run builds upon them."""
    client.api.remove_image(name, force=True, noprune=True)


def prune(client: DockerClient) -> int:
    """Remove what runs left behind that are no more; gives back the number of things.

    Runs of other machines on the same engine count as living.
    """
    found = [
        *(one.attrs for one in client.containers.list(all=True, filters={"label": LABEL}, ignore_removed=True)),
        *(one.attrs for one in client.networks.list(filters={"label": LABEL})),
        *(one.attrs for one in client.volumes.list(filters={"label": LABEL})),
        *client.api.images(filters={"label": LABEL}),
    ]
    runs = {labels[LABEL]: labels.get(OWNER, "") for item in found if (labels := _labels(item))}
    return sum(remove(client, {LABEL: run}) for run, owner in runs.items() if not _lives(owner))


def _labels(attributes: dict[str, object]) -> dict[str, str]:
    """The labels, which stand at one of two places."""
    config = attributes.get("Config")
    labels = attributes.get("Labels") or (config.get("Labels") if isinstance(config, dict) else None)
    return labels if isinstance(labels, dict) else {}


def _lives(owner: str) -> bool:
    machine, _, process = owner.rpartition(":")
    if machine != socket.gethostname():
        return bool(machine)
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _succeeds(removal: Callable[[], object]) -> bool:
    try:
        removal()
    except APIError:
        return False
    return True
