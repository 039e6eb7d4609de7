"""The server that stands in for Spaces or S3, and the way of an app to it (data/object_storage.toml)."""

from collections.abc import Iterable, Mapping
from typing import Any

from docker.models.containers import Container

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.tables import load_table
from analyzer.verify import containers
from analyzer.verify.databases import given_image, provide_image
from analyzer.verify.workspace import Workspace

KIND = "S3"
HOST = "doctor-s3"
"""Name of the server in the run's network. Without a dot, buckets stand in the path of an address."""
ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_S3"
"""Where boto3 from 1.28 on finds the address of S3 when the settings give none."""
_ADDRESS = lazy_pattern(r"(URL|URI|ENDPOINT)(_S3)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """A storage of the project that keeps files in S3.

    `given` is the address that the settings say, None where they leave it to boto3; `endpoint` the one that is asked.
    """

    alias: str
    bucket: str | None
    given: str | None
    endpoint: str


def storages_of(found: Mapping[str, Any]) -> tuple[Storage, ...]:
    """The storages that the probe found."""
    return tuple(Storage(alias=alias, **row) for alias, row in found.get("storages", {}).items())


def image_of(images: Mapping[str, str]) -> str:
    """The image: what `images` or DOCTOR_IMAGE_S3 says, else the one of the table."""
    row = load_table("analyzer.verify", "object_storage")[KIND]
    return given_image(KIND, images) or str(row["image"])


def address() -> str:
    """Where components find the server."""
    return f"http://{HOST}:{load_table('analyzer.verify', 'object_storage')[KIND]['port']}"


def start(space: Workspace, image: str, buckets: Iterable[str]) -> Container:
    """Start the server. Raises EngineError where there is no image.

    Args:
        buckets: names that an address may begin with ("virtual" addressing).
    """
    provide_image(space.client, image, f"--image {KIND}=NAME chooses another")
    aliases = [f"{bucket}.{HOST}" for bucket in buckets]
    return containers.start(space, image, name=HOST, environment={}, aliases=aliases)


def may_hold_address(variable: str) -> bool:
    """Whether the name of a variable is that of an address."""
    return _ADDRESS.search(variable) is not None


def route(environment: Mapping[str, str], storages: Iterable[Storage]) -> dict[str, str]:
    """The variables that lead a component's storages to the server: those that hold the address, or boto3's own."""
    changed = {}
    for storage in storages:
        if storage.given is None:
            changed[ENDPOINT_VARIABLE] = address()
        else:
            changed |= {name: address() for name, value in environment.items() if value == storage.given}
    return changed
